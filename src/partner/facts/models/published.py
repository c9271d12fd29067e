"""Numbers that JICA accepted and that anyone may see."""

from django.db import models
from django.db.models import Q

from partner.ledger.models import Recorded


class PublishedFigure(Recorded):
    """One headline of an accepted report, public from the day it was accepted. A later acceptance corrects it."""

    key = models.CharField(max_length=60)
    label = models.CharField(max_length=80)
    unit = models.CharField(max_length=20)
    period = models.CharField(max_length=40)
    text = models.CharField(max_length=40, help_text="as printed")
    published_on = models.DateField()
    submission = models.CharField(max_length=80, help_text="the submission it stands in")
    by_name = models.CharField(max_length=80)
    by_role = models.CharField(max_length=40)

    class Meta(Recorded.Meta):
        db_table = "facts_published_figure"
        constraints = [
            models.UniqueConstraint(
                fields=["key", "period"], condition=Q(superseded_at__isnull=True), name="one_believed_publication"
            )
        ]
