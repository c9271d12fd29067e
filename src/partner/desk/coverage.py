"""For which days each source is complete, lost, not told or still to come: by month and by day, and who told it."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from partner.common.period import DAY, JST, Period, add_months, jst_day, midnight, month
from partner.facts.intake.kinds import KINDS
from partner.facts.models import Coverage
from partner.facts.models.statements import Loss
from partner.figures.states import Interval, States, subtract
from partner.ledger import clock

MONTHS = 24
_SUNDAY = 6
_OTHERS = {"access": "アクセスログ"}  # told by commands, not by sheets
WORDS = {
    "whole": "そろった",
    "lost": "欠測の届出あり",
    "part": "一部だけ届出",
    "none": "届出なし",
    "open": "期間の途中",
    "ahead": "これから",
}
ICONS = {"whole": "check", "lost": "lost", "part": "half", "none": "warn", "open": "clock", "ahead": "ahead"}


@dataclass(frozen=True)
class Cell:
    """One stretch of time of one kind, and how complete it is."""

    state: str

    @property
    def word(self) -> str:
        """The state for people."""
        return WORDS[self.state]

    @property
    def icon(self) -> str:
        """Its sign: no two share one."""
        return ICONS[self.state]


def kinds() -> dict[str, str]:
    """Every kind that can be complete for days, with its name: those of sheets first."""
    found = {name: kind.label for name, kind in KINDS.items() if kind.covers}
    models: tuple[Any, ...] = (Coverage, Loss)
    told = {name for model in models for name in model.objects.values_list("kind", flat=True).distinct()}
    return found | {name: _OTHERS.get(name, name) for name in sorted({*_OTHERS, *told} - set(found))}


def last_month(year: int) -> date:
    """The first day of the last month of the fiscal year."""
    return date(year + 1, 3, 1)


def months(last: date) -> list[Period]:
    """The two years that end with that month."""
    return [month(add_months(last, -n)) for n in reversed(range(MONTHS))]


class Sources:
    """Judged as known now."""

    def __init__(self) -> None:
        self.now = clock.now()
        self._states = States(clock.last())

    def until(self, kind: str) -> datetime | None:
        """The end of the latest day that was told."""
        return self._states.covered_until(kind)

    def month(self, kind: str, period: Period) -> Cell:
        """A month, judged as its figures are."""
        judged = self._states.judge(kind, period)
        return self._cell((period.start, period.end), judged.uncovered, judged.losses, judged.covered)

    def _cell(self, whole: Interval, uncovered: Any, losses: Any, covered: bool) -> Cell:
        if not uncovered:
            return Cell("lost" if losses else "whole")
        if covered or losses:
            return Cell("part")
        if whole[0] > self.now:
            return Cell("ahead")
        return Cell("none" if whole[1] <= self.now else "open")


@dataclass(frozen=True)
class Month:
    """A month of one kind, day by day, and everything that told of it."""

    kind: str
    period: Period
    sources: Sources

    @cached_property
    def told(self) -> list[Any]:
        """Every statement that touches the month, also those taken back; the latest first."""
        found: list[Any] = []
        models: tuple[Any, ...] = (Coverage, Loss)
        for model in models:
            rows = model.objects.filter(kind=self.kind, valid_from__lt=self.period.end, valid_to__gt=self.period.start)
            found += rows
        return sorted(found, key=lambda row: row.recorded_at, reverse=True)

    @property
    def statements(self) -> list[dict[str, Any]]:
        """The same, with their days in words."""
        return [{"row": row, "days": _days(row.valid_from, row.valid_to)} for row in self.told]

    @property
    def cell(self) -> Cell:
        """The month as a whole."""
        return self.sources.month(self.kind, self.period)

    def weeks(self) -> list[list[dict[str, Any]]]:
        """The weeks from Sunday on; days of other months are empty."""
        first = self.period.first
        weeks = Calendar(_SUNDAY).monthdatescalendar(first.year, first.month)
        return [[self._day(day) if day.month == first.month else {} for day in week] for week in weeks]

    def _day(self, day: date) -> dict[str, Any]:
        whole = (midnight(day), midnight(day + DAY))
        believed = [row for row in self.told if row.superseded_at is None]
        near = [row for row in believed if row.valid_from < whole[1] and row.valid_to > whole[0]]
        told = [(row.valid_from, row.valid_to) for row in near if not row.loss]
        losses = [(row.valid_from, row.valid_to) for row in near if row.loss]
        uncovered = subtract([whole], told + losses)
        lost = subtract([(max(start, whole[0]), min(end, whole[1])) for start, end in losses], told)
        cell = self.sources._cell(whole, uncovered, lost, bool(told))
        return {"day": day, "cell": cell, "is_today": day == jst_day(self.sources.now)}


def _days(start: datetime, end: datetime) -> str:
    """2026-09-01 〜 2026-09-30, both included; with times where they are not midnight."""
    if (start, end) == (midnight(jst_day(start)), midnight(jst_day(end))):
        first, last = jst_day(start), jst_day(end) - DAY
        return f"{first}" if first == last else f"{first} 〜 {last}"
    return f"{start.astimezone(JST):%Y-%m-%d %H:%M} 〜 {end.astimezone(JST):%Y-%m-%d %H:%M}"
