"""Writes lines on a sheet from the top down: values, looks, links, names, row heights and page breaks."""

from decimal import Decimal
from typing import Any

from partner.documents.excel.ink import Ink, Line
from partner.documents.excel.looks import Look, Looks, prefixed
from partner.documents.excel.measure import on_screen
from partner.documents.excel.names import place

MOST_LINKS = 65_530
LONGEST_LINK = 2_079
LONGEST_TIP = 255
LONGEST_TEXT = 16_000


class CellNames:
    """The defined names of a workbook; each is given to the first cell that asks for it."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._given: set[str] = set()

    def give(self, name: str, where: str) -> None:
        """Names a place."""
        if name.casefold() not in self._given:
            self._given.add(name.casefold())
            self._workbook.define_name(name, f"={where}")


class Pen:
    """One sheet and the row that comes next. `page` is how many points of rows a printed page takes."""

    def __init__(self, sheet: Any, looks: Looks, names: CellNames, page: float) -> None:
        self.sheet, self.row = sheet, 0
        self.page = page
        self._looks, self._names = looks, names
        self._filled, self._total, self._repeated, self._links = 0.0, 0.0, 0.0, 0
        self._breaks: list[int] = []

    def write(self, line: Line) -> int:
        """One row; returns its index."""
        row, tall = self.row, on_screen(line.height)
        if self._filled + tall > self.page and self._filled > self._repeated:
            self._turn()
        self.sheet.set_row(row, tall)
        for column, ink, look in line.cells():
            self._cell(row, column, ink, look)
        self._step(tall)
        return row

    def skip(self, height: float = 8.0, count: int = 1) -> None:
        """Empty rows, as air or as the ground of a chart."""
        for _ in range(count):
            self.sheet.set_row(self.row, on_screen(height))
            self._step(on_screen(height))

    def keep(self, height: float) -> None:
        """Begins a page where what follows would be torn though it fits on one."""
        if self._filled + height > self.page and self._filled > self._repeated and height <= self.page:
            self._turn()

    def repeat(self, first: int, last: int, height: float) -> None:
        """These rows come again at the top of every page."""
        self.sheet.repeat_rows(first, last)
        self._repeated = height

    def finish(self, shrink: float = 1.0) -> None:
        """Sets the breaks, unless all fits on one page that is `shrink` times as high: a little smaller, but whole."""
        if self._total <= self.page * shrink:
            self.sheet.fit_to_pages(1, 1)
        elif self._breaks:
            self.sheet.set_h_pagebreaks(self._breaks)

    def _step(self, height: float) -> None:
        self.row += 1
        self._total += height
        self._filled = min(self._filled + height, self.page)  # air at a page's end needs no room on the next one

    def _turn(self) -> None:
        self._breaks.append(self.row)
        self._filled = self._repeated

    def _cell(self, row: int, column: int, ink: Ink, look: Look) -> None:
        if ink.link:
            self._link(row, column, ink)
        self._value(row, column, ink, look)
        if ink.name:
            self._names.give(ink.name, place(self.sheet.get_name(), row, column))

    def _value(self, row: int, column: int, ink: Ink, look: Look) -> None:
        value, sheet = ink.value, self.sheet
        if isinstance(value, tuple):
            self._pieces(row, column, ink, look)
        elif value is None or value == "":
            if look:
                sheet.write_blank(row, column, None, self._looks.of(look))
        elif isinstance(value, str):
            if len(value) > LONGEST_TEXT:  # a head; all running texts are broken before
                value = value[:LONGEST_TEXT] + "…［以下略］"
            sheet.write_string(row, column, value, self._looks.of(look | prefixed(value)))
        elif isinstance(value, int | Decimal):
            sheet.write_number(row, column, value, self._looks.of(look))

    def _pieces(self, row: int, column: int, ink: Ink, look: Look) -> None:
        """Excel takes no empty piece, and one piece alone is a plain text."""
        assert isinstance(ink.value, tuple)
        pieces = [(text, part) for text, part in ink.value if text]
        if len(pieces) < 2:
            text, part = pieces[0] if pieces else ("", {})
            self._value(row, column, Ink(text), look | part)
            return
        parts: list[Any] = []
        for text, part in pieces:
            parts += [self._looks.of({**_letters(look), **part}), text]
        self.sheet.write_rich_string(row, column, *parts, self._looks.of(look))

    def _link(self, row: int, column: int, ink: Ink) -> None:
        """Before the value, which takes the link's place in the cell and leaves the link on it."""
        if self._links >= MOST_LINKS or len(ink.link) > LONGEST_LINK:
            return
        self._links += 1
        self.sheet.write_url(row, column, ink.link, string="#", tip=ink.tip[:LONGEST_TIP] or None)


def _letters(look: Look) -> Look:
    """What of a cell's look belongs to its letters."""
    return {name: look[name] for name in ("font_size", "font_color", "bold") if name in look}
