"""Texts of reports, and the numbers that a delivered report had printed: what later reports are compared with."""

from django.db import models
from django.db.models import Q

from partner.ledger.fields import InstantField
from partner.ledger.models import Recorded


class ReportText(Recorded):
    """What a person wrote at one place of a report; the versions before it stay, each with its author."""

    report = models.CharField(max_length=20, help_text="the report's kind, monthly")
    period = models.CharField(max_length=40, help_text="the report's period, 2026-10")
    place = models.CharField(max_length=60, help_text="summary.changes, explain.M1-1.02a")
    body = models.TextField(blank=True, help_text="empty: the draft from the records stands again")
    by_name = models.CharField(max_length=80)
    by_role = models.CharField(max_length=40)

    class Meta(Recorded.Meta):
        db_table = "facts_report_text"
        constraints = [
            models.UniqueConstraint(
                fields=["report", "period", "place"], condition=Q(superseded_at__isnull=True), name="one_believed_text"
            )
        ]


class GivenFigure(Recorded):
    """One number of a report as it was handed over: a later value never changes it, but is listed as a correction."""

    report = models.CharField(max_length=20)
    period = models.CharField(max_length=40, help_text="the report's period, 2026-09")
    submission = models.IntegerField(help_text="the submission's number within its report")
    of = models.CharField(
        max_length=40, blank=True, help_text="the period it counts, where that is another one than the report's"
    )
    cell = models.CharField(max_length=24)
    key = models.CharField(max_length=60)
    where = models.CharField(max_length=120, blank=True)
    value = models.DecimalField(max_digits=20, decimal_places=6)
    text = models.CharField(max_length=40)
    cut = InstantField(help_text="the cut as of which it was counted")

    class Meta(Recorded.Meta):
        db_table = "facts_given_figure"
        indexes = [*Recorded.Meta.indexes, models.Index(fields=["report", "period"])]
