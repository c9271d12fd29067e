"""Which reports are expected, when each is due, and whose it is."""

from datetime import datetime
from typing import Any

from django.db import models

from partner.ledger.appended import Appended
from partner.ledger.fields import InstantField
from partner.submissions.addresses import name_of, slug_of
from partner.submissions.models.base import Done


class ExpectedReport(Appended):
    """One report that the contract asks for. Its due date is fixed when made; changes of it are rows of their own."""

    kind = models.CharField(max_length=20, help_text="monthly, incident/first")
    period = models.CharField(max_length=40, help_text="2026-10, 2026Q2, FY2026, event:…, incident:…/interim-1")
    label = models.CharField(max_length=120)
    phase = models.CharField(max_length=60, help_text="the contract phase of its period")
    fiscal_year = models.IntegerField(help_text="of its period")
    period_first = models.DateField()
    period_last = models.DateField()
    cut_planned_at = InstantField(help_text="the moment whose knowledge it is to hold")
    nominal_on = models.DateField(help_text="the date that the rule names")
    due_at = InstantField(help_text="the working date's hour, as fixed when made")
    not_before = models.DateField(null=True)
    counting = models.JSONField(help_text="the count that led to the due date, day by day")
    calendar = models.CharField(max_length=10, help_text="gazetted, or computed where a holiday may still change")
    rule = models.CharField(max_length=200, help_text="the rule and its source, as printed")
    made_at = InstantField()

    class Meta:
        db_table = "submissions_expected"
        ordering = ["due_at", "id"]
        constraints = [models.UniqueConstraint(fields=["kind", "period"], name="expected_once")]

    @property
    def slug(self) -> str:
        """Its kind in addresses, commands and texts: `incident` for `incident/first`."""
        return slug_of(self.kind)

    @property
    def name(self) -> str:
        """月次報告書, クレーム・トラブル第一報; of an interim report with its number."""
        return name_of(self.kind, self.period)

    @property
    def about(self) -> str:
        """What stands after its name: 令和8年10月（2026年10月）分; of an event or incident its title."""
        return self.label if ":" in self.period else f"{self.label}分"

    @property
    def about_short(self) -> str:
        """The same in short: 令和8年10月分."""
        return self.label if ":" in self.period else f"{self.label.partition('（')[0]}分"

    @property
    def is_waived(self) -> bool:
        """Whether it was decided, or follows from the records, that it need not be made (不要)."""
        if "waived_now" in self.__dict__:  # asked with the row
            return bool(self.__dict__["waived_now"])
        latest = max(self.waivers.all(), key=lambda row: row.pk, default=None)  # type: ignore[attr-defined]
        return latest is not None and latest.is_waived

    @property
    def due(self) -> datetime:
        """When it is due now: the latest agreed date, else the one fixed when made."""
        if "due_now" in self.__dict__:  # asked with the row
            return self.__dict__["due_now"] or self.due_at
        changes: Any = self.due_changes.all()  # type: ignore[attr-defined]
        latest = max(changes, key=lambda row: row.pk, default=None)
        return latest.due_at if latest else self.due_at


class DueChange(Done):
    """An extension, or another date that was agreed, with its ground."""

    class Kind(models.TextChoices):
        EXTENDED = "extended", "延長"
        AGREED = "agreed", "合意による変更"
        CALENDAR = "calendar", "暦の変更"

    report = models.ForeignKey(ExpectedReport, models.PROTECT, related_name="due_changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    due_at = InstantField()
    ground = models.CharField(max_length=400)
    agreed_on = models.DateField(null=True)

    class Meta(Done.Meta):
        db_table = "submissions_due_change"


class Assignment(Done):
    """Who answers for a part from now on: owner, or deputy. The latest row of a part and duty holds."""

    class Duty(models.TextChoices):
        OWNER = "owner", "担当"
        DEPUTY = "deputy", "代理"

    report = models.ForeignKey(
        ExpectedReport, models.PROTECT, null=True, related_name="assignments", help_text="null: all reports"
    )
    part = models.CharField(max_length=20, help_text="M5, make, check, approve, submit")
    duty = models.CharField(max_length=10, choices=Duty.choices)
    login = models.CharField(max_length=150, blank=True, help_text="empty: nobody any more")
    name = models.CharField(max_length=80, blank=True)

    class Meta(Done.Meta):
        db_table = "submissions_assignment"
