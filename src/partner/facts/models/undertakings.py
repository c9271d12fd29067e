"""重点課題: what the year's priority issues are, what was done for each in a period; and what is expected of an indicator."""

from django.db import models

from partner.facts.models.base import Sourced


class PriorityIssue(Sourced):
    """One of the fiscal year's priority issues (重点課題)."""

    moment_field = "recorded_at"

    fiscal_year = models.IntegerField()
    number = models.IntegerField(help_text="its place among the year's issues")
    title = models.CharField(max_length=120)
    aim = models.TextField(help_text="what is to be reached")
    measure = models.CharField(max_length=200, blank=True, help_text="by what it is judged")
    goal = models.CharField(max_length=120, blank=True, help_text="what was agreed; empty: 目標値未設定")

    class Meta(Sourced.Meta):
        db_table = "facts_priority_issue"


class IssueEffort(Sourced):
    """What was done for an issue in a quarter, and what came of it."""

    moment_field = "recorded_at"

    period = models.CharField(max_length=12, help_text="2026Q2")
    number = models.IntegerField(help_text="of the issue")
    effort = models.TextField()
    result = models.TextField(blank=True)
    attained = models.CharField(max_length=120, blank=True, help_text="of its measure, as of the period's end")

    class Meta(Sourced.Meta):
        db_table = "facts_issue_effort"


class IndicatorForecast(Sourced):
    """A person's word on an indicator's forecast (達成見込み): confirmed as computed, or another value; with a reason."""

    moment_field = "recorded_at"

    indicator = models.CharField(max_length=40)
    period = models.CharField(max_length=12, help_text="as of whose end, 2026Q2")
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True, help_text="null: confirmed as computed")
    reason = models.CharField(max_length=400)

    class Meta(Sourced.Meta):
        db_table = "facts_indicator_forecast"
