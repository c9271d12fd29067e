"""What one cell gets, before it is written: a value, a look, perhaps a link and a name."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from partner.documents.excel.looks import Look

Pieces = tuple[tuple[str, Look], ...]  # a text in pieces of different looks


@dataclass(frozen=True, slots=True)
class Ink:
    """`name` is a defined name for the cell, `link` a whole address or internal:…, `tip` what it shows when pointed at."""

    value: str | int | Decimal | Pieces | None = None
    look: Look = field(default_factory=dict)
    link: str = ""
    tip: str = ""
    name: str = ""


class Line:
    """One row of a sheet while it is put together: cells by column, one look below all of them."""

    def __init__(self, last: int, look: Look | None = None, height: float = 14.25) -> None:
        self.last = last
        self.look: Look = look or {}
        self.height = height
        self._cells: dict[int, Ink] = {}

    def put(self, column: int, ink: Ink) -> None:
        """A cell; a later one in the same column wins."""
        self._cells[column] = ink

    def cells(self) -> Iterator[tuple[int, Ink, Look]]:
        """Every cell up to the last column, the empty ones too: rules and tints run through."""
        for column in range(self.last + 1):
            ink = self._cells.get(column, Ink())
            yield column, ink, self.look | ink.look
