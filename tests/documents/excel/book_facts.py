"""What a finished workbook holds, read by another library; and how Excel would print its numbers."""

import re
import warnings
import zipfile
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from typing import Any

import openpyxl

from partner.documents.blocks import Cell, Document, Row, Table
from partner.documents.links import every_block


@dataclass(frozen=True)
class Opened:
    """A workbook opened again, and its parts as text."""

    book: Any
    parts: dict[str, str]

    def named(self, name: str) -> Any:
        """The cell that a defined name points to."""
        sheet, place = self.book.defined_names[name].attr_text.rsplit("!", 1)
        return self.book[sheet.strip("'").replace("''", "'")][place.replace("$", "")]

    @property
    def cells(self) -> list[Any]:
        """Every cell of every sheet."""
        return [cell for sheet in self.book.worksheets for row in sheet.iter_rows() for cell in row]

    @property
    def texts(self) -> list[str]:
        """Every text of every sheet."""
        return [cell.value for cell in self.cells if isinstance(cell.value, str)]


def opened(content: bytes) -> Opened:
    """Opens a workbook; openpyxl warns of sparklines and data bars, which it does not know."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(BytesIO(content))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    return Opened(book, parts)


def displayed(value: object, form: str) -> str:
    """The text Excel shows for a number under one of the formats in use."""
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(str(value))
    sections = form.split(";")
    at = 0 if number > 0 or len(sections) == 1 else 1 if number < 0 else min(2, len(sections) - 1)
    pattern = re.search(r"[#,]*0(?:\.0+)?", sections[at])
    assert pattern, form
    places = len(pattern.group().partition(".")[2])
    rounded = abs(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    digits = f"{rounded:,.{places}f}" if "," in pattern.group() else f"{rounded:.{places}f}"
    before, after = sections[at][: pattern.start()], sections[at][pattern.end() :]
    sign = "-" if number < 0 and len(sections) == 1 else ""
    return sign + before.replace('"', "") + digits + after.replace('"', "")


def shown(cell: Any) -> str:
    """What a cell shows."""
    if cell.value is None:
        return ""
    return cell.value if isinstance(cell.value, str) else displayed(cell.value, cell.number_format)


def numbered_cells(document: Document) -> list[Cell]:
    """The cells of all tables that have an address."""
    tables = [block for block in every_block(document.blocks) if isinstance(block, Table)]
    rows = [row for table in tables for row in table.rows if isinstance(row, Row)]
    return [cell for row in rows for cell in row.cells if cell and cell.number]
