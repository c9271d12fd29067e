"""Printed numbers become numbers whose format prints them again, sign for sign; anything else stays text."""

import re
from dataclasses import dataclass
from decimal import Decimal

_PRINTED = re.compile(r"([±+−▲-]?)([0-9][0-9,]*)(?:\.([0-9]+))?(%?)")
_MOST_DIGITS = 15  # of more, Excel forgets the last ones
_SIGNED = {
    "": "{0}",
    "-": "{0};-{0};{0}",
    "+": '+{0};"−"{0};"±"{0}',
    "−": '+{0};"−"{0};"±"{0}',
    "±": '+{0};"−"{0};"±"{0}',
    "▲": '{0};"▲"{0};{0}',  # in the expense statement alone
}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A value and the number format in which Excel shows it as it was printed."""

    value: int | Decimal
    form: str


def numeral(text: str) -> Numeral | None:
    """The number a text prints, or None where Excel would show another text (01, 1,23, +0) or lose digits."""
    found = _PRINTED.fullmatch(text)
    if not found:
        return None
    sign, whole, fraction, percent = found.group(1), found.group(2), found.group(3) or "", found.group(4)
    pattern = _grouping(whole)
    digits = whole.replace(",", "")
    amount = Decimal(digits + (f".{fraction}" if fraction else ""))
    if not pattern or len(digits + fraction) > _MOST_DIGITS or (amount == 0) != (sign == "±" or _bare_zero(found)):
        return None
    signed = -amount if sign in ("−", "-", "▲") else amount
    form = pattern + ("." + "0" * len(fraction) if fraction else "") + ('"%"' if percent else "")
    return Numeral(signed if fraction else int(signed), _SIGNED[sign].format(form))


def _grouping(whole: str) -> str:
    """The pattern of the digits before the point; empty where no pattern prints them so."""
    number = int(whole.replace(",", ""))
    if whole == f"{number:,}":
        return "#,##0"
    return "0" if whole == str(number) else ""


def _bare_zero(found: re.Match[str]) -> bool:
    return found.group(1) == "" and not (found.group(2) + (found.group(3) or "")).strip("0,")
