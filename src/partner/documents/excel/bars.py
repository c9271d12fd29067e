"""Bars behind numbers: Excel's own data bars, from 0, of the length they have on paper."""

from typing import Any

from partner.documents.charts.frame import BLUE_300
from partner.documents.excel.grid import Grid, Span
from partner.documents.excel.names import letters
from partner.documents.excel.states import value_of
from partner.documents.tables import Row, Table

ROOM = 2.2  # the longest bar leaves the digits at the right end of the cell free


def draw_bars(sheet: Any, table: Table, grid: Grid, spans: list[Span], rows: list[int]) -> None:
    """For the columns that have bars; totals have none. Only where each row took one row of the sheet."""
    if len(rows) != len(table.rows):
        return
    for n, column in enumerate(table.columns):
        if column.bar and n:
            _column(sheet, table, n, grid.column(spans[n][0]), rows)


def _column(sheet: Any, table: Table, n: int, place: int, rows: list[int]) -> None:
    found, longest = [], 0.0
    for at, row in zip(rows, table.rows, strict=True):
        cell = row.cells[n - 1] if isinstance(row, Row) and not row.strong else None
        value = value_of(cell, table.columns[n]) if cell and cell.bar else None
        if cell and cell.bar and value:
            found.append(f"{letters(place)}{at + 1}")
            longest = max(longest, float(value.value) / float(cell.bar))
    if found and longest > 0:
        sheet.conditional_format(found[0], _options(" ".join(found), longest))


def _options(cells: str, longest: float) -> dict[str, Any]:
    return {
        "type": "data_bar", "bar_solid": True, "bar_color": BLUE_300, "bar_border_color": BLUE_300,
        "min_type": "num", "min_value": 0, "max_type": "num", "max_value": round(longest * ROOM, 6),
        "multi_range": cells,
    }  # fmt: skip
