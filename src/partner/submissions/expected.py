"""The reports that are expected, made ahead from the rules; each stays as it was made."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from partner.common.calendar import NONE
from partner.common.period import fiscal_year_of, jst_day, parse_period
from partner.common.refusal import Refusal
from partner.ledger import clock
from partner.master.book import present
from partner.submissions.addresses import kind_at, number_of
from partner.submissions.following import as_they_stand, follow
from partner.submissions.happening import KINDS, Happening
from partner.submissions.making import BY_PERIOD, Maker
from partner.submissions.models import ExpectedReport

_ROWS: Any = ExpectedReport.objects
FIRST_YEAR, LAST_YEAR = 2003, 2098


def make_ahead(now: datetime, happening: Happening | None = None) -> int:
    """Makes what is missing of this fiscal year and the next, and what events and incidents ask for; returns how many.

    Nothing that exists is touched.
    """
    year = fiscal_year_of(jst_day(now))
    return _make_years((year, year + 1), now) + follow(happening or Happening(now))


def make_happening(now: datetime) -> int:
    """Brings the reports of events and incidents in line with the facts; returns how many rows that took."""
    return follow(Happening(now))


def make_year(year: int, now: datetime) -> int:
    """Makes what is missing of one fiscal year."""
    return _make_years((year,), now)


def _make_years(years: tuple[int, ...], now: datetime) -> int:
    there = set(_ROWS.filter(fiscal_year__in=years).values_list("kind", "period"))
    maker = Maker(now)
    made = [row for year in years for row in maker.year(year) if (row.kind, row.period) not in there]
    if made:
        with transaction.atomic():
            ExpectedReport.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def expected(kind: str, period: str) -> ExpectedReport:
    """The row of one report; those of a year that nobody asked for before are made now.

    `kind` as rows or as addresses have it. Raises Refusal where none is expected.
    """
    return _one(_ROWS.prefetch_related("due_changes", "waivers"), kind, period)


def seen(kind: str, period: str) -> ExpectedReport:
    """The same for a page that only looks: when it is due and its cut are asked together with the row."""
    return _one(as_they_stand(), kind, period)


def _one(rows: Any, kind: str, period: str) -> ExpectedReport:
    kind = kind_at(kind, period)
    rows = rows.filter(kind=kind, period=period)
    row: ExpectedReport | None = rows.first()
    if row is None and _make(kind, period):
        row = rows.first()
    if row is None:
        raise Refusal("unknown_report", f"「{kind} {period}」という報告書は予定されていません。")
    return row


def _make(kind: str, period: str) -> int:
    """Makes what was not made ahead: of a period's year, of an event or incident of any time."""
    if kind in KINDS:
        return follow(Happening(clock.now(), since=date(FIRST_YEAR, 10, 1), number=number_of(period)))
    year = _year_of(period) if kind in BY_PERIOD else None
    return make_year(year, clock.now()) if year else 0


def _year_of(period: str) -> int | None:
    try:
        first = parse_period(period).first
    except ValueError:
        return None
    return fiscal_year_of(first) if FIRST_YEAR <= fiscal_year_of(first) <= LAST_YEAR else None


def extra_days() -> Any:
    """Closed days known now; none where the master data say nothing."""
    return present().closed_days or NONE
