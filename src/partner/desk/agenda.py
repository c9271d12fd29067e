"""What the home page shows: the next due date counted day by day, the reports ahead, what stops them, three months."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils.safestring import SafeString

from partner.common.calendar import WEEKDAYS, closed_reason, is_business_day
from partner.common.period import DAY, Period, add_months, midnight, month, parse_period
from partner.desk.months import months
from partner.desk.stopping import lately_due, overdue, stopping
from partner.figures.states import States
from partner.ledger import clock
from partner.master.book import Book, present
from partner.reports.sources import SOURCES
from partner.submissions import deadlines
from partner.submissions.addresses import slug_of
from partner.submissions.blocking import Block, Flag
from partner.submissions.deadlines import Deadline
from partner.submissions.expected import seen
from partner.submissions.following import follow, known
from partner.submissions.happening import KINDS as HAPPENING
from partner.submissions.happening import Happening
from partner.submissions.models import ExpectedReport
from partner.submissions.periods import AT_THE_END

STEPS = ("データの確認", "数値の作成", "内部点検", "確定・承認", "提出期限")


@dataclass(frozen=True)
class Agenda:
    """All as of one moment of the machine's clock."""

    now: datetime

    @property
    def today(self) -> date:
        """The day in Japan."""
        return self.now.date()

    @cached_property
    def book(self) -> Book:
        """Master data as known now."""
        return present()

    @cached_property
    def states(self) -> States:
        """Coverage as known now, as far back as a quarter reaches whose report is due at the end of the month after."""
        since = midnight(self.today - DAY * 160)
        return clock.remembered(f"states since {since}", lambda: States(clock.last(), since))

    @cached_property
    def ahead(self) -> list[Deadline]:
        """What falls due from today on, the nearest first, for four months."""
        found = deadlines.due(self.today, self.book.closed_days, within=DAY * 120)
        found = found + self.happening.due(self.today, self.today + DAY * 120)
        return sorted(found, key=lambda one: one.due_at)

    @cached_property
    def happening(self) -> Happening:
        """Events and incidents, whose reports are made as soon as anyone looks."""
        return Happening(self.now, self.book)

    @cached_property
    def _rows(self) -> list[Any]:
        """What events and incidents asked for, and what fell due lately; what is missing is made."""
        also = lately_due(self.now) | Q(kind="monthly", period=self.latest[0]["period"].key)
        rows = known(self.happening, also)
        return known(self.happening, also) if follow(self.happening, rows) else rows

    def left(self, day: date) -> int:
        """Business days until the day; today is left out."""
        days = (self.today + DAY * n for n in range(1, (day - self.today).days + 1))
        return sum(is_business_day(one, self.book.closed_days) for one in days)

    @property
    def today_words(self) -> str:
        """10月の第3営業日, or why today is closed."""
        closed = closed_reason(self.today, self.book.closed_days)
        if closed:
            return f"{closed}（休業日）" if not closed.endswith("曜日") else "休業日"
        first = self.today.replace(day=1)
        number = sum(is_business_day(first + DAY * n, self.book.closed_days) for n in range(self.today.day))
        return f"{self.today.month}月の第{number}営業日"

    @cached_property
    def next(self) -> Deadline | None:
        """The monthly report that is due next."""
        return next((one for one in self.ahead if one.kind == "monthly"), None)

    def ruler(self) -> list[dict[str, Any]]:
        """The days of the count, each with its number and what is planned; the last is the due date."""
        if self.next is None:
            return []
        days = []
        for counted in self.next.counting.days:
            past = counted.day < self.today
            is_due = counted.day == self.next.due_on
            off = "休" if counted.reason and counted.reason.endswith("曜日") else counted.reason
            days.append({
                "day": counted.day, "weekday": WEEKDAYS[counted.day.weekday()], "number": counted.number,
                "what": STEPS[min(counted.number, len(STEPS)) - 1] if counted.number else off,
                "is_today": counted.day == self.today, "is_due": is_due, "is_past": past and not is_due,
            })  # fmt: skip
        return days

    def reports(self) -> list[dict[str, Any]]:
        """The reports ahead with what is complete of their data."""
        return [self._report(one) for one in self.ahead[:6]]

    def _report(self, one: Deadline) -> dict[str, Any]:
        left = self.left(one.due_on)
        found: dict[str, Any] = {
            "name": one.name, "label": one.label, "due": one, "left": left, "is_near": left <= 2,
            "slug": slug_of(one.kind), "period": one.period, **self._begun(one),
        }  # fmt: skip
        if found["is_over"]:
            period = parse_period(one.period)
            found["complete"] = sum(self.states.judge(kind, period).state == "final" for kind in SOURCES)
            found["sources"] = len(SOURCES)
        return found

    def _begun(self, one: Deadline) -> dict[str, bool]:
        """Whether it can be opened; whether its period, whose records are counted, is over; whether its event is planned."""
        if one.kind in HAPPENING:
            wanted = next(row for row in self.happening.wanted if row.deadline == one)
            return {"opens": not wanted.is_planned, "is_over": False, "is_planned": wanted.is_planned}
        period = parse_period(one.period)
        is_over = period.end <= self.now
        opens = is_over or (one.kind in AT_THE_END and period.start <= self.now)
        return {"opens": opens, "is_over": is_over, "is_planned": False}

    @cached_property
    def latest(self) -> list[dict[str, Any]]:
        """The last three months whose reports can be opened."""
        found = []
        for n in range(1, 4):
            period = month(add_months(self.today.replace(day=1), -n))
            complete = all(self.states.judge(kind, period).state == "final" for kind in SOURCES)
            found.append({"period": period, "is_complete": complete, "cut": self._cut(period)})
        return found

    def _cut(self, period: Period) -> datetime | None:
        at = deadlines.data_cut(period)
        return at if at <= self.now else None

    @cached_property
    def _stopping(self) -> tuple[list[Block], list[Flag]]:
        last = self.latest[0]["period"].key
        row = next((row for row in self._rows if (row.kind, row.period) == ("monthly", last)), None)
        return stopping(row or seen("monthly", last), self.now)

    @property
    def flags(self) -> list[Flag]:
        """The four of the last closed month's report."""
        return self._stopping[1]

    @cached_property
    def blocks(self) -> list[dict[str, Any]]:
        """What stops the last closed month's report: the same list as in the report itself, a line for each reason."""
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for one in self._stopping[0]:
            line = found.setdefault((one.why, one.who), {"why": one.why, "places": [], "who": one.who, "by": one.by})
            line["places"].append(one.place)
        return list(found.values())

    @cached_property
    def overdue(self) -> list[ExpectedReport]:
        """What is late and not submitted."""
        return overdue(self._rows, self.now)

    def sources(self) -> list[dict[str, Any]]:
        """For each source, until when it is complete."""
        return [
            {"item": item, "name": name, "until": self.states.covered_until(kind)}
            for kind, (item, name) in SOURCES.items()
        ]

    def months(self) -> SafeString:
        """This month and the next two: due days, closed days, today."""
        due: dict[date, str] = {}
        for one in self.ahead:
            due[one.due_on] = f"{due[one.due_on]}、{one.name}" if one.due_on in due else f"提出期限：{one.name}"
        return months(self.today, 3, due, self.book.closed_days)

    def in_three_months(self) -> list[Deadline]:
        """What the three months' calendar marks."""
        end = add_months(self.today.replace(day=1), 3)
        return [one for one in self.ahead if one.due_on < end]
