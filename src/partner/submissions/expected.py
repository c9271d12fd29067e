"""The reports that are expected, made ahead from the rules; each stays as it was made."""

from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery

from partner.common.calendar import NONE, last_business_day_on_or_before
from partner.common.period import DAY, JST, fiscal_year_of, parse_period
from partner.common.refusal import Refusal
from partner.ledger import clock
from partner.master.book import Book, present
from partner.submissions import deadlines
from partner.submissions.agreed import agreed
from partner.submissions.deadlines import Deadline
from partner.submissions.models import DataCut, DueChange, ExpectedReport

_ROWS: Any = ExpectedReport.objects
_CUT_HOUR = 12
BY_PERIOD = ("monthly", "quarterly", "annual", "expenses")
FIRST_YEAR, LAST_YEAR = 2003, 2098


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
            fiscal_year=fiscal_year_of(first), period_first=first, period_last=last,
            cut_planned_at=self._cut(one, last), nominal_on=one.nominal_on, due_at=one.due_at, not_before=one.not_before,
            counting=[day.as_dict() for day in one.counting.days], calendar=one.calendar, rule=one.rule.source,
            made_at=self.now,
        )  # fmt: skip

    def _phase(self, at: datetime) -> str:
        """The contract phase of the period: its own name, else the contract's title."""
        return (agreed(self._book, "phase", at) or self._book.contract("contract_title", at))[:60]

    def _cut(self, one: Deadline, last: date) -> datetime:
        """12:00 of the business day before the due date; never before the period's end, save where it is due before that."""
        day = last_business_day_on_or_before(one.due_on - DAY, self._book.closed_days)
        return datetime.combine(day, datetime.min.time().replace(hour=_CUT_HOUR), JST)

    def year(self, year: int) -> list[ExpectedReport]:
        """The reports of the fiscal year's periods."""
        found = []
        for one in deadlines.of_fiscal_year(year, self._book.closed_days):
            period = parse_period(one.period)
            found.append(self.make(one, period.first, period.last))
        return found


def make_ahead(now: datetime) -> int:
    """Makes what is missing of this fiscal year and the next; returns how many. Nothing that exists is touched."""
    year = fiscal_year_of(now.astimezone(JST).date())
    return sum(make_year(one, now) for one in (year, year + 1))


def make_year(year: int, now: datetime) -> int:
    """Makes what is missing of one fiscal year."""
    there = set(_ROWS.filter(fiscal_year=year).values_list("kind", "period"))
    made = [row for row in Maker(now).year(year) if (row.kind, row.period) not in there]
    if made:
        with transaction.atomic():
            ExpectedReport.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def expected(kind: str, period: str) -> ExpectedReport:
    """The row of one report; those of a year that nobody asked for before are made now.

    Raises Refusal where none is expected.
    """
    return _one(_ROWS.prefetch_related("due_changes"), kind, period)


def seen(kind: str, period: str) -> ExpectedReport:
    """The same for a page that only looks: when it is due and its cut are asked together with the row."""
    return _one(with_now(_ROWS), kind, period)


def with_now(rows: Any) -> Any:
    """The rows with what holds of each now, `due_now` and `cut_now`, in the same query."""
    due, cut = (
        model.objects.filter(report=OuterRef("pk")).order_by("-pk").values(field)[:1]  # type: ignore[attr-defined]
        for model, field in ((DueChange, "due_at"), (DataCut, "cut"))
    )
    return rows.annotate(due_now=Subquery(due), cut_now=Subquery(cut))


def _one(rows: Any, kind: str, period: str) -> ExpectedReport:
    rows = rows.filter(kind=kind, period=period)
    row: ExpectedReport | None = rows.first()
    if row is None and kind in BY_PERIOD and (year := _year_of(period)):
        make_year(year, clock.now())
        row = rows.first()
    if row is None:
        raise Refusal("unknown_report", f"「{kind} {period}」という報告書は予定されていません。")
    return row


def _year_of(period: str) -> int | None:
    try:
        first = parse_period(period).first
    except ValueError:
        return None
    return fiscal_year_of(first) if FIRST_YEAR <= fiscal_year_of(first) <= LAST_YEAR else None


def extra_days() -> Any:
    """Closed days known now; none where the master data say nothing."""
    return present().closed_days or NONE
