"""Q3, A3, A9: the quality to be ensured. Targets are master data; what is attained is worked out from other figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from partner.common.period import Period, add_months, quarter
from partner.figures import attainment, forecasting
from partner.figures.declare import figure, find
from partner.figures.forecasting import Amount, Forecast
from partner.figures.gauges import Gauge
from partner.figures.indicators import MEASURES, Attainment
from partner.figures.sets import Derived, Numbers
from partner.figures.sets.quality import Quality

if TYPE_CHECKING:
    from partner.figures.engine import Evaluation

KEY = "quality.indicator"
QUARTERS = (3, 6, 9)  # months over at the ends of the quarters before the last


@figure(
    "Q3", key=KEY, label="達成又は達成見込みの指標", unit="件", type="stock", by=("indicator",), measures=MEASURES, derived=True
)  # fmt: skip
def indicator(quality: Quality, period: Period) -> Derived:
    """How many indicators are attained or expected to be, of those with a target; of one indicator what it attained."""
    return quality.derived(period, on_the_way)


def on_the_way(parts: Sequence[Attainment]) -> Numbers:
    """The headline. 該当なし while no target is agreed or proposed; missing while nothing is recorded at all."""
    known = [one for one in parts if one.attained.value is not None]
    if not known:
        return Numbers(None, state="missing", judged=True)
    if not any(one.target_row for one in parts):
        return Numbers(None, state="not_applicable", judged=True)
    count = sum(one.state in attainment.ON_THE_WAY for one in parts)
    waits = any(one.attained.state != "final" for one in parts if one.target_row)
    return Numbers(count, state="provisional" if waits else "final", judged=True)


@dataclass(frozen=True)
class Past:
    """A year that is over: what would have been foretold after so many months, from earlier years alone; and what came."""

    gauge: Gauge
    year: int
    forecasts: dict[int, Forecast]
    total: Amount


def track_records(evaluation: "Evaluation", period: Period, years: int = 3) -> list[Past]:
    """How good the forecasts of what is counted up were, for the last so many complete years. A person's word of that
    time stands for the computed number.
    """
    return [
        past for one in attainments(evaluation, period) if one.gauge.grows for past in _pasts(evaluation, one)[-years:]
    ]


def _pasts(evaluation: "Evaluation", one: Attainment) -> list[Past]:
    scope, gauge = one.scope, one.gauge
    tried: dict[int, dict[int, Forecast]] = {}
    totals: dict[int, Amount] = {}
    for months in QUARTERS:
        courses = scope.courses(evaluation, gauge, one.year, months)
        totals |= {course.year: course.total for course in courses}
        for course in courses:
            earlier = [other for other in courses if other.year < course.year]
            made = forecasting.of_flow(course.reached, earlier, *scope.business_days(course.year, months))
            person = scope.decided(gauge.code, quarter(add_months(date(course.year, 4, 1), months - 3)))
            if person and person.value is not None:
                made = replace(made, value=person.value, method="person")
            tried.setdefault(course.year, {})[months] = made.rounded(Decimal(1))
    return [Past(gauge, year, tried[year], totals[year]) for year in sorted(tried) if totals[year]]


def attainments(evaluation: "Evaluation", period: Period) -> list[Attainment]:
    """All indicators of the period as known at the evaluation's cut, in their order."""
    return list(evaluation.sets(find(KEY), period)[0].work(evaluation))
