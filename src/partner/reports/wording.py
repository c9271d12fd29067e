"""Numbers and dates as papers print them (look: thousands comma, signed changes, one decimal for rates)."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from partner.common.period import JST, era_year

MINUS = "−"
WEEKDAYS = "月火水木金土日"
SMALL_BASE = 10


def count(value: int) -> str:
    """82,014; a negative count carries U+2212."""
    return f"{value:,}".replace("-", MINUS)


def signed(value: int) -> str:
    """+276, −7, ±0."""
    if value == 0:
        return "±0"
    return f"+{value:,}" if value > 0 else f"{MINUS}{-value:,}"


def share(part: int, whole: int, digits: str = "0.1") -> Decimal:
    """Part of whole in per cent, rounded half up. Raises ZeroDivisionError for an empty whole."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(digits), ROUND_HALF_UP)


def rate(value: int, base: int) -> str:
    """The change in per cent of the base: +0.3; ＊ for a base under 10, empty for a base of 0 (該当なし)."""
    if base == 0:
        return ""
    if abs(base) < SMALL_BASE:
        return "＊"
    percent = share(value, base)
    return f"±{abs(percent)}" if percent == 0 else f"{'+' if percent > 0 else MINUS}{abs(percent)}"


def day(at: date, *, era: bool = True) -> str:
    """令和8年10月15日（木）; without the era 10月15日（木）."""
    text = f"{at.month}月{at.day}日（{WEEKDAYS[at.weekday()]}）"
    return era_year(at) + text if era else text


def moment(at: datetime) -> str:
    """令和8年11月6日（金）12:00; seconds and microseconds only where they are not zero."""
    local = at.astimezone(JST)
    clock = f"{local:%H:%M}"
    if local.microsecond:
        clock = f"{local:%H:%M:%S.%f}"
    elif local.second:
        clock = f"{local:%H:%M:%S}"
    return f"{day(local.date())}{clock}"


def net(value: int, unit: str) -> str:
    """276人の純増, 3団体の純減, 増減なし."""
    if value == 0:
        return "増減なし"
    return f"{abs(value):,}{unit}の{'純増' if value > 0 else '純減'}"
