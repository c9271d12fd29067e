"""Texts longer than a cell takes: the cell says where the rest stands, a sheet of its own holds it all."""

from typing import Any

from partner.documents.excel.looks import Looks, prefixed, rule

LONGEST = 32_767  # characters of a cell, by Excel's count of UTF-16 units
PIECE = 30_000
HEADS = ("場所", "順", "本文")
WIDTHS = (24, 6, 100)


class LongTexts:
    """Collects the texts that were cut."""

    NAME = "長い本文"

    def __init__(self) -> None:
        self._rows: list[tuple[str, int, str]] = []

    def fitted(self, text: str, where: str) -> str:
        """The text, or its beginning with a note; then the whole text is kept for the further sheet."""
        if len(text.encode("utf-16-le", "surrogatepass")) // 2 <= LONGEST:
            return text
        for n, start in enumerate(range(0, len(text), PIECE // 2), 1):
            self._rows.append((where, n, text[start : start + PIECE // 2]))
        return text[: PIECE // 2] + f"…［全文は「{self.NAME}」シートの {where}］"

    @property
    def empty(self) -> bool:
        """Whether nothing was cut."""
        return not self._rows

    def write(self, sheet: Any, looks: Looks) -> None:
        """The whole texts, piece by piece."""
        bold, plain = looks.of({"bold": True} | rule("bottom")), looks.of({})
        for n, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
            sheet.set_column(n, n, width)
            sheet.write_string(0, n, head, bold)
        for row, (where, n, text) in enumerate(self._rows, 1):
            sheet.write_string(row, 0, where, plain)
            sheet.write_number(row, 1, n, plain)
            sheet.write_string(row, 2, text, looks.of(prefixed(text)))
        sheet.freeze_panes(1, 0)
