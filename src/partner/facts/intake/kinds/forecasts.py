"""The sheet of what people say of an indicator's forecast (達成見込み)."""

from collections.abc import Iterator, Mapping
from typing import Any

from partner.facts.intake.kinds.declare import KEY, WITHDRAWN, Column, Kind, without_contacts
from partner.facts.intake.kinds.told_once import told_once
from partner.facts.intake.kinds.undertakings import QUARTER
from partner.facts.models.undertakings import IndicatorForecast
from partner.facts.streams import INDICATOR_FORECASTS


def _forecast(read: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    if not QUARTER.fullmatch(read["period"]):
        yield "bad_period", "時点は 2026Q2（四半期末）のように書いてください。", "period"
    if read["value"] is not None and read["value"] != round(read["value"], 6):
        yield "bad_value", "小数は6桁までです。", "value"
    yield from without_contacts(read["reason"], "reason")


INDICATOR_FORECAST = Kind(
    "indicator_forecasts",
    "指標の達成見込み",
    (
        KEY,
        Column("indicator", "指標", "指標のコード。", True, limit=40),
        Column("period", "時点", "どの四半期末の見込みか（2026Q2）。", True, limit=12),
        Column("value", "見込み", "計算どおりと確認するときは空。", type="decimal", least=-(10**13), most=10**13),
        Column("reason", "理由", "", True, "plain", limit=400, wide=True),
        WITHDRAWN,
    ),
    INDICATOR_FORECASTS,
    at="",
    check=_forecast,
    against=told_once(IndicatorForecast, "indicator", "period", column="indicator"),
    rules=("1行に、1つの指標の1つの時点の見込みを書く。",),
    covers=False,
)
