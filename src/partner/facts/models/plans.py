"""今後の予定: what the Centre plans, per report item."""

from django.db import models

from partner.facts.models.base import Sourced


class Plan(Sourced):
    """One line of 今後の予定 under an item of the report of a period."""

    moment_field = "recorded_at"

    item = models.CharField(max_length=8)
    period = models.CharField(max_length=12, help_text="the report's period, 2026-10")
    position = models.IntegerField(default=0)
    when = models.CharField(max_length=60)
    text = models.CharField(max_length=400)

    class Meta(Sourced.Meta):
        db_table = "facts_plan"
