"""A document and its data as one workbook."""

from datetime import UTC
from io import BytesIO
from tempfile import TemporaryDirectory
from typing import Any

from partner.documents.blocks import Document, Section, Table
from partner.documents.clean import cleaned
from partner.documents.data_sheet import DataSheet
from partner.documents.excel.archive import without_modes
from partner.documents.excel.book import Book
from partner.documents.excel.cover import write_cover
from partner.documents.excel.data import write_data
from partner.documents.excel.form import write_form
from partner.documents.excel.leaves import Leaf, leaves
from partner.documents.excel.long_texts import LongTexts
from partner.documents.excel.looks import FONT
from partner.documents.links import every_block, every_cell
from partner.documents.tables import Row

IN_MEMORY = 200_000  # cells of data; more would take hundreds of megabytes
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_format_properties": {"font_name": FONT, "font_size": 10, "font_scheme": False},
}


def render_xlsx(document: Document, sheets: tuple[DataSheet, ...] = ()) -> bytes:
    """様式 sheets of the document, its cover first, and after them the sheets of data as they are given."""
    import xlsxwriter

    document, sheets = cleaned(document, sheets)
    large = sum(len(sheet.rows) * len(sheet.heads) for sheet in sheets) > IN_MEMORY
    file = BytesIO()
    with TemporaryDirectory() as folder:
        workbook = xlsxwriter.Workbook(file, OPTIONS | {"in_memory": not large, "tmpdir": folder})
        _set_properties(workbook, document, sheets)
        _write(Book.begin(workbook, document, _known(document)), sheets, large)
        workbook.close()
    return without_modes(file.getvalue()) if large else file.getvalue()


def _set_properties(workbook: Any, document: Document, sheets: tuple[DataSheet, ...]) -> None:
    notes = "\n".join(f"{sheet.name}：{sheet.note}" for sheet in sheets if sheet.note)
    workbook.set_properties(
        {
            "title": document.title, "subject": document.subject, "author": document.author, "comments": notes,
            "created": document.moment.astimezone(UTC).replace(tzinfo=None),
        }
    )  # fmt: skip
    workbook.set_custom_property("Language", document.language)


def _known(document: Document) -> frozenset[str]:
    """What links inside the file can lead to: cells that have a number, definitions that have a row."""
    tables = [block for block in every_block(document.blocks) if isinstance(block, Table)]
    cells = {f"c-{cell.number}" for table in tables for cell in every_cell(table) if cell.number}
    rows = {f"d-{row.anchor}" for table in tables for row in table.rows if isinstance(row, Row) and row.anchor}
    return frozenset(cells | rows)


def _write(book: Book, sheets: tuple[DataSheet, ...], large: bool) -> None:
    cover = book.sheet("表紙", 1000) if book.document.cover else None
    names: dict[str, str] = {}
    for leaf in leaves(book.document):
        names |= dict.fromkeys(_sections(leaf), write_form(book, leaf))
    names |= {name: name for name in _data(book, sheets, large)}
    if cover and book.document.cover:
        write_cover(book, book.document.cover, cover, names)
    _figures(book)


def _data(book: Book, sheets: tuple[DataSheet, ...], large: bool) -> list[str]:
    """Writes the sheets of data; of a large one the rows go to a file as they are written. Returns their names."""
    long_texts = LongTexts()
    book.workbook.constant_memory = large
    names = [write_data(book, data, long_texts) for data in sheets]
    book.workbook.constant_memory = False
    if not long_texts.empty:
        long_texts.write(book.sheet(long_texts.NAME, 1).sheet, book.looks)
    return names if book.figures.empty else [*names, book.figures.name]


def _sections(leaf: Leaf) -> list[str]:
    return [block.number or block.title for block in leaf.blocks if isinstance(block, Section)]


def _figures(book: Book) -> None:
    """The sheet bears the name that the charts refer to."""
    if not book.figures.empty:
        from partner.documents.excel.page import set_up

        sheet = book.workbook.add_worksheet(book.figures.name)
        set_up(sheet, book.document)
        book.figures.write(sheet, book.looks)
