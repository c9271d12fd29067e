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


_PLACES = {
    "count": "1",
    "percent": "0.1",
    "percent3": "0.001",
    "mean": "0.01",
    "minutes": "1",
    "ms": "1",
    "rate": "0.1",
    "rate3": "0.001",
}
_HUNDRED = frozenset({"percent", "percent3"})


def style_of(unit: str) -> str:
    """How a figure of that unit is printed: a share of time in per cent with three decimals, the rest whole."""
    return {"％": "percent3", "%": "percent3", "分": "minutes", "ミリ秒": "ms", "ms": "ms", "点": "mean"}.get(
        unit, "count"
    )


def amount(value: int | Decimal, style: str = "count") -> Decimal:
    """The number as it is printed: a share in per cent, rounded half up to the places of its style."""
    exact = Decimal(value) * 100 if style in _HUNDRED else Decimal(value)
    return exact.quantize(Decimal(_PLACES[style]), ROUND_HALF_UP)


def number(value: int | Decimal, style: str = "count") -> str:
    """82,014; 99.951; 4.62. Negative numbers carry U+2212."""
    return f"{amount(value, style):,}".replace("-", MINUS)


def signed_amount(value: int | Decimal, style: str = "count") -> str:
    """A change with its sign, in the places of its style."""
    printed = amount(value, style)
    if printed == 0:
        return f"±{abs(printed)}"
    return f"{'+' if printed > 0 else MINUS}{abs(printed):,}"


def against(name: str, value: int | Decimal, base: int | Decimal, unit: str, style: str = "count") -> tuple[str, str]:
    """Against a base: (前月を8件, 上回った); the verb apart, so that two of one verb share it."""
    change = amount(value, style) - amount(base, style)
    if not change:
        return f"{name}と", "同じである"
    return f"{name}を{abs(change):,}{unit}", "上回った" if change > 0 else "下回った"


def sentence(said: list[tuple[str, str]]) -> str:
    """前月を8件、前年同月を32件上回った。/ 前月を8件下回り、前年同月を32件上回った。"""
    if len(said) == 2 and said[0][1] == said[1][1]:
        return f"{said[0][0]}、{said[1][0]}{said[1][1]}。"
    linking = {"上回った": "上回り", "下回った": "下回り", "同じである": "同じで"}
    first = [f"{head}{linking[verb]}、" for head, verb in said[:-1]]
    return f"{''.join(first)}{said[-1][0]}{said[-1][1]}。"
