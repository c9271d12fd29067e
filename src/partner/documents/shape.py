"""What a renderer must know of a table as a whole before it draws a row."""

from partner.documents.links import every_cell
from partner.documents.tables import Row, Table


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

    def follows_digits(self, n: int) -> bool:
        """Whether a column of words comes right after one of numbers."""
        columns = self.table.columns
        return n > 0 and columns[n].kind == "text" and columns[n - 1].kind == "number"
