"""How wide the columns of a table are on paper, and where its heads stand."""

from partner.documents.heads import HeadCell
from partner.documents.shape import TableShape
from partner.documents.tables import Table

PORTRAIT, LANDSCAPE = 170.0, 255.0  # millimetres of text: the margins turn with the page
NUMBER = 9.0
_LEAST = 14.0


def needed(drawn: Table) -> float:
    """The width in millimetres that the table cannot do without."""
    fixed = sum((column.width or _LEAST) + column.bar for column in drawn.columns)
    return fixed + NUMBER * TableShape(drawn).numbered


def widths_of(drawn: Table, shape: TableShape, width: float) -> list[float]:
    """Millimetres of the columns: what is left is shared; what is too much is taken from all alike."""
    fixed = [column.width for column in drawn.columns]
    bars = sum(column.bar for column in drawn.columns)
    rest = width - sum(fixed) - bars - (NUMBER if shape.numbered and fixed[0] else 0)
    shares = sum(column.share for column in drawn.columns if not column.width)
    least = _LEAST * (1.6 if shares else 1)
    found: list[float] = []
    for n, column in enumerate(drawn.columns):
        own = column.width or max(least, rest * column.share / (shares or 1))
        found.append(own + (NUMBER if n == 0 and shape.numbered and column.width else 0))
        if column.bar:
            found.append(column.bar)
    scale = min(1.0, width / sum(found)) if shares or sum(found) > width else 1.0
    return [one * scale for one in found]


def grid_of(drawn: Table, widths: list[float]) -> list[float]:
    """The grid: the row number has a column of its own."""
    return [NUMBER, widths[0] - NUMBER, *widths[1:]] if TableShape(drawn).numbered else widths


def lower_heads(rows: list[list[HeadCell]], shape: TableShape) -> list[HeadCell]:
    """The second head row with the cells that hang down from the first, in their columns."""
    lower = iter(rows[1])
    found: list[HeadCell] = []
    for head in rows[0]:
        if head.group:
            taken = 0
            while taken < head.columns:
                below = next(lower)
                found.append(below)
                taken += below.columns
        else:
            found.append(head)
    return found
