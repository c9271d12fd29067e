"""How tall a table surely is at most, and at least: what surely fits on a page need not be set twice to find out.

Setting a table only to measure it took half of the time and memory of a long report.
"""

from math import ceil

from partner.documents.charts.frame import MM
from partner.documents.charts.svg import text_width
from partner.documents.crowded import LABEL, NUMBERS, Setting
from partner.documents.shape import TableShape
from partner.documents.tables import GroupRow, Row, Table

_CAP, _LEADING = 0.74, 4.2  # a line is as tall as its capitals, of the size of its letters; points between two lines
_WIDER = 1.15  # bold letters, and what is broken before the line is full
_DRAWN, _WAITING, _TITLE, _NOTE = 12.0, 4.6, 20.0, 8.5  # points
_INDENT = 2.6  # of the size of letters: a sign and an indent before a label
_SURELY, _BEYOND = 0.965, 1.02  # shares of the page


class Heights:
    """The height of one table, in points, estimated from both sides; `room` is its width in millimetres."""

    def __init__(self, shape: TableShape, setting: Setting, room: float) -> None:
        self._shape, self._table, self._setting = shape, shape.table, setting
        self._rooms = [width * MM - 2 * setting.pad for width in _widths(self._table, shape, setting, room)]
        self._whole = room * MM

    def is_short(self, page: float) -> bool:
        """Whether the table surely fits on a page of that height."""
        rows = sum(map(self._at_most, self._table.rows))
        return _TITLE + self._head() + rows + self._notes() < _SURELY * page

    def is_tall(self, page: float) -> bool:
        """Whether its rows alone are surely more than a page."""
        least = _CAP * 0.9 * min(6.0, self._setting.size) + 2 * self._shape.inset
        return len(self._table.rows) * least > _BEYOND * page

    def _at_most(self, row: Row | GroupRow) -> float:
        if isinstance(row, GroupRow):
            return self._lines(row.label, self._whole) + 2 * self._shape.inset
        size, cells = self._setting.size, [cell for cell in row.cells if cell]
        texts = [cell.text if cell else "" for cell in row.cells]
        tallest = max(map(self._lines, texts, self._rooms[1:]), default=0.0)
        label = self._lines(row.label, self._rooms[0] - _INDENT * size)
        waiting = any(cell.state == "missing" for cell in cells)
        inset = max(self._shape.inset, _WAITING * waiting)
        return max(label, tallest) + 2 * inset + _DRAWN * self._shape.drawn

    def _head(self) -> float:
        tallest = max(
            self._lines(one.heading, width) for one, width in zip(self._table.columns, self._rooms, strict=True)
        )
        drawn = _DRAWN * any(one.head_drawing for one in self._table.columns)
        group = (_CAP * self._setting.size + 2 * self._shape.inset) * self._shape.stacked
        return tallest + self._setting.size + drawn + 2 * self._shape.inset + group

    def _notes(self) -> float:
        texts = [*self._table.notes, *filter(None, [self._table.lead])]
        return sum(_NOTE * (ceil(text_width(text, 7.6) * _WIDER / self._whole) + 0.5) for text in texts)

    def _lines(self, text: str, room: float) -> float:
        size = self._setting.size
        count = sum(max(1, ceil(text_width(part, size) * _WIDER / max(room, size))) for part in text.split("\n"))
        return _CAP * size + (count - 1) * (_CAP * size + _LEADING)


def _widths(table: Table, shape: TableShape, setting: Setting, room: float) -> list[float]:
    """The columns' widths in millimetres, those that share what is left too."""
    left = room - NUMBERS * shape.numbered - sum(setting.widths) - sum(column.bar for column in table.columns)
    shares = sum(one.share for one, width in zip(table.columns, setting.widths, strict=True) if not width) or 1
    columns = zip(table.columns, setting.widths, strict=True)
    return [width or max(left, LABEL / 4) * one.share / shares for one, width in columns]
