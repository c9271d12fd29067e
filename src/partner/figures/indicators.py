"""Indicators of the quality to be ensured: what measures each of them in a period, and how it stands to its target.

One on the operation of a system is measured for each system apart, over that system's own days: a year in which the
system was switched has one part for each, with its own target.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from partner.common.calendar import is_business_day
from partner.common.period import DAY, Period, add_months, fiscal_year, fiscal_year_of, jst_day, midnight, month
from partner.facts.models.operations import Operation
from partner.figures import attainment, forecasting
from partner.figures.declare import Declared, find
from partner.figures.forecasting import MOST_YEARS, Course, Forecast
from partner.figures.sets import Amount, Axis, Derived, Numbers
from partner.ledger.fields import MICROSECOND
from partner.master.book import Book, holds
from partner.master.models import Indicator, Target

if TYPE_CHECKING:
    from partner.figures.engine import Evaluation

SHARE = "％"
_COUNTED = frozenset({"invited", "partial", "samples", "planned_minutes", "excluded_minutes", "down_minutes"})
_MAY_FALL = ("change", "reclassified")
MEASURES = (
    "target", "attained", "rate", "forecast", "low", "high", "in_period", "needed_per_month", "needed_per_day",
)  # fmt: skip


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
    """An indicator as it is measured: by which figure, of which system (empty: any), on which of its days."""

    row: Indicator
    system: str = ""
    system_label: str = ""
    served: tuple[date, date | None] | None = None
    alone: bool = True

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


@dataclass(frozen=True)
class Decided:
    """What a person says of a forecast: another value, or (None) that it stands as computed; and why."""

    value: Decimal | None
    reason: str
    by: str


def decided(code: str, period: Period, cut: datetime) -> Decided | None:
    """The person's word on an indicator's forecast in the period as known at the cut; None where nobody spoke."""
    return None  # no fact holds it yet


@dataclass(frozen=True)
class Attainment:
    """An indicator in a period: attained since April and in the period, against the target that holds at its end.

    `targets` are all of the year in the order of their dates: more than one where it was changed. `base` is what had
    been reached when the last whole month ended, from which the forecast is made.
    """

    gauge: Gauge
    period: Period
    attained: Numbers
    in_period: Numbers
    base: Numbers
    forecast: Forecast
    computed: Forecast
    targets: tuple[Target, ...]
    left: tuple[int, int]
    over: bool
    person: Decided | None = None

    @property
    def code(self) -> str:
        """Under which code it stands."""
        return self.gauge.code

    @cached_property
    def target_row(self) -> Target | None:
        """The target that holds at the period's end."""
        at = self.period.end - MICROSECOND
        return next((row for row in self.targets if holds(row, at)), None)

    @property
    def target(self) -> Amount | None:
        """Its value in the figure's own measure: a share is a part of one."""
        return None if self.target_row is None else self.amount(self.target_row.value)

    def amount(self, value: Decimal) -> Amount:
        """A target's value in the figure's own measure."""
        exact = value / 100 if self.gauge.row.unit == SHARE else value
        return int(exact) if exact == exact.to_integral_value() else exact.normalize()

    @cached_property
    def state(self) -> attainment.State:
        """How it stands (D20)."""
        return attainment.judge(
            self.attained.value,
            self.target,
            self.forecast,
            lower=self.gauge.lower,
            grows=self.gauge.grows,
            over=self.over,
        )

    @property
    def rate(self) -> Decimal | None:
        """達成率."""
        return attainment.rate(self.attained.value, self.target, self.gauge.lower)

    @cached_property
    def needed(self) -> tuple[Decimal | None, Decimal | None]:
        """The pace still needed per month and per business day, where what is counted must reach a target."""
        if self.target is None or self.base.value is None or self.over or not self.gauge.grows or self.gauge.lower:
            return None, None
        return forecasting.needed(self.target, self.base.value, *self.left)

    @property
    def numbers(self) -> Numbers:
        """As a part of the figure `quality.indicator`."""
        forecast = (
            _plain(one, self.attained.value) for one in (self.forecast.value, self.forecast.low, self.forecast.high)
        )
        values = (self.target, self.attained.value, self.rate, *forecast, self.in_period.value, *self.needed)
        return Numbers(
            self.attained.value, dict(zip(MEASURES, values, strict=True)), self.attained.state, self.told, judged=True
        )

    @property
    def told(self) -> dict[str, Any]:
        """What stands beside the numbers in words. Before a record or a forecast says anything attainment is null."""
        row = self.gauge.row
        return {
            "attainment": attainment.LABELS.get(self.state), "unit": row.unit, "clause": row.clause,
            "target_status": self.target_row.get_status_display() if self.target_row else None,
            "targets": [
                {"value": format(one.value.normalize(), "f"), "from": jst_day(one.valid_from).isoformat(), "status": one.get_status_display()}
                for one in self.targets
            ],
            "method": forecasting.words(self.forecast), "state": self.attained.state,
            "reason": self.person.reason if self.person else "",
        }  # fmt: skip

    @property
    def opens(self) -> tuple[str, Period, Mapping[str, str]] | None:
        """The figure since April, whose records stand behind what was attained."""
        days = self.gauge.days_of(year_to_date(self.period))
        return (self.gauge.figure.key, days, self.gauge.where) if days else None


