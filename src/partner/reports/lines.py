"""Tables of figures, one a line, by the standard columns; where the rows are the formula they carry its signs."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from partner.common.period import Period
from partner.documents.blocks import Block, Cell, Column, GroupRow, Row, Table
from partner.figures.declare import find
from partner.figures.engine import Value, Where
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.compared import last_head
from partner.reports.comparison import beside_words, cells_of, columns_of, periods_of
from partner.reports.forms import form
from partner.reports.notes import notes_of
from partner.reports.sheet import Sheet
from partner.reports.walk import opening_period

Sign = Literal["", "＋", "−", "＝"]
Params = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One row: a figure (or one of its measures), narrowed, at the period's end or at its opening.

    `n` is the row's permanent number; `step` is added for each code of a repeated group.
    `where` narrows it, `also` names dimensions that later rows ask for; `change` prints it with its sign; `sum_of` is a sum
    of parts that no figure states (延べ計). `of` names the measure of which another is a share: below ten none is claimed (rule 13).
    """

    key: str
    label: str
    n: int
    sign: Sign = ""
    indent: bool = False
    strong: bool = False
    unit: str = ""
    measure: str = ""
    style: str = "count"
    opening: bool = False
    outside: bool = False
    none: str = ""
    of: str = ""
    where: Where = field(default_factory=dict)
    also: tuple[str, ...] = ()
    change: bool = False
    sum_of: tuple[Where, ...] = ()

    def period(self, period: Period) -> Period:
        """The period whose figure stands in a column of `period`."""
        return opening_period(period) if self.opening else period

    def stated_of(self, sheet: Sheet, period: Period) -> Period:
        """The period that a cell names and links to. A standing number has no sum: to date stands the period's end."""
        is_sum = period == sheet.to_date and period != sheet.period
        return sheet.period if is_sum and not self.opening and find(self.key).type == "stock" else self.period(period)

    def row(self, cells: tuple[Cell, ...]) -> Row:
        """The row with these cells."""
        label = f"{self.label}（{self.unit}）" if self.unit else self.label
        return Row(
            label, cells, number=f"{self.n:02d}", sign=self.sign, indent=self.indent, strong=self.strong,
            outside=self.outside,
        )  # fmt: skip

    def value(self, sheet: Sheet, period: Period, where: Where) -> Value:
        """What stands in the column of `period`."""
        if self.sum_of:
            return self._summed(sheet, period)
        value = sheet.evaluation.value(self.key, self.period(period), {**self.where, **where}, self.also)
        if not self.measure:
            return value
        measured = value.measures.get(self.measure)
        if self.of and measured is not None and (value.measures.get(self.of) or 0) < wording.SMALL_BASE:
            return Value(None, "too_few")
        state = value.state if measured is not None or value.state == "missing" else self.none or "not_applicable"
        return Value(measured, state)

    def _summed(self, sheet: Sheet, period: Period) -> Value:
        parts = [sheet.evaluation.value(self.key, self.period(period), where, self.also) for where in self.sum_of]
        known = [part.value for part in parts if part.value is not None]
        return Value(sum(known) if known else None, parts[0].state)


def line_of(params: Params) -> Line:
    """A line as the catalogue writes it."""
    return Line(**params)


@form("lines")
def lines_table(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """The figures of `params["rows"]`, then the same for each code of `params["each"]`."""
    lines = [line_of(row) for row in params["rows"]]
    rows: list[Row | GroupRow] = [] if "each" not in params else [GroupRow(params.get("all", "合計"))]
    rows += [_row(sheet, entry, line, {}) for line in lines]
    each = params.get("each")
    if each:
        for n, code in enumerate(sheet.evaluation.rows(each["key"], sheet.period, (each["by"],)), 1):
            rows.append(GroupRow(code["label"]))
            shifted = [replace(line, n=line.n + n * each["step"]) for line in lines]
            rows += [_row(sheet, entry, line, {each["by"]: code["code"]}) for line in shifted]
    if params.get("beside"):
        rows.append(GroupRow("参考（検算に含めない）"))
        rows += [_row(sheet, entry, line_of(row), {}) for row in params["beside"]]
    table = Table(
        columns=columns_of(sheet, params.get("head", "項目")),
        rows=tuple(rows), number=entry.place, title=entry.title, unit=entry.unit,
        definitions=tuple(name for name in entry.definitions.split(",") if name),
        notes=(*params.get("notes", ()), *notes_of(sheet, [line.key for line in lines])), dense=True,
        alt=f"{entry.title}。{'、'.join(line.label for line in lines)}を、{beside_words(sheet)}と並べる。",
    )  # fmt: skip
    return [table]


def _row(sheet: Sheet, entry: CatalogueEntry, line: Line, where: Where) -> Row:
    periods = periods_of(sheet)
    values = {letter: line.value(sheet, period, where) for letter, period in periods.items()}
    stated = {letter: line.stated_of(sheet, period) for letter, period in periods.items()}
    address = f"{entry.place}.{line.n:02d}"
    return line.row(cells_of(sheet, address, line.key, where, values, stated, style=line.style))


@form("measured")
def measured_table(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """A figure's measures side by side for each code of a dimension: questions of a survey, groups of pages."""
    key, by, lines = params["key"], params["by"], [line_of(row) for row in params["columns"]]
    codes = [(row["code"], row["label"]) for row in sheet.evaluation.rows(key, sheet.period, (by,))]
    rows = [_measured_row(sheet, entry, n, label, {by: code}, lines) for n, (code, label) in enumerate(codes, 1)]
    if params.get("total"):
        rows.append(_measured_row(sheet, entry, len(codes) + 1, params["total"], {}, lines))
    month, last = sheet.period.column, last_head(sheet.period)
    letters = "abcdefghij"
    columns = [Column(params["head"], kind="label")]
    columns += [
        Column(line.label, width=params.get("width", 16), letter=letter, group=last if line.opening else month, tint=not line.opening)
        for letter, line in zip(letters, lines, strict=False)
    ]  # fmt: skip
    table = Table(
        columns=tuple(columns), rows=tuple(rows), number=entry.place, title=entry.title, unit=entry.unit,
        definitions=tuple(name for name in entry.definitions.split(",") if name), dense=True,
        notes=(*params.get("notes", ()), *notes_of(sheet, [key])),
        alt=f"{entry.title}。{params['head']}ごとに{'、'.join(line.label for line in lines)}を示す。",
    )  # fmt: skip
    return [table]


def _measured_row(sheet: Sheet, entry: CatalogueEntry, n: int, label: str, where: Where, lines: list[Line]) -> Row:
    """`opening` lines are of the period before."""
    cells = []
    for letter, line in zip("abcdefghij", lines, strict=False):
        period = sheet.previous if line.opening else sheet.period
        value = replace(line, opening=False).value(sheet, period, where)
        address = f"{entry.place}.{n:02d}{letter}"
        cells.append(sheet.cell(address, value, line.key, period, where, compared=letter, style=line.style))
    return Row(label, tuple(cells), number=f"{n:02d}", strong=not where)
