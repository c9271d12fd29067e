"""What measures an indicator: a figure, its filter and measure, and the days of the system that it speaks of."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from partner.common.period import DAY, Period, add_months, month
from partner.figures.declare import Declared, find
from partner.figures.sets import Numbers
from partner.master.models import Indicator

if TYPE_CHECKING:
    from partner.figures.engine import Evaluation

_COUNTED = frozenset({"invited", "partial", "samples", "planned_minutes", "excluded_minutes", "down_minutes"})
_MAY_FALL = ("change", "reclassified")


def year_to(year: int, months: int) -> Period:
    """The fiscal year's first so many months."""
    return month(add_months(date(year, 4, 1), months - 1)).fiscal_year_to_date()


def year_to_date(period: Period) -> Period:
    """From 1 April to the period's end."""
    return month(period.last).fiscal_year_to_date()


def where_of(text: str) -> dict[str, str]:
    """level=full;medium=sns as a filter."""
    return {name: code for name, mark, code in (one.strip().partition("=") for one in text.split(";")) if mark}


@dataclass(frozen=True)
class Gauge:
    """An indicator as it is measured: by which figure, of which system (empty: any), on which of its days.

    `place` counts the systems of one year, the first 0.
    """

    row: Indicator
    system: str = ""
    system_label: str = ""
    served: tuple[date, date | None] | None = None
    alone: bool = True
    place: int = 0

    @property
    def code(self) -> str:
        """The indicator's code; with the system's where several served in one year."""
        return self.row.code if self.alone else f"{self.row.code}:{self.system}"

    @property
    def label(self) -> str:
        """Its name; with the system's where several served in one year."""
        return self.row.name if self.alone else f"{self.row.name}（{self.system_label}）"

    @cached_property
    def figure(self) -> Declared:
        """The figure that measures it."""
        return find(self.row.figure)

    @cached_property
    def where(self) -> dict[str, str]:
        """The filter under which the figure is asked."""
        own = {"system": self.system} if self.system and "system" in self.figure.dimensions else {}
        return {**where_of(self.row.where), **own}

    @property
    def lower(self) -> bool:
        """Whether smaller is better."""
        return self.row.direction == Indicator.Direction.LOWER

    @cached_property
    def grows(self) -> bool:
        """Whether the year's number can only grow: what is counted from day to day."""
        if self.row.measure:
            return self.row.measure in _COUNTED
        return self.figure.type in ("flow", "distinct") and not self.figure.key.endswith(_MAY_FALL)

    def days_of(self, period: Period) -> Period | None:
        """The period, or as much of it as the system served where the figure itself cannot tell systems apart."""
        if not self.served or "system" in self.figure.dimensions:
            return period
        first, until = max(period.first, self.served[0]), min(period.until, self.served[1] or period.until)
        if first >= until:
            return None
        whole = (first, until) == (period.first, period.until)
        return period if whole else Period(first, until, f"{first}..{until - DAY}")

    def value(self, evaluation: "Evaluation", period: Period) -> Numbers:
        """What it measures in the period, with its state."""
        days = self.days_of(period)
        if days is None:
            return Numbers(None, state="not_applicable")
        found = evaluation.value(self.figure.key, days, self.where)
        if not self.row.measure:
            return Numbers(found.value, state=found.state)
        value = found.measures.get(self.row.measure)
        return Numbers(value, state=found.state if value is not None or found.state == "missing" else "not_applicable")
