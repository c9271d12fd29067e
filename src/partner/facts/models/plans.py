"""今後の予定: what the Centre plans, per report item."""

from django.db import models

from partner.ledger.models import Recorded


class Plan(Recorded):
    """One line of 今後の予定 under an item of the report of a period."""

    item = models.CharField(max_length=8)
    period = models.CharField(max_length=12, help_text="the report's period, 2026-10")
    position = models.IntegerField(default=0)
    when = models.CharField(max_length=60)
    text = models.CharField(max_length=400)
    source_key = models.CharField(max_length=32, blank=True)
    load = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=80)
    by_role = models.CharField(max_length=40)

    class Meta(Recorded.Meta):
        db_table = "facts_plan"
