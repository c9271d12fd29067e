"""One 様式 sheet: its columns, its blocks from the top down, what stays in sight and what repeats in print."""

from partner.documents.blocks import Block, BusinessDays, Legend, Section, Summary, Table
from partner.documents.excel.book import Book
from partner.documents.excel.figures import write_chart
from partner.documents.excel.grid import Grid
from partner.documents.excel.leaves import Leaf
from partner.documents.excel.page import WIDTH, page_height
from partner.documents.excel.parts import heading, write_part, write_section
from partner.documents.excel.pen import Pen
from partner.documents.excel.table import Written, write_table
from partner.documents.excel.unfold import Part, part_of
from partner.documents.plots import Chart

Tabular = Table | Summary | Legend | BusinessDays
HEADING_HEIGHT = 31.0
SHRINK, SHRINK_SUMMARY = 1.12, 1.3  # rather a little smaller than a last page of a few lines


def write_form(book: Book, leaf: Leaf) -> str:
    """Writes the sheet and returns its name."""
    parts = {id(block): part_of(block, book.words) for block in leaf.blocks if isinstance(block, Tabular)}
    grid = Grid([part.table for part in parts.values()], WIDTH)
    widths = grid.widths()
    pen = book.sheet(leaf.name, page_height(max(WIDTH, sum(widths))))
    for n, wide in enumerate(widths):
        pen.sheet.set_column_pixels(n, n, wide)
    _Form(book, pen, grid, parts).write(leaf.blocks)
    pen.sheet.print_area(0, 0, max(pen.row - 1, 0), len(widths) - 1)
    pen.finish(SHRINK_SUMMARY if any(part.sparks for part in parts.values()) else SHRINK)
    return str(pen.sheet.get_name())


class _Form:
    """Walks over the blocks of one sheet."""

    def __init__(self, book: Book, pen: Pen, grid: Grid, parts: dict[int, Part]) -> None:
        self._book, self._pen, self._grid, self._parts = book, pen, grid, parts
        self._numbers = {key: n for n, key in enumerate(parts)}
        self._room = float(max(WIDTH, sum(grid.widths())))
        self._table_written: Written | None = None

    def write(self, blocks: list[Block]) -> None:
        """All blocks, then what stays in sight."""
        if isinstance(blocks[0], Section):
            self._pen.repeat(0, 1, HEADING_HEIGHT)
        for n, block in enumerate(blocks):
            self._block(block, first=n == 0)
        self._freeze(isinstance(blocks[0], Section))

    def _block(self, block: Block, first: bool) -> None:
        if isinstance(block, Section):
            write_section(self._pen, block, self._grid, self._room, first)
        elif isinstance(block, Chart):
            write_chart(self._book, self._pen, block, self._grid, self._room)
        elif id(block) in self._parts:
            self._table(id(block))
        else:
            write_part(self._pen, block, self._grid, self._room, self._book.words)  # type: ignore[arg-type]

    def _table(self, key: int) -> None:
        part = self._parts[key]
        if part.heading:
            heading(self._pen, part.heading, self._room)
        written = write_table(self._book, self._pen, self._grid, self._numbers[key], part, self._room)
        self._table_written = self._table_written or written

    def _freeze(self, headed: bool) -> None:
        """The heads, where the sheet has one table: over another one they would name the wrong columns.

        In print they repeat where that table is torn; where all tables stand whole, the section's heading does.
        """
        wide = self._grid.column(0) + 1 if self._room > WIDTH * 1.2 else 0
        if self._table_written and len(self._parts) == 1:
            self._pen.sheet.freeze_panes(self._table_written.last + 1, wide)
            if self._table_written.torn:
                self._pen.sheet.repeat_rows(self._table_written.first, self._table_written.last)
        elif headed or wide:
            self._pen.sheet.freeze_panes(int(headed), wide)
