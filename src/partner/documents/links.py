"""Which addresses a document holds: links to one that is not there would break the file."""

from collections.abc import Iterator

from partner.documents.blocks import Block, Columns, Document, Section
from partner.documents.tables import Cell, Row, Table


def every_block(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """All blocks in reading order, those inside columns too."""
    for block in blocks:
        yield block
        if isinstance(block, Columns):
            yield from every_block(block.left + block.right)


def every_cell(table: Table) -> Iterator[Cell]:
    """The cells of a table, row by row."""
    for row in table.rows:
        if isinstance(row, Row):
            yield from (cell for cell in row.cells if cell is not None)


class Anchors:
    """The places that can be linked to: cells and definitions. Each name is given out once, at its first place."""

    def __init__(self, document: Document) -> None:
        self._known: set[str] = set()
        for block in every_block(document.blocks):
            if isinstance(block, Table):
                self._known.update(f"c-{cell.number}" for cell in every_cell(block) if cell.number)
                self._known.update(f"d-{row.anchor}" for row in block.rows if isinstance(row, Row) and row.anchor)
        self._given: set[str] = set()

    def place(self, kind: str, name: str) -> str:
        """The anchor to set here; empty if there is none, or if it stands already."""
        anchor = f"{kind}-{name}" if name else ""
        if anchor in self._given:
            return ""
        self._given.add(anchor)
        return anchor

    def target(self, kind: str, name: str) -> str:
        """The anchor to link to, or nothing where it is not in this document."""
        anchor = f"{kind}-{name}"
        return anchor if anchor in self._known else ""


def outside(link: str) -> str:
    """A link that still works in a file that has left the house: a whole address, or none."""
    return link if link.startswith(("https://", "http://")) else ""


def on_screen(link: str) -> str:
    """A link for a page: a whole address or a path of this site; anything else (javascript:) is dropped."""
    inside = link.startswith(("/", "#", "?")) and not link.startswith(("//", "/\\"))
    return link if inside else outside(link)


def sections_of(document: Document) -> list[tuple[str, Section]]:
    """The sections with their anchors, in order."""
    found = [block for block in every_block(document.blocks) if isinstance(block, Section)]
    return [(f"s-{n}", section) for n, section in enumerate(found, 1)]
