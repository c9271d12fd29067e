"""How the states of a value look, the same six visible things as on paper."""

from partner.documents.charts.frame import GRAY_700
from partner.documents.excel.looks import CHIP, CHIPS, MISSING, QUIET, Look
from partner.documents.numerals import Numeral, numeral
from partner.documents.tables import Cell, Column, Row

_QUIET_STATES = ("not_applicable", "not_computed", "none")


def value_of(cell: Cell, column: Column) -> Numeral | None:
    """The number a cell prints; only columns of numbers are read so."""
    readable = column.kind == "number" and not cell.chip and cell.state in ("final", "provisional")
    return numeral(cell.text) if readable else None


def cell_look(cell: Cell, column: Column, row: Row) -> Look:
    """Alignment, emphasis, state; the rules between rows are not its matter."""
    look: Look = {"align": "right"} if column.kind == "number" else {"align": "left"}
    if column.centre:
        look["align"] = "center"
    change = cell.text[:1] in ("+", "−", "±") and bool(cell.text)
    if cell.strong or column.strong or (row.strong and not change):
        look["bold"] = True
    if row.indent or column.secondary:
        look["font_color"] = GRAY_700
    return look | _state(cell)


def _state(cell: Cell) -> Look:
    if cell.chip:
        return CHIP | CHIPS[cell.chip]
    if cell.state == "missing":
        return MISSING
    if cell.state == "no_target":
        return CHIP | CHIPS["unset"] | {"bold": False}
    if cell.state in _QUIET_STATES or cell.text == "pt" or (cell.bar_note and not cell.text):
        return QUIET | {"bold": False}
    return {}
