"""The rows of a report's tables apart from their columns: what each counts, so that any columns can stand beside them.

A monthly table compares one month; the same rows with the months of a quarter or a year side by side are a grid (grids.py).
Row numbers are permanent: they are those of the monthly table.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from partner.common.period import Period
from partner.documents.blocks import Cell, GroupRow
from partner.figures.engine import Where
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.forms import Params
from partner.reports.lines import Line, line_of
from partner.reports.sheet import Sheet
from partner.reports.walk import ALL, STANDING, walk
from partner.reports.walk_tables import net_changes, walk_lines

_FLOWING = ("level", "medium", "purpose", "begun")
PER_MEASURE = 20  # measures of a table stand one below the other, this many numbers apart


@dataclass(frozen=True)
class Beside:
    """A further column of the period itself: its head, its width, and how its cell is made."""

    head: str
    make: Callable[[str, Line], Cell]
    width: float = 11


@dataclass(frozen=True)
class Rows:
    """The rows under one head. `check` raises where a column would not add up."""

    head: str
    lines: tuple[Line | GroupRow, ...]
    beside: tuple[Beside, ...] = ()
    notes: tuple[str, ...] = ()
    check: Callable[[Period], Any] | None = None


Maker = Callable[[Sheet, CatalogueEntry, Params], Rows]
_MAKERS: dict[str, Maker] = {}


def rows(name: str) -> Callable[[Maker], Maker]:
    """Declares the function below it as what makes the rows of the form of that name."""

    def declare(maker: Maker) -> Maker:
        _MAKERS[name] = maker
        return maker

    return declare


def rows_of(sheet: Sheet, entry: CatalogueEntry, params: Params) -> Rows:
    """The rows of the form that `params["rows_of"]` names."""
    return _MAKERS[params["rows_of"]](sheet, entry, params)


@rows("walk")
def _walk(sheet: Sheet, entry: CatalogueEntry, params: Params) -> Rows:
    """登録者数の増減: the formula of all and of each level; every column must add up."""
    kind, evaluation = params["kind"], sheet.evaluation
    notes = ("期首は、各月では前月末、四半期では前四半期末、年度と年度累計では前年度末。区分変更は合計では増と減が等しい。",)  # fmt: skip
    return Rows(
        "区分", tuple(walk_lines(sheet, kind)), notes=notes, check=lambda period: walk(evaluation, kind, period)
    )


@rows("type_walk")
def _type_walk(sheet: Sheet, entry: CatalogueEntry, params: Params) -> Rows:
    """Each type's end of each column; what moved it in the period stands beside."""
    kind, axis = params["kind"], "organization_type"
    now = walk(sheet.evaluation, kind, sheet.period, axis)

    def part(name: str) -> Callable[[str, Line], Cell]:
        def make(address: str, line: Line) -> Cell:
            code = line.where.get(axis, ALL)
            if name == "other":
                return sheet.cell(
                    address,
                    now.stated(net_changes(now, code)),
                    f"{kind}.retyped_in",
                    sheet.period,
                    line.where,
                    change=True,
                )
            return sheet.cell(address, now.value(name, code), f"{kind}.{name}", sheet.period, line.where)  # fmt: skip

        return make

    return Rows(
        "団体種別", tuple(_by_code(sheet, f"{kind}.total", axis, "計", STANDING[kind])),
        (Beside("新規", part("new")), Beside("退会", part("left")), Beside("種別変更", part("other"), 14)),
        (f"各列は期間の末の数。{sheet.words.last_end}＋新規−退会＋種別変更＝{sheet.words.own_end}。計は表M2-1の期末（07行）に一致する。",),
        check=lambda period: walk(sheet.evaluation, kind, period, axis),
    )  # fmt: skip


def _by_code(sheet: Sheet, key: str, by: str, total: str, also: tuple[str, ...] = ()) -> Iterator[Line]:
    """A line for each code of the list, and the figure itself below them."""
    codes = sheet.evaluation.rows(key, sheet.period, (by,), also=also)
    for n, row in enumerate(codes, 1):
        yield Line(key, row["label"], n, where={by: row["code"]}, also=also)
    if total:
        yield Line(key, total, len(codes) + 1, strong=True, also=also)


def _counted(sheet: Sheet, key: str, more: Where | None = None) -> Callable[[str, Line], Cell]:
    """Another figure of the period, narrowed as the line is."""

    def make(address: str, line: Line) -> Cell:
        where = {**line.where, **(more or {})}
        if line.sum_of:
            summed = replace(line, key=key).value(sheet, sheet.period, {})
            return sum_cell(sheet, address, summed.value)
        return sheet.cell(
            address, sheet.evaluation.value(key, sheet.period, where, line.also), key, sheet.period, where
        )

    return make


def sum_cell(sheet: Sheet, address: str, value: Any) -> Cell:
    """A sum that no figure states."""
    if value is None:
        return sheet.plain("未算出", "not_computed", address)
    return sheet.plain(wording.count(value), number=address)


