"""Rows of expected reports, made from due dates: each stays as it was made."""

from datetime import date, datetime
from functools import cached_property

from partner.common.period import JST, fiscal_year_of, parse_period
from partner.master.book import Book, present
from partner.submissions import deadlines, schedule
from partner.submissions.agreed import agreed
from partner.submissions.deadlines import Deadline
from partner.submissions.models import ExpectedReport

BY_PERIOD = ("monthly", "quarterly", "annual", "expenses")


class Maker:
    """Makes rows with the master data as known now."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    @cached_property
    def _book(self) -> Book:
        return present()

    def make(self, one: Deadline, first: date, last: date, label: str = "") -> ExpectedReport:
        """The row of a deadline; period by its first and last day."""
        at = datetime.combine(first, datetime.min.time(), JST)
        return ExpectedReport(
            kind=one.kind, period=one.period, label=label or one.label, phase=self._phase(at),
            fiscal_year=fiscal_year_of(last if one.kind == "service" else first), period_first=first, period_last=last,
            cut_planned_at=self._cut(one), nominal_on=one.nominal_on, due_at=one.due_at, not_before=one.not_before,
            counting=[day.as_dict() for day in one.counting.days], calendar=one.calendar, rule=one.rule.source,
            made_at=self.now,
        )  # fmt: skip

    def _phase(self, at: datetime) -> str:
        """The contract phase of the period: its own name, else the contract's title."""
        return (agreed(self._book, "phase", at) or self._book.contract("contract_title", at))[:60]

    def _cut(self, one: Deadline) -> datetime:
        """The back-schedule's."""
        return schedule.moment(one.kind, "cut", one.due_on, self._book.closed_days)

    def year(self, year: int) -> list[ExpectedReport]:
        """The reports of the fiscal year's periods."""
        found = []
        for one in deadlines.of_fiscal_year(year, self._book.closed_days):
            period = parse_period(one.period)
            found.append(self.make(one, period.first, period.last))
        return found