def _plain(value: Decimal | None, like: Amount | None) -> Amount | None:
    """Whole pieces as such, where the figure counts them."""
    return int(value) if value is not None and isinstance(like, int) else value


class Quality:
    """What the figure's function is handed. It keeps what it worked out, since a report asks more than once."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._days: dict[int, list[date]] = {}
        self._worked: dict[Period, list[Attainment]] = {}

    @cached_property
    def _systems(self) -> dict[str, tuple[date, date | None]]:
        """System → its first day of service and the day after its last (None while it lasts); a day goes to the system
        that served when it began."""
        rows: Any = Operation.objects
        spans = rows.known_at(self.book.cut).filter(kind="service").exclude(system="")
        found: dict[str, tuple[date, date | None]] = {}
        for system, begins, ends in spans.order_by("valid_from", "id").values_list("system", "valid_from", "valid_to"):
            first, until = _day_from(begins), None if ends is None else _day_from(ends)
            if system in found:
                first = min(found[system][0], first)
                until = None if until is None or found[system][1] is None else max(found[system][1] or until, until)
            found[system] = (first, until)
        return found

    def gauges(self, period: Period) -> list[Gauge]:
        """The indicators that hold at the period's end, each for every system that served since April."""
        at = period.end - MICROSECOND
        year = year_to_date(period)
        serving = [
            system for system, (first, until) in sorted(self._systems.items(), key=lambda one: (one[1][0], one[0]))
            if first < year.until and (until is None or until > year.first)
        ]  # fmt: skip
        return [one for row in self.book.indicators(at) for one in self._gauges(row, serving, at)]

    def _gauges(self, row: Indicator, serving: Sequence[str], at: datetime) -> Iterator[Gauge]:
        systems = [row.system] if row.system else list(serving) if row.figure.startswith("operations.") else []
        for system in systems or [""]:
            label = self.book.label("system", system, at) if system else ""
            yield Gauge(row, system, label, self._systems.get(system), len(systems) < 2)

    def derived(self, period: Period, whole: Callable[[Sequence[Attainment]], Numbers]) -> Derived:
        """The set that the engine opens: one part for each gauge."""
        gauges = self.gauges(period)
        axis = Axis("indicator", choices=tuple((one.code, one.label) for one in gauges))
        sources = tuple(dict.fromkeys(name for one in gauges for name in one.figure.sources))
        return Derived({"indicator": axis}, lambda evaluation: self.attainments(evaluation, period), whole, sources)

    def attainments(self, evaluation: "Evaluation", period: Period) -> list[Attainment]:
        """All indicators of the period; none for one that has not begun at the cut."""
        if period not in self._worked:
            begun = period.start <= evaluation.cut
            self._worked[period] = (
                [self._attainment(evaluation, one, period) for one in self.gauges(period)] if begun else []
            )
        return self._worked[period]

    def _attainment(self, evaluation: "Evaluation", gauge: Gauge, period: Period) -> Attainment:
        to_date = year_to_date(period)
        year = fiscal_year_of(period.last)
        months = len([one for one in to_date.months() if one.end <= evaluation.cut])
        base = gauge.value(evaluation, year_to(year, months)) if months else Numbers(None, state="missing")
        computed = self.forecast(evaluation, gauge, year, months, base.value)
        person = decided(gauge.code, period, evaluation.cut)
        chosen = (
            computed
            if person is None or person.value is None
            else replace(computed, value=person.value, method="person")
        )
        return Attainment(
            gauge, period, gauge.value(evaluation, to_date), gauge.value(evaluation, period), base, chosen, computed,
            self._targets(gauge, year, period), (12 - months, self.business_days(year)[1] - self.business_days(year, months)[0]),
            months == 12, person,
        )  # fmt: skip

    def _targets(self, gauge: Gauge, year: int, period: Period) -> tuple[Target, ...]:
        """Of the year's targets those that began to hold before the period's end, and held in the year."""
        rows = self.book.targets(gauge.row.code, year, gauge.system)
        begun = fiscal_year(year).start
        return tuple(
            row for row in rows if row.valid_from < period.end and (row.valid_to is None or row.valid_to > max(begun, row.valid_from))
        )  # fmt: skip

    def business_days(self, year: int, months: int = 12) -> tuple[int, int]:
        """Business days of the fiscal year's first so many months, and of the year."""
        if year not in self._days:
            first, until = date(year, 4, 1), date(year + 1, 4, 1)
            days = (first + DAY * n for n in range((until - first).days))
            self._days[year] = [day for day in days if is_business_day(day, self.book.closed_days)]
        end = add_months(date(year, 4, 1), months)
        return sum(1 for day in self._days[year] if day < end), len(self._days[year])

    def forecast(
        self, evaluation: "Evaluation", gauge: Gauge, year: int, months: int, base: Amount | None
    ) -> Forecast:  # fmt: skip
        """The year's forecast from what its first so many months came to."""
        if base is None:
            return forecasting.NOTHING
        if months == 12:
            return forecasting.of_whole_year(base)
        courses = self.courses(evaluation, gauge, year, months)
        if gauge.grows:
            made = forecasting.of_flow(base, courses, *self.business_days(year, months))
        else:
            made = forecasting.of_level(base, courses, floor=0, ceiling=1 if gauge.row.unit == SHARE else None)
        return made.rounded(Decimal(1) if isinstance(base, int) else Decimal(1).scaleb(int(base.as_tuple().exponent)))

    def courses(self, evaluation: "Evaluation", gauge: Gauge, year: int, months: int) -> list[Course]:
        """How the five years before went, each of whose months is complete; of percentiles none (they carry no range)."""
        if gauge.figure.type == "distribution":
            return []
        years = [one for one in range(year - MOST_YEARS, year) if self._is_complete(evaluation, gauge, one)]
        evaluation.prime_months(gauge.figure.key, [fiscal_year(one) for one in (*years, year)], tuple(gauge.where))
        found = []
        for one in years:
            reached, total = (gauge.value(evaluation, year_to(one, n)).value for n in (months, 12))
            if reached is not None and total is not None:
                found.append(Course(one, reached, total))
        return found

    def _is_complete(self, evaluation: "Evaluation", gauge: Gauge, year: int) -> bool:
        return evaluation.judge(gauge.figure.key, fiscal_year(year)).state == "final"


def _day_from(at: datetime) -> date:
    """The first day that begins at or after the instant."""
    day = jst_day(at)
    return day if midnight(day) == at else day + DAY