@rows("breakdown")
def _breakdown(sheet: Sheet, entry: CatalogueEntry, params: Params) -> Rows:
    """表M1-2: new by one answer each; by level and all registrants beside."""
    kind, by = params["kind"], params["by"]
    levels = sheet.evaluation.rows(f"{kind}.new", sheet.period, ("level",), also=_FLOWING)
    beside = [Beside(row["label"][:2], _counted(sheet, f"{kind}.new", {"level": row["code"]}), 10) for row in levels]
    names = "、".join(f"{row['label'][:2]}：{row['label']}" for row in levels)
    notes = (f"新規登録の数。計は表M1-1の新規（02行）に一致する。全登録者は{sheet.words.own_end}現在。{names}。",)
    lines = tuple(_by_code(sheet, f"{kind}.new", by, "計", _FLOWING))
    return Rows(params["head"], lines, (*beside, Beside("全登録者", _counted(sheet, f"{kind}.total"), 14)), notes)


@rows("multiple")
def _multiple(sheet: Sheet, entry: CatalogueEntry, params: Params) -> Rows:
    """表M1-3: several answers each: the sum is 延べ and says so."""
    key, by = f"{params['kind']}.new", params["by"]
    lines = tuple(_by_code(sheet, key, by, "", _FLOWING))
    total = Line(key, "延べ計", len(lines) + 1, strong=True, also=_FLOWING, sum_of=tuple(line.where for line in lines))
    people = sheet.evaluation.value(key, sheet.period, {}, _FLOWING).value
    notes = ["新規登録の延べ数。1人が複数を選べるため、延べ計は人数と一致しない。"]
    summed = total.value(sheet, sheet.period, {}).value if lines else None
    if people and summed is not None:
        notes.append(
            f"{sheet.period.column}の新規登録は{people:,}人で、1人当たり{wording.share(summed, people, '1') / 100:.2f}。"
        )
    beside = (Beside("全登録者", _counted(sheet, f"{params['kind']}.total"), 14),)
    return Rows(f"{params['head']}（延べ）", (*lines, total), beside, tuple(notes))


@rows("lines")
def _lines(sheet: Sheet, entry: CatalogueEntry, params: Params) -> Rows:
    """The figures one by one, then the same for each code, then what stands beside the formula."""
    lines = [line_of(row) for row in params["rows"]]
    found: list[Line | GroupRow] = [*([GroupRow(params.get("all", "合計"))] if "each" in params else []), *lines]
    if each := params.get("each"):
        for n, row in enumerate(sheet.evaluation.rows(each["key"], sheet.period, (each["by"],)), 1):
            found.append(GroupRow(row["label"]))
            found += [replace(one, n=one.n + n * each["step"], where={each["by"]: row["code"]}) for one in lines]
    if params.get("beside"):
        found += [GroupRow("参考（検算に含めない）"), *(line_of(row) for row in params["beside"])]
    return Rows(params.get("head", "項目"), tuple(found), notes=tuple(params.get("notes", ())))


@rows("split")
def _split(sheet: Sheet, entry: CatalogueEntry, params: Params) -> Rows:
    """A figure by the codes of a list; further figures of the period beside."""
    lines = tuple(_by_code(sheet, params["key"], params["by"], params.get("total", "計")))
    beside = tuple(_beside(sheet, one, params["by"], lines) for one in params.get("also", []))
    return Rows(params["head"], lines, beside, tuple(params.get("notes", ())))


def _beside(sheet: Sheet, one: Params, by: str, lines: tuple[Line, ...]) -> Beside:
    """Perhaps split by another reading of the same list (延べ), which only its parts can sum up."""
    key, other = one["key"], one.get("by", by)
    width = one.get("width", 12 if len(one["head"]) > 2 else 11)  # millimetres: three characters stand in one line
    if other == by:
        return Beside(one["head"], _counted(sheet, key), width)

    def make(address: str, line: Line) -> Cell:
        if line.where:
            return _counted(sheet, key)(address, replace(line, where={other: line.where[by]}))
        parts = tuple({other: each.where[by]} for each in lines if each.where)
        return sum_cell(sheet, address, replace(line, key=key, sum_of=parts).value(sheet, sheet.period, {}).value)

    return Beside(one["head"], make, width)


@rows("measured")
def _measured(sheet: Sheet, entry: CatalogueEntry, params: Params) -> Rows:
    """Each measure with its codes below it: the first has the monthly table's numbers, the others follow in steps."""
    key, by = params["key"], params["by"]
    codes = sheet.evaluation.rows(key, sheet.period, (by,))
    found: list[Line | GroupRow] = []
    measures = [one for row in params["columns"] if not (one := line_of(row)).opening]
    for place, measure in enumerate(measures):
        found.append(GroupRow(measure.label))
        made = [replace(measure, label=row["label"], n=n, where={by: row["code"]}) for n, row in enumerate(codes, 1)]
        made += [replace(measure, label=params["total"], n=len(codes) + 1, strong=True)] if params.get("total") else []
        found += [replace(one, n=one.n + place * PER_MEASURE) for one in made]
    return Rows(params["head"], tuple(found), notes=tuple(params.get("notes", ())))
