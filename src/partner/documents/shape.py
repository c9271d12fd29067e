"""What a renderer must know of a table as a whole before it draws a row."""

from partner.documents.charts.frame import MM
from partner.documents.charts.svg import text_width
from partner.documents.links import every_cell
from partner.documents.tables import GroupRow, Row, Table

# In points; `_SURELY` is a share of the page. `_NARROW` is the least width, in millimetres, of a column that shares what is left.
_SURELY, _SIZE, _LINE, _NARROW, _DRAWN, _NOTE = 0.83, 8.0, 12.5, 20.0, 12.0, 0.25
_MANY = 13  # columns of numbers: a year of months and what belongs to it


class TableShape:
    """Facts about a table that follow from its columns and rows."""

    def __init__(self, table: Table) -> None:
        self.table = table
        rows = [row for row in table.rows if isinstance(row, Row)]
        cells = list(every_cell(table))
        self.numbered = any(row.number for row in rows)
        self.signed = any(row.sign for row in rows)
        self.stacked = table.stacked or any(column.group for column in table.columns)
        self.drawn = any(cell.drawing for cell in cells)
        self.chipped = any(cell.chip for cell in cells)

    @property
    def places(self) -> int:
        """How many grid columns the table has: row numbers and bars have their own."""
        return len(self.table.columns) + sum(column.bar > 0 for column in self.table.columns) + self.numbered

    @property
    def inset(self) -> float:
        """Air above and below a row, in points: chips need more than numbers, drawings bring their own."""
        if self.drawn:
            return 2.8
        if self.table.loose or self.chipped:
            return 5.2
        return 2.7 if self.table.dense else 3.2

    @property
    def top(self) -> bool:
        """Whether rows are read from the top: where sentences stand, numbers belong to their first line."""
        return any(column.kind == "text" for column in self.table.columns) and not (self.drawn or self.chipped)

    @property
    def crowded(self) -> bool:
        """Whether so many numbers stand in a row that they need smaller letters and less air."""
        return sum(column.kind == "number" for column in self.table.columns) >= _MANY

    def short(self, page: float) -> bool:
        """Whether the table surely fits on a page of that height: a generous estimate; most do, and need no measuring."""
        return sum(map(self._height, self.table.rows)) + _NOTE * sum(map(len, self.table.notes)) < _SURELY * page

    def _height(self, row: Row | GroupRow) -> float:
        texts = [(row.label, self.table.columns[0])]
        if isinstance(row, Row):
            texts += [
                (cell.text, column) for cell, column in zip(row.cells, self.table.columns[1:], strict=True) if cell
            ]
        lines = max(
            text.count("\n") + 1 + text_width(text, _SIZE) / ((column.width or _NARROW) * MM) for text, column in texts
        )
        return lines * _LINE + 2 * self.inset + (_DRAWN if self.drawn else 0)

    def follows_digits(self, n: int) -> bool:
        """Whether a column of words comes right after one of numbers."""
        columns = self.table.columns
        return n > 0 and columns[n].kind == "text" and columns[n - 1].kind == "number"
