"""The head of a table as rows of cells, for HTML: groups over their columns, letters beside or below."""

from dataclasses import dataclass
from itertools import groupby

from partner.documents.shape import TableShape
from partner.documents.tables import Column


@dataclass(frozen=True, slots=True)
class HeadCell:
    """One head: `group` spans columns, `stacked` puts the letter below."""

    text: str
    columns: int = 1
    rows: int = 1
    letter: str = ""
    group: bool = False
    stacked: bool = False
    tint: bool = False
    column: Column | None = None


def head_rows(shape: TableShape) -> list[list[HeadCell]]:
    """One row, or two where columns are grouped."""
    columns = shape.table.columns
    if not any(column.group for column in columns):
        return [[_head(column, stacked=shape.stacked, tint=column.tint) for column in columns]]
    upper: list[HeadCell] = []
    lower: list[HeadCell] = []
    for group, found in groupby(columns, key=lambda column: column.group):
        members = list(found)
        tint = any(column.tint for column in members)
        if group:
            upper.append(HeadCell(group, columns=sum(map(_width, members)), group=True, tint=tint))
            lower += [_head(column, tint=tint) for column in members]
        else:
            upper += [_head(column, rows=2, stacked=True, tint=column.tint) for column in members]
    return [upper, lower]


def _width(column: Column) -> int:
    return 2 if column.bar else 1


def _head(column: Column, rows: int = 1, stacked: bool = False, tint: bool = False) -> HeadCell:
    return HeadCell(column.heading, _width(column), rows, column.letter, False, stacked, tint, column)
