"""Photographs in Word: with their sentence, the caption below, two side by side in a table without lines."""

from partner.documents.annexes import of_original
from partner.documents.blocks import Original, Picture, Pictures
from partner.documents.charts.frame import MM
from partner.documents.paper import photograph_width
from partner.documents.word.pictures import Pictures as Drawings
from partner.documents.word.xml import cell, paragraph, row, run, table

_KEEP = "<w:keepNext/>"


class Photographs:
    """Writes the photographs of one document."""

    def __init__(self, drawings: Drawings, words: dict[str, str]) -> None:
        self._drawings, self._words = drawings, words

    def one(self, picture: Picture, width: float, *, beside: bool = False) -> str:
        """A photograph with its caption."""
        wide = photograph_width(picture, width, width > 200, beside=beside)
        place = self._drawings.photograph(picture.shown, wide * MM, picture.alt)
        caption = paragraph(run(picture.caption), "PCNote") if picture.caption else ""
        return paragraph(place, "PCFigure", _KEEP if caption else "") + caption

    def pairs(self, block: Pictures, width: float) -> str:
        """Two by two."""
        widths = [width / 2, width / 2]
        rows = []
        for pair in block.pairs:
            cells = [cell(self.one(one, width - 2, beside=True), widths[n]) for n, one in enumerate(pair)]
            rows.append(row([*cells, *[cell("", widths[1])] * (2 - len(pair))]))
        alt = "、".join(picture.alt for picture in block.entries)
        return table(rows, widths, "TableNormal", alt) + paragraph("", "PCNote")

    def original(self, original: Original, width: float) -> str:
        """An original that is a picture is shown; of a PDF stands only what it is."""
        picture = of_original(original, self._words)
        return self.one(picture, width) if picture else ""
