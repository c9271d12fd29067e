"""The body of a table: every row with its number, sign, label, values and marks in columns of their own."""

from collections.abc import Iterator

from partner.documents.charts.frame import BLUE_900, GRAY_600, GRAY_700
from partner.documents.excel.grid import Grid, Span
from partner.documents.excel.ink import Ink, Line
from partner.documents.excel.looks import BLUE_50, END_RULE, GRAY_50, HAIR, MARK, STRONG_RULE, Look
from partner.documents.excel.measure import height, lines
from partner.documents.excel.names import cell_name, definition_name
from partner.documents.excel.states import cell_look, value_of
from partner.documents.links import outside
from partner.documents.shape import TableShape
from partner.documents.tables import Cell, Column, GroupRow, Row, Table

MOST_LINES = 12  # a row is at most 409 points high and never torn: longer texts go on in the rows below
Chunk = tuple[str, int]


class Body:
    """The rows of one table as lines of its sheet; `pitch` is the least height of a row."""

    def __init__(self, table: Table, grid: Grid, spans: list[Span], pitch: float = 0.0) -> None:
        self._pitch = pitch
        self._table, self._grid, self._spans = table, grid, spans
        self._shape = TableShape(table)
        self._last = grid.end(spans[-1][1])

    def blocks(self) -> Iterator[list[Line]]:
        """The lines of each group; a page may break between two of them."""
        found: list[Line] = []
        rows = self._table.rows
        for n, row in enumerate(rows):
            if isinstance(row, GroupRow) and found:
                yield found
                found = []
            found += self._lines(row, rows[n + 1] if n + 1 < len(rows) else None)
        if found:
            yield found

    def _lines(self, row: Row | GroupRow, following: Row | GroupRow | None) -> list[Line]:
        found = self._row(row) if isinstance(row, Row) else self._group(row)
        for line in found:
            line.look = {name: value for name, value in line.look.items() if not name.startswith("bottom")}
        total = isinstance(following, Row) and following.strong and not following.outside
        found[-1].look |= END_RULE if following is None else STRONG_RULE if total else HAIR
        return found

    def _group(self, row: GroupRow) -> list[Line]:
        found = []
        for text in lines(row.label, self._grid.reach(self._spans[-1][1]) - 10, bold=True):
            line = Line(self._last, {"bg_color": GRAY_50})
            line.put(0, Ink(text, {"bold": True}))
            found.append(line)
        return found

    def _row(self, row: Row) -> list[Line]:
        """A row, and rows below it for texts that do not fit."""
        label = self._chunks(row.label, 0, row.strong, 12 if row.indent else 0)
        texts = [self._texts(cell, n) for n, cell in enumerate(row.cells, 1)]
        count = max(len(chunks) for chunks in (label, *texts))
        found = [Line(self._last) for _ in range(count)]
        self._head(found[0], row)
        self._put(found, 0, label, self._label_look(row))
        if row.anchor:
            wrapped: Look = {"text_wrap": True} if label[0][1] > 1 else {}
            named = Ink(label[0][0], self._label_look(row) | wrapped, name=definition_name(row.anchor))
            found[0].put(self._grid.column(0), named)
        for n, cell in enumerate(row.cells, 1):
            self._values(found, row, cell, n, texts[n - 1])
        tall = self._shape.inset - 3.2
        for at, line in enumerate(found):
            most = max((chunks[at][1] for chunks in (label, *texts) if at < len(chunks)), default=1)
            line.height = max(height(most) + (tall if tall > 0 else 0), self._pitch)
            if count > 1 or (self._shape.top and most > 1):
                line.look["valign"] = "top"
        return found

    def _head(self, line: Line, row: Row) -> None:
        item: Look = {"bold": True, "font_color": BLUE_900, "align": "left"}
        small: Look = {"font_size": 7.5, "font_color": GRAY_600, "align": "center"}
        line.put(0, Ink(row.number, item if row.number[:1].isalpha() else small))
        if self._grid.signed and row.sign:
            line.put(1, Ink(row.sign, {"align": "center", "bold": row.strong}))

    def _label_look(self, row: Row) -> Look:
        colour: Look = {"font_color": GRAY_700, "indent": 1} if row.indent else {}
        return {"align": "left", "bold": row.strong or self._table.columns[0].strong} | colour

    def _values(self, found: list[Line], row: Row, cell: Cell | None, n: int, chunks: list[Chunk]) -> None:
        column, slot = self._table.columns[n], self._spans[n][0]
        tint: Look = {"bg_color": BLUE_50} if column.tint else {}
        for line in found if tint else ():
            for place in range(self._grid.column(slot), self._grid.end(self._spans[n][1]) + 1):
                line.put(place, Ink(None, tint))
        if cell is None:
            return
        look = tint | cell_look(cell, column, row)
        value = value_of(cell, column)
        if value is None:
            airy: Look = {"indent": 1} if self._shape.follows_digits(n) and not cell.chip else {}
            self._put(found, slot, chunks, look | airy, cell)
        else:
            ink = Ink(
                value.value, look | {"num_format": value.form}, outside(cell.link), cell.number, cell_name(cell.number)
            )
            found[0].put(self._grid.column(slot), ink)
        self._mark(found[0], cell, column, self._spans[n][1], tint)

    def _mark(self, line: Line, cell: Cell, column: Column, slot: int, tint: Look) -> None:
        place = self._grid.mark(slot)
        if place is not None and cell.mark:
            line.put(place, Ink(cell.mark, tint | MARK))

    def _put(self, found: list[Line], slot: int, chunks: list[Chunk], look: Look, cell: Cell | None = None) -> None:
        """A text in its column, whole or piece by piece downward; the first has the cell's name."""
        for at, (text, count) in enumerate(chunks):
            wrapped: Look = {"text_wrap": True} if count > 1 else {}
            name = cell_name(cell.number) if cell and at == 0 else ""
            found[at].put(self._grid.column(slot), Ink(text, look | wrapped, name=name))

    def _texts(self, cell: Cell | None, n: int) -> list[Chunk]:
        if cell is None:
            return [("", 1)]
        column = self._table.columns[n]
        if value_of(cell, column):
            return [(cell.text, 1)]
        size = 8 if cell.state in ("not_applicable", "not_computed", "none") else 10
        return self._chunks(cell.text or cell.bar_note, n, cell.strong or column.strong, 0, size)

    def _chunks(self, text: str, n: int, bold: bool, indent: float, size: float = 10) -> list[Chunk]:
        """The text in pieces of at most so many lines; over several columns nothing wraps, so each line is a piece."""
        first, last = self._spans[n]
        room = sum(self._grid.widths()[self._grid.column(first) : self._grid.end(last) + 1]) - 10 - indent
        broken = lines(text, room * 0.94, size, bold)
        if len(broken) == 1:
            return [(text, 1)]
        if first == last and len(broken) <= MOST_LINES:
            return [(text, len(broken))]
        step = MOST_LINES if first == last else 1
        parts = [broken[at : at + step] for at in range(0, len(broken), step)]
        return [("\n".join(part), len(part)) for part in parts]
