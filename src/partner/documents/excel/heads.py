"""The heads of a table: groups centred across their columns, headings, letters below."""

from itertools import groupby

from partner.documents.charts.frame import GRAY_600, GRAY_800, GRAY_900
from partner.documents.excel.grid import Grid, Span
from partner.documents.excel.ink import Ink, Line
from partner.documents.excel.looks import BLUE_100, MEDIUM, STRONG_RULE, THIN, Look, rule
from partner.documents.excel.measure import height, lines
from partner.documents.shape import TableShape
from partner.documents.tables import Column, Table

LETTER: Look = {"font_size": 8, "font_color": GRAY_600}


def head_lines(table: Table, grid: Grid, spans: list[Span]) -> list[Line]:
    """One row, or two where there are groups or letters."""
    last = grid.end(spans[-1][1])
    two = any(column.group or column.letter for column in table.columns)
    upper, lower = Line(last, rule("top", MEDIUM, GRAY_900)), Line(last, dict(STRONG_RULE))
    shape = TableShape(table)
    airy = {id(column): shape.follows_digits(n) for n, column in enumerate(table.columns)}
    places = list(zip(table.columns, spans, strict=True))
    for group, members in groupby(places, key=lambda place: place[0].group):
        found = list(members)
        if group:
            _group(upper, grid, group, found)
        for column, span in found:
            _tint(column, (upper, lower), grid, span)
            look = _heading(column) | ({"indent": 1} if airy[id(column)] else {})
            if not group:
                upper.put(grid.column(span[0]), Ink(column.heading, look))
            if two:
                lower.put(grid.column(span[0]), _below(column, look, bool(group)))
    upper.height = height(max(_lines(column, grid, span) for column, span in places))
    if two:
        return [upper, lower]
    upper.look = upper.look | STRONG_RULE
    return [upper]


def _group(upper: Line, grid: Grid, group: str, members: list[tuple[Column, Span]]) -> None:
    """Centre across selection: the first cell has the text, the others lend their room. Nothing is merged."""
    first, last = grid.column(members[0][1][0]), grid.column(members[-1][1][1])
    tint: Look = {"bg_color": BLUE_100, "bold": True} if any(column.tint for column, _ in members) else {}
    look: Look = {"align": "center_across"} | rule("bottom", THIN, GRAY_800) | tint
    for column in range(first, last + 1):
        upper.put(column, Ink(group if column == first else None, look))
    if tint and grid.end(members[-1][1][1]) > last:
        upper.put(last + 1, Ink(None, tint))


def _tint(column: Column, rows: tuple[Line, Line], grid: Grid, span: Span) -> None:
    if not column.tint:
        return
    for line in rows if not column.group else rows[1:]:
        for place in range(grid.column(span[0]), grid.end(span[1]) + 1):
            line.put(place, Ink(None, {"bg_color": BLUE_100}))


def _heading(column: Column) -> Look:
    align = "left" if column.kind == "label" else "right" if column.kind == "number" else "left"
    tint: Look = {"bg_color": BLUE_100} if column.tint else {}
    centred = "center" if column.centre else align
    return {"align": centred, "bold": column.tint, "text_wrap": True, "valign": "bottom"} | tint


def _below(column: Column, look: Look, grouped: bool) -> Ink:
    """Under a group the heading with its letter, else the letter alone."""
    look = look | {"text_wrap": False}
    if not grouped:
        return Ink(column.letter, look | LETTER | {"bold": False})
    if not column.letter or not column.heading:
        return Ink(column.heading or column.letter, look | ({} if column.heading else LETTER))
    return Ink(((column.heading, {}), (f" {column.letter}", LETTER | {"bold": False})), look)


def _lines(column: Column, grid: Grid, span: Span) -> int:
    """How many lines the heading takes in its column."""
    if column.group:
        return 1
    room = sum(grid.slots[n].width for n in range(span[0], span[1] + 1)) - 6
    return len(lines(column.heading, room, 10, column.tint))
