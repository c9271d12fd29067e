"""データ sheets: heads, filter, frozen; real numbers and dates; no colours that mean something."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from partner.documents.data_sheet import DataSheet, Value
from partner.documents.excel.book import Book
from partner.documents.excel.long_texts import LongTexts
from partner.documents.excel.looks import prefixed, rule
from partner.documents.excel.measure import mm, width
from partner.documents.excel.names import letters

MOST_ROWS = 1_048_575  # below the heads
MOST_DIGITS = 15
MEASURED = 400  # rows that decide how wide a column is


def write_data(book: Book, data: DataSheet, long_texts: LongTexts) -> str:
    """The sheet, and further ones where its rows are more than Excel takes. Returns the first one's name."""
    names = []
    for first in range(0, max(len(data.rows), 1), MOST_ROWS):
        sheet = book.sheet(data.name, 1).sheet
        rows = data.rows[first : first + MOST_ROWS]
        names.append(str(sheet.get_name()))
        _set_up(sheet, data.heads, rows)
        for n, head in enumerate(data.heads):
            sheet.write_string(0, n, head, book.looks.of({"bold": True} | rule("bottom") | prefixed(head)))
        writer = _Writer(book, sheet, long_texts)
        for at, row in enumerate(rows, 1):
            for n, value in enumerate(row):
                writer.write(at, n, value)
    return names[0]


def _set_up(sheet: Any, heads: tuple[str, ...], rows: tuple[tuple[Value, ...], ...]) -> None:
    for n, head in enumerate(heads):
        widest = max([width(head, 10, True) + 20, *(width(_shown(row[n])) for row in rows[:MEASURED])])
        sheet.set_column_pixels(n, n, round(min(widest + 12, mm(80))))
    if heads:
        sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)


def _shown(value: Value) -> str:
    if isinstance(value, datetime):
        return "2026-10-01T00:00:00+09:00" if value.tzinfo else "2026-10-01T00:00:00"
    return "" if value is None else str(value)[:80].split("\n")[0]


class _Writer:
    """Puts values into cells, each with its number format."""

    def __init__(self, book: Book, sheet: Any, long_texts: LongTexts) -> None:
        self._looks, self._sheet, self._long = book.looks, sheet, long_texts

    def write(self, row: int, column: int, value: Value) -> None:
        """One datum; nothing is no cell."""
        if isinstance(value, date):
            self._date(row, column, value)
        elif isinstance(value, int | Decimal):
            self._number(row, column, value)
        elif value:
            self._text(row, column, value)

    def _text(self, row: int, column: int, text: str) -> None:
        text = self._long.fitted(text, f"{self._sheet.get_name()} {letters(column)}{row + 1}")
        self._sheet.write_string(row, column, text, self._looks.of(prefixed(text)))

    def _number(self, row: int, column: int, value: int | Decimal) -> None:
        printed = f"{Decimal(value):f}"
        if len(printed.lstrip("-").replace(".", "").strip("0")) > MOST_DIGITS:
            self._text(row, column, printed)  # Excel would put zeros for the last digits
            return
        places = max(0, -int(value.as_tuple().exponent)) if isinstance(value, Decimal) else 0
        form = "0." + "0" * min(places, 30) if places else "0"
        self._sheet.write_number(row, column, value, self._looks.of({"num_format": form}))

    def _date(self, row: int, column: int, value: date) -> None:
        if value.year < 1901:
            self._text(row, column, value.isoformat())  # Excel's days begin in 1900, and wrongly
            return
        if isinstance(value, datetime):
            form = f'yyyy-mm-dd"T"hh:mm:ss"{value.isoformat()[19:].lstrip(".0123456789")}"'
            self._sheet.write_datetime(
                row, column, value.replace(tzinfo=None), self._looks.of({"num_format": form, "align": "left"})
            )
        else:
            self._sheet.write_datetime(
                row, column, value, self._looks.of({"num_format": "yyyy-mm-dd", "align": "left"})
            )
