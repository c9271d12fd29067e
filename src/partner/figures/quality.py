"""Q3, A3, A9: the quality to be ensured. Targets are master data; what is attained is worked out from other figures."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from partner.common.period import Period
from partner.figures import attainment
from partner.figures.declare import figure, find
from partner.figures.indicators import MEASURES, Attainment
from partner.figures.sets import Derived, Numbers
from partner.figures.sets.quality import Quality

if TYPE_CHECKING:
    from partner.figures.engine import Evaluation

KEY = "quality.indicator"


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


def attainments(evaluation: "Evaluation", period: Period) -> list[Attainment]:
    """All indicators of the period as known at the evaluation's cut, in their order."""
    return list(evaluation.sets(find(KEY), period)[0].work(evaluation))
