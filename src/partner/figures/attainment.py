"""Whether a target is reached, will be, or will not (definition D20). Pure."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from partner.figures.forecasting import Amount, Forecast

State = Literal["", "met", "expected", "attention", "missed", "unset"]
LABELS: dict[State, str] = {
    "met": "達成", "expected": "達成見込み", "attention": "要注意", "missed": "未達", "unset": "目標値未設定",
}  # fmt: skip
RISK: tuple[State, ...] = ("missed", "attention", "", "expected", "met", "unset")  # those at risk come first
ON_THE_WAY: tuple[State, ...] = ("met", "expected")
_RATE = Decimal("0.0001")


def meets(value: Amount, target: Amount, lower: bool) -> bool:
    """Whether the value is as good as the target. `lower`: the smaller the better."""
    return value <= target if lower else value >= target


def rate(attained: Amount | None, target: Amount | None, lower: bool) -> Decimal | None:
    """達成率: attained by target; where smaller is better, target by attained. None where nothing can be divided."""
    if attained is None or target is None:
        return None
    part, whole = (target, attained) if lower else (attained, target)
    return (Decimal(part) / Decimal(whole)).quantize(_RATE, ROUND_HALF_UP) if whole else None


def judge(
    attained: Amount | None, target: Amount | None, forecast: Forecast, *, lower: bool, grows: bool, over: bool
) -> State:
    """The state of a target. `grows`: the number can only grow, so that what is reached stays reached, and what is
    exceeded stays exceeded; anything else is settled when the year is `over`. Empty where no record or forecast says.
    """
    if target is None:
        return "unset"
    if attained is None:
        return ""
    reached = meets(attained, target, lower)
    if over or (grows and reached != lower):
        return "met" if reached else "missed"
    return "" if forecast.value is None else _expected(forecast, target, lower)


def _expected(forecast: Forecast, target: Amount, lower: bool) -> State:
    """While the year goes on: the forecast against the target, then the ends of its range."""
    assert forecast.value is not None
    better, worse = (forecast.low, forecast.high) if lower else (forecast.high, forecast.low)
    if not meets(forecast.value, target, lower):
        return "missed" if better is not None and not meets(better, target, lower) else "attention"
    if forecast.method == "person" or worse is None or meets(worse, target, lower):
        return "expected"
    margin, error = abs(forecast.value - target), abs(forecast.value - worse)
    return "attention" if margin * 2 < error else "expected"
