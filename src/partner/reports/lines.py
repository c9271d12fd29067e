"""Tables of figures, one a line, by the standard columns; where the rows are the formula they carry its signs."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from partner.common.period import Period
from partner.documents.blocks import Cell, Column, GroupRow, Row, Table, comparison_columns
from partner.figures.declare import find
from partner.figures.engine import Value, Where
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.notes import notes_of
from partner.reports.sheet import Sheet
from partner.reports.walk import opening_period

Sign = Literal["", "＋", "−", "＝"]
Params = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One row: a figure (or one of its measures), narrowed, at the period's end or at its opening.

    `n` is the row's permanent number; `step` is added for each code of a repeated group.
    `of` names the measure of which another is a share: below ten none is claimed (rule 13).
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

    def period(self, period: Period) -> Period:
        """The period whose figure stands in a column of `period`."""
        return opening_period(period) if self.opening else period

    def value(self, sheet: Sheet, period: Period, where: Where) -> Value:
        """What stands in the column of `period`."""
        value = sheet.evaluation.value(self.key, self.period(period), where)
        if not self.measure:
            return value
        measured = value.measures.get(self.measure)
        if self.of and measured is not None and (value.measures.get(self.of) or 0) < wording.SMALL_BASE:
            return Value(None, "too_few")
        state = value.state if measured is not None or value.state == "missing" else self.none or "not_applicable"
        return Value(measured, state)


def line_of(params: Params) -> Line:
    """A line as the catalogue writes it."""
    return Line(**params)


def lines_table(sheet: Sheet, entry: CatalogueEntry, params: Params) -> Table:
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
    months = [f"{period.first.month}月" for period in (sheet.period, sheet.previous, sheet.year_ago)]
    return Table(
        columns=comparison_columns(params.get("head", "項目"), months[0], months[1], f"前年{months[2]}"),
        rows=tuple(rows), number=entry.place, title=entry.title, unit=entry.unit,
        definitions=tuple(name for name in entry.definitions.split(",") if name),
        notes=(*params.get("notes", ()), *notes_of(sheet, [line.key for line in lines])), dense=True,
        alt=f"{entry.title}。{'、'.join(line.label for line in lines)}を、前月、前年同月、年度累計と並べる。",
    )  # fmt: skip


def _row(sheet: Sheet, entry: CatalogueEntry, line: Line, where: Where) -> Row:
    address = f"{entry.place}.{line.n:02d}"
    periods = {"a": sheet.period, "b": sheet.previous, "e": sheet.year_ago, "h": sheet.to_date}
    values = {letter: line.value(sheet, period, where) for letter, period in periods.items()}
    a, b, e = values["a"], values["b"], values["e"]

    def counted(letter: str) -> Cell:
        return _cell(sheet, address + letter, line, values[letter], periods[letter], where, letter)

    cells = (
        counted("a"), counted("b"),
        sheet.difference(address + "c", a, b, line.key, where, "c", line.style), _rate(sheet, address + "d", line, a, b),
        counted("e"),
        sheet.difference(address + "f", a, e, line.key, where, "f", line.style), _rate(sheet, address + "g", line, a, e),
        counted("h"),
    )  # fmt: skip
    label = f"{line.label}（{line.unit}）" if line.unit else line.label
    return Row(
        label, cells, number=f"{line.n:02d}", sign=line.sign, indent=line.indent, strong=line.strong,
        outside=line.outside,
    )  # fmt: skip


def _cell(sheet: Sheet, address: str, line: Line, value: Value, period: Period, where: Where, letter: str) -> Cell:
    """A standing number has no sum: under 年度累計 stands the period's end, with its own link."""
    if letter == "h" and not line.opening and find(line.key).type == "stock":
        period = sheet.period
    return sheet.cell(address, value, line.key, line.period(period), where, compared=letter, style=line.style)


def _rate(sheet: Sheet, address: str, line: Line, value: Value, base: Value) -> Cell:
    """A share has no rate of change: its change stands in points."""
    if line.style.startswith("percent"):
        return Cell("pt", state="not_applicable", number=address)
    return sheet.rate(address, value, base)


def measured_table(sheet: Sheet, entry: CatalogueEntry, params: Params) -> Table:
    """A figure's measures side by side for each code of a dimension: questions of a survey, groups of pages."""
    key, by, lines = params["key"], params["by"], [line_of(row) for row in params["columns"]]
    codes = [(row["code"], row["label"]) for row in sheet.evaluation.rows(key, sheet.period, (by,))]
    rows = [_measured_row(sheet, entry, n, label, {by: code}, lines) for n, (code, label) in enumerate(codes, 1)]
    if params.get("total"):
        rows.append(_measured_row(sheet, entry, len(codes) + 1, params["total"], {}, lines))
    month, last = f"{sheet.period.first.month}月", f"{sheet.previous.first.month}月"
    letters = "abcdefghij"
    columns = [Column(params["head"], kind="label")]
    columns += [
        Column(line.label, width=params.get("width", 16), letter=letter, group=last if line.opening else month, tint=not line.opening)
        for letter, line in zip(letters, lines, strict=False)
    ]  # fmt: skip
    return Table(
        columns=tuple(columns), rows=tuple(rows), number=entry.place, title=entry.title, unit=entry.unit,
        definitions=tuple(name for name in entry.definitions.split(",") if name), dense=True,
        notes=(*params.get("notes", ()), *notes_of(sheet, [key])),
        alt=f"{entry.title}。{params['head']}ごとに{'、'.join(line.label for line in lines)}を示す。",
    )  # fmt: skip


def _measured_row(sheet: Sheet, entry: CatalogueEntry, n: int, label: str, where: Where, lines: list[Line]) -> Row:
    """`opening` lines are of the period before."""
    cells = []
    for letter, line in zip("abcdefghij", lines, strict=False):
        period = sheet.previous if line.opening else sheet.period
        value = replace(line, opening=False).value(sheet, period, where)
        address = f"{entry.place}.{n:02d}{letter}"
        cells.append(sheet.cell(address, value, line.key, period, where, compared=letter, style=line.style))
    return Row(label, tuple(cells), number=f"{n:02d}", strong=not where)
