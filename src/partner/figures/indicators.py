"""Indicators of the quality to be ensured: what measures each of them in a period, and how it stands to its target.

One on the operation of a system is measured for each system apart, over that system's own days: a year in which the
system was switched has one part for each, with its own target.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from partner.common.period import Period, fiscal_year_of, jst_day
from partner.figures import attainment, forecasting
from partner.figures.forecasting import Forecast
from partner.figures.gauges import Gauge, year_to, year_to_date
from partner.figures.sets import Amount, Numbers
from partner.ledger.fields import MICROSECOND
from partner.master.book import holds
from partner.master.models import Target

if TYPE_CHECKING:
    from partner.figures.engine import Evaluation
    from partner.figures.sets.quality import Quality

SHARE = "％"
YEAR = 12
MEASURES = (
    "target", "attained", "rate", "forecast", "low", "high", "in_period", "needed_per_month", "needed_per_day",
)  # fmt: skip


@dataclass(frozen=True)
class Decided:
    """What a person says of a forecast: another value (as printed), or (None) that it stands as computed; and why."""

    value: Decimal | None
    reason: str
    by: str


@dataclass(frozen=True)
class Attainment:
    """An indicator in a period: attained since April and in the period, against the target that holds at its end.

    `targets` are all of the year in the order of their dates: more than one where it was changed. What takes time is
    worked out when it is asked for: without a target nobody needs the forecast to know the state.
    """

    gauge: Gauge
    period: Period
    targets: tuple[Target, ...]
    scope: "Quality" = field(repr=False, compare=False)
    evaluation: "Evaluation" = field(repr=False, compare=False)

    @property
    def year(self) -> int:
        """The fiscal year."""
        return fiscal_year_of(self.period.last)

    @cached_property
    def months(self) -> int:
        """How many of its months were over at the cut, up to the period's end."""
        return len([one for one in year_to_date(self.period).months() if one.end <= self.evaluation.cut])

    @property
    def over(self) -> bool:
        """Whether the year is."""
        return self.months == YEAR

    @cached_property
    def attained(self) -> Numbers:
        """What it measures from April to the period's end."""
        to_date = year_to_date(self.period)
        self.evaluation.prime_months(self.gauge.figure.key, [to_date], tuple(self.gauge.where))
        return self.gauge.value(self.evaluation, to_date)

    @cached_property
    def in_period(self) -> Numbers:
        """What it measures in the period."""
        return self.gauge.value(self.evaluation, self.period)

    @cached_property
    def base(self) -> Numbers:
        """What had been reached when the last whole month ended, from which the forecast is made."""
        if not self.months:
            return Numbers(None, state="missing")
        return self.gauge.value(self.evaluation, year_to(self.year, self.months))

    @cached_property
    def computed(self) -> Forecast:
        """The forecast by its method."""
        return self.scope.forecast(self.evaluation, self.gauge, self.year, self.months, self.base.value)

    @cached_property
    def person(self) -> Decided | None:
        """What a person said of it."""
        return self.scope.decided(self.code, self.period)

    @cached_property
    def forecast(self) -> Forecast:
        """The forecast that counts: the person's, else the computed one."""
        if self.person is None or self.person.value is None:
            return self.computed
        return replace(self.computed, value=Decimal(self.amount(self.person.value)), method="person")

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
        return forecasting.needed(self.target, self.base.value, *self.scope.left(self.year, self.months))

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
