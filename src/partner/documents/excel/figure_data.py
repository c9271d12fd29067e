"""図のデータ: every value that a chart or sparkline draws, one a row, in ranges the charts refer to."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from partner.documents.excel.looks import Looks, prefixed, rule
from partner.documents.excel.names import quoted
from partner.documents.plots import Number

HEADS = ("図番号", "図名", "系列", "順", "項目", "値", "描画値", "単位")
WIDTHS = (10, 34, 22, 6, 14, 12, 12, 18)
LABELS, DRAWN = "E", "G"


@dataclass(frozen=True, slots=True)
class Range:
    """One series on the sheet: where its labels and drawn values stand, and both themselves for charts' own copies."""

    categories: str
    values: str
    labels: list[str]
    drawn: list[Number | None]


class FigureData:
    """Collects the series while the charts are made; the sheet is written after all others."""

    NAME = "図のデータ"

    def __init__(self, name: str) -> None:
        self.name = name
        self._rows: list[tuple[Any, ...]] = []

    def add(
        self,
        figure: tuple[str, str, str],
        series: str,
        labels: Sequence[str],
        values: Sequence[Number | None],
        drawn: Sequence[Number | None] | None = None,
    ) -> Range:
        """Stores a series of the figure (number, title, unit); `drawn` differs where the picture needs another sign."""
        number, title, unit = figure
        first = len(self._rows) + 2
        shown = list(values if drawn is None else drawn)
        for n, (label, value, at) in enumerate(zip(labels, values, shown, strict=True), 1):
            self._rows.append((number, title, series, n, label, value, at, unit))
        last = max(len(self._rows) + 1, first)
        return Range(self._range(LABELS, first, last), self._range(DRAWN, first, last), list(labels), shown)

    def _range(self, column: str, first: int, last: int) -> str:
        return f"={quoted(self.name)}!${column}${first}:${column}${last}"

    def write(self, sheet: Any, looks: Looks) -> None:
        """The sheet: one row of heads, filter, frozen."""
        bold = looks.of({"bold": True, "indent": 1} | rule("bottom"))
        number = looks.of({})
        for n, (head, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
            sheet.set_column(n, n, width)
            sheet.write_string(0, n, head, bold)
        for row, values in enumerate(self._rows, 1):
            for n, value in enumerate(values):
                if isinstance(value, str) and value:
                    sheet.write_string(row, n, value, looks.of({"indent": 1} | prefixed(value)))
                elif value is not None and value != "":
                    sheet.write_number(row, n, value, number)
        sheet.autofilter(0, 0, max(len(self._rows), 1), len(HEADS) - 1)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)

    @property
    def empty(self) -> bool:
        """Whether no chart was drawn."""
        return not self._rows
