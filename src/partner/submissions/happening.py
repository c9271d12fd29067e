"""What the Centre's events and incidents ask for: a report of each event held, of each incident one after another.

Computed from the facts as now believed; `following` keeps the rows in line with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q, Value

from partner.common.calendar import NONE
from partner.common.period import DAY, fiscal_year_of, jst_day, midnight
from partner.facts.models.events import CentreEvent, EventState, last_day
from partner.facts.models.incidents import Incident
from partner.ledger import clock
from partner.master.book import Book, present
from partner.master.incident_days import incident_days
from partner.submissions import deadlines
from partner.submissions.deadlines import Deadline

KINDS = ("service", "incident/first", "incident/interim", "incident/full")
MOST_INTERIMS = 99  # four years; their number has two digits
_LAST = date(2098, 1, 1)  # beyond it no calendar is known
_COUNTED = DAY * 60  # no due date lies further from what it is counted from, but an incident's interim reports


@dataclass(frozen=True)
class Wanted:
    """One report with its due date, the days it tells of, and whether its event is only planned."""

    deadline: Deadline
    first: date
    last: date
    is_planned: bool = False

    @property
    def fiscal_year(self) -> int:
        """The year it belongs to: an event's last day, the day an incident was noticed."""
        return fiscal_year_of(self.last if self.deadline.kind == "service" else self.first)


def from_day(now: datetime) -> date:
    """What fell due before the last fiscal year is not asked for by itself."""
    return date(fiscal_year_of(jst_day(now)) - 1, 4, 1)


@dataclass(frozen=True)
class ToldEvent:
    """What counts here of an event, under the names of the fact."""

    number: str
    title: str
    state: str
    valid_from: datetime
    valid_to: datetime
    reason: str


@dataclass(frozen=True)
class ToldIncident:
    """What counts here of an incident, under the names of the fact."""

    number: str
    title: str
    kind: str
    noticed_at: datetime
    handled_at: datetime | None


class Happening:
    """Events and incidents that bear on reports due from the day on; of one number, or all."""

    def __init__(self, now: datetime, book: Book | None = None, since: date | None = None, number: str = "") -> None:
        self.now = now
        self.book = book or present()
        self.extra = self.book.closed_days
        self.since = since or from_day(now)
        self.number = number

    @cached_property
    def told(self) -> tuple[list[ToldEvent], list[ToldIncident]]:
        """Events planned, held and cancelled; incidents that last, or were dealt with since."""
        return clock.remembered(f"happened since {self.since} {self.number}", self._told)

    def _told(self) -> tuple[list[ToldEvent], list[ToldIncident]]:
        """Both asked together."""
        begin = midnight(self.since) - _COUNTED
        lasts = Q(handled_at__isnull=True) | Q(handled_at__gte=begin)
        held = self._believed(CentreEvent, Q(valid_to__gte=begin, valid_to__lt=midnight(_LAST)))
        noticed = self._believed(Incident, lasts & Q(noticed_at__lt=midnight(_LAST)))
        events = held.values_list(Value("event"), "number", "title", "state", "valid_from", "valid_to", "reason")
        incidents = noticed.values_list(
            Value("incident"), "number", "title", "kind", "noticed_at", "handled_at", Value("")
        )
        rows = list(events.union(incidents, all=True))
        return (
            sorted((ToldEvent(*row) for what, *row in rows if what == "event"), key=lambda one: (one.valid_to, one.number)),
            sorted((ToldIncident(*row[:5]) for what, *row in rows if what == "incident"), key=lambda one: (one.noticed_at, one.number)),
        )  # fmt: skip

    def _believed(self, model: Any, which: Q) -> Any:
        rows = model.objects.believed().filter(which).order_by()
        return rows.filter(number=self.number) if self.number else rows

    @property
    def events(self) -> list[ToldEvent]:
        """By their last day."""
        return self.told[0]

    @property
    def incidents(self) -> list[ToldIncident]:
        """By when they were noticed."""
        return self.told[1]

    @cached_property
    def wanted(self) -> list[Wanted]:
        """Every report due from the day on, planned events' too, by due date. Of what lasts, interim reports up to the next."""
        found = [of_event(row, self.extra) for row in self.events if row.state != EventState.CANCELLED]
        found += [one for row in self.incidents for one in of_incident(row, self.now, self.book)]
        found = [one for one in found if one.deadline.due_on >= self.since]
        return sorted(found, key=lambda one: (one.deadline.due_at, one.deadline.period))

    def due(self, on: date, until: date) -> list[Deadline]:
        """Due dates within these days."""
        return [one.deadline for one in self.wanted if on <= one.deadline.due_on <= until]

    def awaited(self) -> list[ToldIncident]:
        """Incidents whose full report has no due date yet: they last."""
        return [row for row in self.incidents if row.handled_at is None]


def of_event(row: ToldEvent, extra: Mapping[date, str] = NONE) -> Wanted:
    """Of several days the last counts."""
    first, last = jst_day(row.valid_from), last_day(row)
    one = deadlines.of_service(row.number, last, extra)
    return Wanted(replace(one, label=row.title), first, last, row.state == EventState.PLANNED)


def of_incident(row: ToldIncident, now: datetime, book: Book) -> Iterator[Wanted]:
    """The first report, interim ones while it lasts, and the full one once it was dealt with."""

    def due(stage: str, day: date, number: int = 1) -> Deadline:
        days = incident_days(book, stage, row.noticed_at)
        return deadlines.of_incident(row.number, stage, day, days, book.closed_days, number)

    first = jst_day(row.noticed_at)
    yield _of(row, due("first", first), first)
    for number in range(1, MOST_INTERIMS + 1):
        one = due("interim", first, number)
        if row.handled_at is not None and row.handled_at <= one.due_at:
            break
        yield _of(row, one, one.due_on)
        if one.due_at >= now:
            break  # the one after is made when this is past
    if row.handled_at is not None:
        last = jst_day(row.handled_at)
        yield _of(row, due("full", last), last)


def _of(row: ToldIncident, one: Deadline, last: date) -> Wanted:
    return Wanted(replace(one, label=row.title), jst_day(row.noticed_at), last)
