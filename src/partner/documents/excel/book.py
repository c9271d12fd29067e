"""What all sheets of one workbook share while it is written."""

from dataclasses import dataclass, field
from typing import Any

from partner.documents.blocks import Document
from partner.documents.excel.figure_data import FigureData
from partner.documents.excel.looks import Looks
from partner.documents.excel.names import SheetNames
from partner.documents.excel.page import set_up
from partner.documents.excel.pen import CellNames, Pen
from partner.documents.words import words_of


@dataclass
class Book:
    """The workbook, its formats and names, the values its charts refer to."""

    workbook: Any
    document: Document
    looks: Looks
    cells: CellNames
    sheets: SheetNames
    figures: FigureData
    known: frozenset[str] = frozenset()  # cell numbers and definitions that links can lead to
    words: dict[str, str] = field(default_factory=dict)

    @classmethod
    def begin(cls, workbook: Any, document: Document, known: frozenset[str]) -> "Book":
        """An empty workbook for a document whose texts are clean."""
        names = SheetNames()
        figures = FigureData(names.give(FigureData.NAME))
        return cls(
            workbook, document, Looks(workbook), CellNames(workbook), names, figures, known,
            words_of(document.language),
        )  # fmt: skip

    def sheet(self, wish: str, page: float) -> Pen:
        """A further sheet, set up for print."""
        sheet = self.workbook.add_worksheet(self.sheets.give(wish))
        set_up(sheet, self.document)
        return Pen(sheet, self.looks, self.cells, page)
