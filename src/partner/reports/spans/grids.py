"""Grids: a monthly table's rows with the months of a quarter or a year side by side, then the period itself.

The period's column is asked of the engine, never added up from the cells: flows add there, of what stands the end's is
taken, shares come from their numerators and denominators, percentiles from merged histograms.
"""

from dataclasses import dataclass, replace
from typing import Literal

from partner.common.period import Period
from partner.documents.blocks import Block, Cell, Column, GroupRow, Row, Table
from partner.figures.engine import Value
from partner.master.models import CatalogueEntry
from partner.reports.compared import ago_head, last_head
from partner.reports.comparison import rate_of
from partner.reports.forms import Params, form
from partner.reports.lines import Line
from partner.reports.notes import notes_of
from partner.reports.sheet import Sheet, month_column
from partner.reports.spans.rows import Rows, rows_of, sum_cell

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
NOT_YET = "―"


@dataclass(frozen=True)
class _Place:
    """A column: what it holds of which period, how it is compared, and its head. A change is from `base`."""

    holds: Literal["value", "change", "rate"]
    period: Period
    compared: str
    head: str
    group: str
    width: tuple[float, float]  # alone, and with further columns beside
    tint: bool = False


def _places(sheet: Sheet) -> list[_Place]:
    """Of a quarter: its months, itself, the one before and last year's with their changes, to date; of a year likewise."""
    own, last, ago, words = sheet.period, sheet.previous, sheet.year_ago, sheet.words
    is_year = own.form == "year"
    width = (12.5, 11.0) if is_year else (12.0, 10.5)
    found = [_Place("value", one, month_column(n), one.column, "月別", width) for n, one in enumerate(own.months())]
    found.append(_Place("value", own, "a", own.column, "", (17.0, 15.5) if is_year else (15.0, 13.0), tint=True))
    found += [
        _Place(
            "value",
            last,
            "b",
            last_head(own) if is_year else "数",
            "" if is_year else last_head(own),
            (17.0, 15.5) if is_year else (14.0, 12.0),
        ),
        _Place("change", last, "c", "増減", f"{words.last}比" if is_year else last_head(own), (13.0, 11.0)),
    ]
    if is_year:
        return [*found, _Place("rate", last, "d", "率%", f"{words.last}比", (12.0, 10.0))]
    return [
        *found,
        _Place("value", ago, "e", "数", ago_head(own), (14.0, 12.0)), _Place("change", ago, "f", "増減", ago_head(own), (13.0, 11.0)),
        _Place("value", sheet.to_date, "h", "年度累計", "", (15.0, 13.0)),
    ]  # fmt: skip


@form("months")
def months_table(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """The rows of the form `params["rows_of"]` over the months of the report's period."""
    found, places = rows_of(sheet, entry, params), _places(sheet)
    if found.check:
        for place in places:
            if place.holds == "value" and place.period.start < sheet.cut:
                found.check(place.period)
    rows = [_row(sheet, entry, line, found, places) for line in found.lines]
    lines = [line for line in found.lines if isinstance(line, Line)]
    table = Table(
        columns=_columns(found, places), rows=tuple(rows), number=entry.place, title=entry.title, unit=entry.unit,
        definitions=tuple(name for name in entry.definitions.split(",") if name), dense=True,
        notes=(*found.notes, *_notes(sheet, places), *notes_of(sheet, [line.key for line in lines])),
        alt=f"{entry.title}。{found.head}ごとに、各月、{sheet.period.column}、{sheet.words.last}との比較を示す。",
    )  # fmt: skip
    return [table]


def _columns(found: Rows, places: list[_Place]) -> tuple[Column, ...]:
    narrow = bool(found.beside)
    columns = [Column(found.head, kind="label")]
    columns += [
        Column(place.head, width=place.width[narrow], letter=letter, group=place.group, tint=place.tint)
        for letter, place in zip(_LETTERS, places, strict=False)
    ]
    own = next(place for place in places if place.tint)
    group = own.head if len(found.beside) > 1 else ""
    columns += [
        Column(one.head, width=one.width, letter=letter, group=group)
        for letter, one in zip(_LETTERS[len(places) :], found.beside, strict=False)
    ]
    return tuple(columns)


def _row(
    sheet: Sheet, entry: CatalogueEntry, line: Line | GroupRow, found: Rows, places: list[_Place]
) -> Row | GroupRow:
    if isinstance(line, GroupRow):
        return line
    address = f"{entry.place}.{line.n:02d}"
    periods = {place.period for place in places if place.period.start < sheet.cut}
    values = {period: line.value(sheet, period, {}) for period in periods}
    cells = [
        _cell(sheet, address + letter, line, place, values) for letter, place in zip(_LETTERS, places, strict=False)
    ]
    cells += [
        one.make(address + letter, line) for letter, one in zip(_LETTERS[len(places) :], found.beside, strict=False)
    ]
    return line.row(tuple(cells))


def _cell(sheet: Sheet, address: str, line: Line, place: _Place, values: dict[Period, Value]) -> Cell:
    """A number, or its change; nothing of a month that has not begun, nor of a period that has not."""
    value, now = values.get(place.period), values.get(sheet.period)
    if value is None or (place.holds != "value" and now is None):
        return Cell(NOT_YET, state="not_applicable", number=address)
    now = now or value
    if place.holds == "change":
        return sheet.difference(address, now, value, line.key, line.where, place.compared, line.style)
    if place.holds == "rate":
        return rate_of(sheet, address, now, value, line.style)
    if line.sum_of:
        return sum_cell(sheet, address, value.value)
    cell = sheet.cell(
        address, value, line.key, line.stated_of(sheet, place.period), line.where, compared=place.compared,
        style=line.style, change=line.change,
    )  # fmt: skip
    return replace(cell, text="未設定") if cell.state == "no_target" else cell  # its place is narrow


def _notes(sheet: Sheet, places: list[_Place]) -> list[str]:
    if all(place.period.start < sheet.cut for place in places):
        return []
    return [f"{NOT_YET}：未到来。データ締切の時点で始まっていない月である。"]
