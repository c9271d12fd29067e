"""A tidy table of data: one datum a cell, one row of heads, for machines; and the same as CSV."""

import csv
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import StringIO

Value = str | int | Decimal | date | datetime | None

# What a spreadsheet takes for a formula; the full-width signs too, which Japanese Excel reads as the narrow ones.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class DataSheet:
    """A table of data. `note` is for people: it enters the file's properties and no cell.

    Raises TypeError for a bool or a float, ValueError for a row of another length and for a number without a value:
    what a cell holds must be sure before any file is written.
    """

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    note: str = ""

    def __post_init__(self) -> None:
        """A row one datum short would move every following one under the wrong head."""
        for n, row in enumerate(self.rows, 1):
            if len(row) != len(self.heads):
                raise ValueError(f"{self.name}, row {n}: {len(row)} values, not {len(self.heads)}")
            for value in row:
                _must_be_datum(self.name, n, value)


def _must_be_datum(name: str, n: int, value: object) -> None:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal | date | None):
        raise TypeError(f"{name}, row {n}: {type(value).__name__} is not a datum")
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError(f"{name}, row {n}: {value} is not a number")


def as_csv(sheet: DataSheet) -> bytes:
    """UTF-8 with a mark for Excel, CRLF, RFC 4180. Texts that begin like a formula get an apostrophe, numbers never."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([_harmless(head) for head in sheet.heads])
    writer.writerows([_printed(value) for value in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


def _printed(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _harmless(value)
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _harmless(text: str) -> str:
    """NUL ends a text for many readers, and half a surrogate pair is no character at all."""
    text = "".join("〓" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)
    return "'" + text if text.startswith(_RISKY) or text.lstrip(" \u3000").startswith(_RISKY) else text
