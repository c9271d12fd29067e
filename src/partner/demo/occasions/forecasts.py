"""What the manager said of two indicators' forecasts: one confirmed as computed, one set otherwise, each with a reason."""

from datetime import date
from typing import Any

from partner.common.calendar import add_business_days
from partner.demo.occasions.diary import Diary
from partner.facts.streams import INDICATOR_FORECASTS

_SAID: tuple[tuple[str, str, date, float | None, str], ...] = (
    ("consultations", "2026Q2", date(2026, 9, 30), None, "オンラインの枠を増やしたため、計算どおりに進む見込みである。"),
    ("organizations_new", "2026Q2", date(2026, 9, 30), 225, "下期に地方自治体向けの説明会を2回開くため、計算より多い見込みである。"),
)  # fmt: skip


def write(diary: Diary, seed: int, scale: float) -> None:
    """Said eight business days after the quarter."""
    for indicator, period, ends, value, reason in _SAID:
        said: dict[str, Any] = {"indicator": indicator, "period": period, "reason": reason}
        number = None if value is None else max(1, round(value * scale))
        diary.tell(
            INDICATOR_FORECASTS,
            "指標の達成見込み",
            add_business_days(ends, 8),
            f"{indicator}/{period}",
            **said,
            value=number,
        )
