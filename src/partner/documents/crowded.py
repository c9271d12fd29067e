"""How a table of many columns is set (twelve months, the year, last year, the change): smaller letters, less air."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from partner.documents.charts.frame import MM
from partner.documents.shape import TableShape
from partner.documents.tables import Row, Table

PAD, CLOSE = 3.2, 2.0  # points beside what a cell holds
USUAL, DENSE = 8.0, 7.6
SMALLEST, LEAST = 6.6, 4.5  # points; beyond the smallest only rather than run over the margin
NUMBERS, LABEL = 6.0, 24.0  # millimetres: row numbers, and the label's least
_THIN, _DIGIT, _BOLD = 0.29, 0.56, 0.6


@dataclass(frozen=True, slots=True)
class Setting:
    """Size of letters and air beside them in points, widths of the columns in millimetres (0: what is left)."""

    size: float
    pad: float
    widths: tuple[float, ...]


def setting_of(table: Table, shape: TableShape, room: float) -> Setting:
    """The setting in a room of so many millimetres. Only crowded tables differ from what their columns ask for."""
    widths = tuple(column.width for column in table.columns)
    if not shape.crowded:
        return Setting(DENSE if table.dense else USUAL, PAD, widths)
    needs = [max([_ems(text, strong) for text, strong in _printed(table, n)], default=0.0) for n in range(len(widths))]
    wide = [w and max(w, (need * SMALLEST + 2 * CLOSE) / MM) for w, need in zip(widths[1:], needs[1:], strict=True)]
    bars = sum(column.bar for column in table.columns)
    left = room - NUMBERS * shape.numbered - (widths[0] or LABEL) - bars
    scale = min(1.0, left / sum(wide)) if sum(wide) else 1.0
    wide = [w * scale for w in wide]
    shares = sum(column.share for column, w in zip(table.columns[1:], wide, strict=True) if not w) or 1
    shared = [w or (left - sum(wide)) * c.share / shares for c, w in zip(table.columns[1:], wide, strict=True)]
    fitting = [(w * MM - 2 * CLOSE) / need for w, need in zip(shared, needs[1:], strict=True) if need]
    return Setting(max(LEAST, min([DENSE, *fitting])), CLOSE, (widths[0], *wide))


def refitted(table: Table, setting: Setting) -> Table:
    """The table with the setting's widths."""
    columns = tuple(replace(c, width=w) for c, w in zip(table.columns, setting.widths, strict=True))
    return replace(table, columns=columns)


def _printed(table: Table, n: int) -> Iterator[tuple[str, bool]]:
    """The numbers of a column, and whether they are bold; words are broken instead."""
    if not n or table.columns[n].kind != "number":
        return
    for row in table.rows:
        if isinstance(row, Row) and (cell := row.cells[n - 1]) and cell.text[-1:].isdigit():
            yield cell.text, cell.strong or row.strong or table.columns[n].strong


def _ems(text: str, strong: bool) -> float:
    """How wide digits run, of the size of their letters."""
    return sum(_THIN if sign in ",." else _BOLD if strong else _DIGIT for sign in text)
