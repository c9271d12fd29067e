"""Which hours of a month the logs tell of, per source: what lacks, and why."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from partner.common.period import DAY, Period, jst_day, midnight
from partner.desk.templatetags.partner_days import clock_time
from partner.facts.access import asking
from partner.facts.access.hours import KIND, Interval
from partner.facts.models import Loss
from partner.figures.states import subtract
from partner.ledger.fields import MICROSECOND
from partner.reports import wording

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Missing:
    """Hours of a source without a line. `reason` where they are declared lost; `is_awaited` where no later line is known."""

    source: str
    since: datetime
    until: datetime
    reason: str = ""
    is_awaited: bool = False

    @property
    def hours(self) -> int:
        """Whole hours; a part of one counts."""
        return _hours(self.since, self.until)

    @property
    def words(self) -> str:
        """10月14日（水）0:00 〜 24:00; the day is said again where it is another."""
        first, last = jst_day(self.since), jst_day(self.until - MICROSECOND)
        until = "24:00" if self.until == midnight(last + DAY) else clock_time(self.until)
        again = "" if first == last else wording.day(last, era=False)
        return f"{wording.day(first, era=False)}{clock_time(self.since)} 〜 {again}{until}"


@dataclass(frozen=True)
class Hours:
    """The hours of one month as known at one cut."""

    period: Period
    cut: datetime

    @property
    def until(self) -> datetime:
        """Up to when there should be lines: the month's end, or the cut."""
        return min(self.period.end, self.cut)

    @cached_property
    def covered(self) -> dict[str, list[Interval]]:
        """Per source the hours with lines."""
        return asking.covered(self.period.start, self.period.end, self.cut)

    @cached_property
    def expected(self) -> list[str]:
        """The sources of this month, and those of the month before: one that fell silent is missed."""
        before = self.period.previous()
        return sorted({*self.covered, *asking.covered(before.start, before.end, self.cut)})

    @cached_property
    def missing(self) -> list[Missing]:
        """What should be there and is not, in order of source and time; what is on its way since a day at most is not missed."""
        found = [one for source in self.expected for one in self._of(source)]
        return [one for one in found if not (one.is_awaited and one.until < self.period.end and one.hours <= 24)]

    def day(self, day: date) -> tuple[dict[str, int], int]:
        """Per expected source the hours of a day that have lines, and how many there should be."""
        start, end = midnight(day), min(midnight(day + DAY), self.cut)
        return {source: _held(self.covered.get(source, []), start, end) for source in self.expected}, _hours(start, end)

    def _of(self, source: str) -> list[Missing]:
        spans = self.covered.get(source, [])
        reached = spans[-1][1] if spans else self.period.start
        found = []
        for since, until in subtract([(self.period.start, self.until)], spans):
            lost = [(max(since, row.valid_from), min(until, row.valid_to), row.reason) for row in self._losses(source)]
            told = [(first, last, reason) for first, last, reason in lost if first < last]
            found += [Missing(source, first, last, reason) for first, last, reason in told]
            rest = subtract([(since, until)], [(first, last) for first, last, _ in told])
            found += [Missing(source, first, last, "", first >= reached) for first, last in rest]
        return sorted(found, key=lambda one: one.since)

    def _losses(self, source: str) -> list[Loss]:
        """Of several web servers each has its own; of one, whatever was declared (as figures judge it)."""
        return [row for row in self._declared if len(self.covered) < 2 or row.source == source]

    @cached_property
    def _declared(self) -> list[Loss]:
        rows: Any = Loss.objects
        return list(rows.known_at(self.cut).filter(kind=KIND).order_by("valid_from", "id"))


def _held(spans: list[Interval], start: datetime, end: datetime) -> int:
    held: set[int] = set()
    for since, until in spans:
        first, last = max(since, start), min(until, end)
        if first < last:
            held.update(range((first - start) // HOUR, _hours(start, last)))
    return len(held)


def _hours(start: datetime, end: datetime) -> int:
    return -((start - end) // HOUR)
