"""The indicators of a period with what is needed to judge them: targets, systems, earlier years, business days."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from partner.common.calendar import is_business_day
from partner.common.period import DAY, Period, add_months, fiscal_year, fiscal_year_of, jst_day, midnight
from partner.facts.models.operations import Operation
from partner.facts.models.undertakings import IndicatorForecast
from partner.figures import forecasting
from partner.figures.forecasting import MOST_YEARS, Course, Forecast
from partner.figures.gauges import Gauge, year_to, year_to_date
from partner.figures.indicators import SHARE, YEAR, Attainment, Decided
from partner.figures.sets import Amount, Axis, Derived, Numbers
from partner.ledger.fields import MICROSECOND
from partner.master.book import Book
from partner.master.models import Indicator, Target

if TYPE_CHECKING:
    from partner.figures.engine import Evaluation


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

    @cached_property
    def _decided(self) -> dict[tuple[str, str], Decided]:
        rows: Any = IndicatorForecast.objects
        return {
            (row.indicator, row.period): Decided(row.value, row.reason, f"{row.by_name}（{row.by_role}）")
            for row in rows.known_at(self.book.cut).order_by("id")
        }

    def decided(self, code: str, period: Period) -> Decided | None:
        """What a person said of an indicator's forecast at a quarter's end; of a year at its last; None where nobody spoke."""
        quarter = f"{fiscal_year_of(period.first)}Q4" if period.key.startswith("FY") else period.key
        return self._decided.get((code, quarter))

    def gauges(self, period: Period) -> list[Gauge]:
        """The indicators that hold at the period's end, each for every system that served since April; of whole months."""
        if period.event or period.incident:
            return []
        at = period.end - MICROSECOND
        year = year_to_date(period)
        serving = [
            system for system, (first, until) in sorted(self._systems.items(), key=lambda one: (one[1][0], one[0]))
            if first < year.until and (until is None or until > year.first)
        ]  # fmt: skip
        return [one for row in self.book.indicators(at) for one in self._gauges(row, serving, at)]

    def _gauges(self, row: Indicator, serving: Sequence[str], at: datetime) -> Iterator[Gauge]:
        systems = [row.system] if row.system else list(serving) if row.figure.startswith("operations.") else []
        for place, system in enumerate(systems or [""]):
            label = self.book.label("system", system, at) if system else ""
            yield Gauge(row, system, label, self._systems.get(system), len(systems) < 2, place)

    def derived(self, period: Period, whole: Callable[[Sequence[Attainment]], Numbers]) -> Derived:
        """The set that the engine opens: one part for each gauge."""
        gauges = self.gauges(period)
        axis = Axis("indicator", choices=tuple((one.code, one.label) for one in gauges))
        sources = tuple(dict.fromkeys(name for one in gauges for name in one.figure.sources))
        return Derived({"indicator": axis}, lambda evaluation: self.attainments(evaluation, period), whole, sources)

    def attainments(self, evaluation: "Evaluation", period: Period) -> list[Attainment]:
        """All indicators of the period; none for one that has not begun at the cut."""
        if period not in self._worked:
            year = fiscal_year_of(period.last)
            self._worked[period] = [
                Attainment(one, period, self._targets(one, year, period), self, evaluation)
                for one in (self.gauges(period) if period.start <= evaluation.cut else ())
            ]
        return self._worked[period]

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

    def left(self, year: int, months: int) -> tuple[int, int]:
        """Months and business days that are left of the year after so many months."""
        passed, days = self.business_days(year, months)
        return YEAR - months, days - passed

    def forecast(self, evaluation: "Evaluation", gauge: Gauge, year: int, months: int, base: Amount | None) -> Forecast:
        """The year's forecast from what its first so many months came to."""
        if base is None:
            return forecasting.NOTHING
        if months == YEAR:
            return forecasting.of_whole_year(base)
        courses = self.courses(evaluation, gauge, year, months)
        if gauge.grows:
            made = forecasting.of_flow(base, courses, *self.business_days(year, months))
        else:
            made = forecasting.of_level(base, courses, floor=0, ceiling=1 if gauge.row.unit == SHARE else None)
        return made.rounded(Decimal(1) if isinstance(base, int) else Decimal(1).scaleb(int(base.as_tuple().exponent)))

    def courses(self, evaluation: "Evaluation", gauge: Gauge, year: int, months: int) -> list[Course]:
        """How the five years before went, up to the same month and to their end."""
        years = self.complete_years(evaluation, gauge, year)
        if years:
            evaluation.prime_months(gauge.figure.key, [fiscal_year(one) for one in years], tuple(gauge.where))
        found = []
        for one in years:
            reached, total = (gauge.value(evaluation, year_to(one, n)).value for n in (months, YEAR))
            if reached is not None and total is not None:
                found.append(Course(one, reached, total))
        return found

    def complete_years(self, evaluation: "Evaluation", gauge: Gauge, year: int) -> list[int]:
        """Of the five years before those whose every month is complete; of percentiles none (they carry no range)."""
        if gauge.figure.type == "distribution":
            return []
        key = gauge.figure.key
        return [
            one for one in range(year - MOST_YEARS, year) if evaluation.judge(key, fiscal_year(one)).state == "final"
        ]


def _day_from(at: datetime) -> date:
    """The first day that begins at or after the instant."""
    day = jst_day(at)
    return day if midnight(day) == at else day + DAY
