"""A recorded row read back, as it would be typed: what a form asks of a kind, and what stands in it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from partner.common.period import DAY
from partner.facts.intake.kinds.declare import Column, Kind
from partner.facts.models.identity import Identity

GONE = "消去済み"  # stands for the number of someone erased; his row keeps the key that it has


def asked(kind: Kind) -> tuple[Column, ...]:
    """The columns that a form asks for: the row's key is made, 取消 is an act of its own, what never may stand is left out."""
    may_stand = (column for column in kind.columns if column.allowed is None or column.allowed)
    return tuple(column for column in may_stand if column.name not in ("key", "withdrawn"))


def entered(kind: Kind, fact: Any, numbers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The recorded row as it would be typed: column name → text, or the codes where there may be several.

    Names and addresses are left empty: an empty one keeps what is recorded. `numbers` are those of `numbers_of`.
    """
    numbers = numbers_of(kind, [fact]) if numbers is None else numbers
    spelt = kind.spell(fact)
    found: dict[str, Any] = {}
    for column in asked(kind):
        value = spelt.get(column.name, getattr(fact, column.member, ""))
        if column.name in kind.particulars:
            value = ""
        elif column.party and value:
            value = numbers.get(value, GONE)
        found[column.name] = _written(column, value, fact)
    return found


def numbers_of(kind: Kind, facts: Iterable[Any]) -> dict[str, str]:
    """Subject key → 管理番号 of the persons and organisations that these facts mention. Someone erased is left out."""
    keys = {getattr(fact, column.member) for fact in facts for column in kind.parties}
    return dict(Identity.objects.filter(subject__in=keys - {""}).values_list("subject", "number"))


def _written(column: Column, value: Any, fact: Any) -> Any:
    if column.type == "codes":
        return [code for code in value.split(";") if code]
    if isinstance(value, bool):  # kept of a column with one choice, as 確認済
        return column.choices[0][0] if value and column.choices else ""
    if isinstance(value, datetime):
        return _moment(column, value, getattr(fact, "by_day", None))
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return "" if value is None else str(value)


def _moment(column: Column, at: datetime, by_day: bool | None) -> str:
    """The day alone where it is read back as the same instant, and as known by day if it was."""
    is_midnight = not (at.hour or at.minute or at.second or at.microsecond)
    if column.type == "last_day" and is_midnight:
        return f"{at - DAY:%Y-%m-%d}"
    if is_midnight and by_day is not False:
        return f"{at:%Y-%m-%d}"
    seconds = f":{at:%S}" if at.second or at.microsecond else ""
    return f"{at:%Y-%m-%d %H:%M}{seconds}{f'.{at.microsecond:06}' if at.microsecond else ''}"
