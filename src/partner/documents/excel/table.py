"""A table on its sheet: title line, heads, body, notes."""

from dataclasses import dataclass
from typing import Any

from partner.documents.charts.frame import BLUE_900, GRAY_500, GRAY_700
from partner.documents.excel.bars import draw_bars
from partner.documents.excel.book import Book
from partner.documents.excel.grid import Grid
from partner.documents.excel.heads import head_lines
from partner.documents.excel.ink import Ink, Line
from partner.documents.excel.looks import END_RULE, SMALL
from partner.documents.excel.measure import PITCH, lines, on_screen
from partner.documents.excel.names import definition_name
from partner.documents.excel.pen import Pen
from partner.documents.excel.prose import write_note, write_text
from partner.documents.excel.rows import Body
from partner.documents.excel.titles import title_lines
from partner.documents.excel.unfold import Part
from partner.documents.tables import Table

SUMMARY_PITCH = 19.5  # sparklines need some height


@dataclass(frozen=True, slots=True)
class Written:
    """The first and last row of a table's heads, and whether it is taller than a page."""

    first: int
    last: int
    torn: bool


def write_table(book: Book, pen: Pen, grid: Grid, n: int, part: Part, room: float) -> Written:
    """The n-th table of a sheet, torn only where it is taller than a page."""
    table, spans = part.table, grid.spans(n)
    title, heads = _title(book, table, grid.end(spans[-1][1]), grid.reach(spans[-1][1])), head_lines(table, grid, spans)
    blocks = list(Body(table, grid, spans, SUMMARY_PITCH if part.sparks else 0).blocks())
    if not blocks:
        heads[-1].look |= END_RULE
    top = _height([*title, *heads])
    whole = top + sum(map(_height, blocks)) + PITCH * _note_lines(table, room)
    pen.keep(whole)
    pen.keep(top + _height((blocks or [[]])[0][:4]))
    for line in title:
        pen.write(line)
    if table.lead:
        write_text(pen, table.lead, room, SMALL)
    at = [pen.write(line) for line in heads]
    rows = _body(pen, blocks)
    draw_bars(pen.sheet, table, grid, spans, rows)
    _sparklines(book, pen, grid, part, n, rows)
    for note in table.notes:
        write_note(pen, note, room)
    pen.skip(9)
    return Written(at[0], at[-1], whole > pen.page)


def _height(found: list[Line]) -> float:
    return sum(on_screen(line.height) for line in found)


def _note_lines(table: Table, room: float) -> int:
    return sum(len(lines(note, room * 0.97, SMALL["font_size"])) for note in table.notes)


def _title(book: Book, table: Table, last: int, room: float) -> list[Line]:
    number = book.words["table"] + table.number if table.number else ""
    chip = f"　［{table.chip}］" if table.chip else ""
    unit = book.words["unit"] + table.unit if table.unit else ""
    defined = book.words["definition"] + " " + book.words["comma"].join(table.definitions) if table.definitions else ""
    known = next((name for name in table.definitions if f"d-{name}" in book.known), "")
    link = f"internal:{definition_name(known)}" if known else ""
    right = Ink("　".join(filter(None, (unit, defined))), link=link, tip=known)
    return title_lines(number, table.title + chip, right, last, room)


def _body(pen: Pen, blocks: list[list[Line]]) -> list[int]:
    """Writes the groups, each whole where it can be, and returns the rows they took."""
    rows: list[int] = []
    for block in blocks:
        whole = _height(block)
        pen.keep(whole)
        for line in block:
            if whole > pen.page:
                pen.keep(line.height)
            rows.append(pen.write(line))
    return rows


def _sparklines(book: Book, pen: Pen, grid: Grid, part: Part, n: int, rows: list[int]) -> None:
    if part.sparks is None:
        return
    column, name = grid.column(grid.spans(n)[part.spark_column][0]), part.table.columns[part.spark_column].heading
    for row, series in zip(rows, part.sparks, strict=True):
        options: dict[str, Any] = {
            "range": book.figures.add(series.figure, name, series.labels, series.values).values.removeprefix("="),
            "series_color": GRAY_700, "last_point": True, "last_color": BLUE_900,
            "first_point": True, "first_color": GRAY_500, "weight": 1.25,
        }  # fmt: skip
        pen.sheet.add_sparkline(row, column, options)
