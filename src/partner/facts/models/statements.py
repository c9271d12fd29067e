"""What the Centre states beside its records: hours lost for good, and figures of the predecessor's reports."""

from django.db import models
from django.db.models import F, Q

from partner.facts.models.base import Sourced
from partner.ledger.fields import InstantField


class Loss(Sourced):
    """A declared loss (欠測の届出): these hours of a kind are lost for good. It settles them; a figure carries its gaps."""

    loss = True  # beside Coverage, which says the contrary

    kind = models.CharField(max_length=40)
    valid_from = InstantField()
    valid_to = InstantField()
    source = models.CharField(max_length=120)
    reason = models.CharField(max_length=200)

    class Meta(Sourced.Meta):
        db_table = "facts_loss"
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="loss_has_length"),
        ]


class ReportedFigure(Sourced):
    """A figure of an earlier report (前フェーズ報告値): shown where no records exist, compared where they do."""

    moment_field = "recorded_at"

    key = models.CharField(max_length=60)
    where = models.CharField(max_length=120, blank=True, help_text="level=full, several divided by ；")
    period = models.CharField(max_length=12)
    value = models.DecimalField(max_digits=20, decimal_places=6)
    report = models.CharField(max_length=120, help_text="title of the report it was printed in")
    page = models.CharField(max_length=40, blank=True)
    explanation = models.CharField(max_length=200, blank=True, help_text="why the records say otherwise")

    class Meta(Sourced.Meta):
        db_table = "facts_reported_figure"
        indexes = [*Sourced.Meta.indexes, models.Index(fields=["key", "period"])]
