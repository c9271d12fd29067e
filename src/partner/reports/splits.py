"""Breakdown tables of any figure: the codes of a list down the side, the comparison and further figures across."""

from typing import Any

from partner.common.period import Period
from partner.documents.blocks import Block, Cell, Column, Row, Table
from partner.figures.engine import Value, Where
from partner.master.models import CatalogueEntry
from partner.reports.compared import ago_head, has_year_ago, last_head
from partner.reports.comparison import beside_words
from partner.reports.forms import Params, form
from partner.reports.notes import notes_of
from partner.reports.sheet import Sheet

_LETTERS = "abcdefghijkl"
_COMPARED = 6  # a-f: this month, last month and change, a year ago and change, to date


@form("split")
def split_table(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """`key` split by `by` with its comparison; then each of `also` (key, head, by if other) for this month."""
    key, by, also = params["key"], params["by"], params.get("also", [])
    codes = [(row["code"], row["label"]) for row in sheet.evaluation.rows(key, sheet.period, (by,))]
    value = sheet.evaluation.value
    longest = max((value(key, sheet.period, {by: code}).value or 0 for code, _ in codes), default=0) or 1
    rows = [_row(sheet, entry, params, n, code, label, longest) for n, (code, label) in enumerate(codes, 1)]
    rows.append(_row(sheet, entry, params, len(codes) + 1, "", params.get("total", "計"), 0))
    last, ago = last_head(sheet.period), ago_head(sheet.period)
    what, month = params["what"], sheet.period.column
    columns = (
        Column(params["head"], kind="label"),
        Column(what, width=12, letter="a", group=month, tint=True, bar=13),
        Column(what, width=11, letter="b", group=last), Column("増減", width=11, letter="c", group=last),
        *([Column(what, width=11, letter="d", group=ago), Column("増減", width=11, letter="e", group=ago),
           Column("年度累計", width=14.5, letter="f")] if has_year_ago(sheet.period) else []),
        *(Column(one["head"], width=one.get("width", 13.5), letter=letter, group=month)
          for letter, one in zip(_LETTERS[_COMPARED:], also, strict=False)),
    )  # fmt: skip
    table = Table(
        columns=columns, rows=tuple(rows), number=entry.place, title=entry.title, unit=entry.unit,
        definitions=tuple(name for name in entry.definitions.split(",") if name), dense=True,
        notes=(*params.get("notes", ()), *notes_of(sheet, [key, *(one["key"] for one in also)])),
        alt=f"{entry.title}。{params['head']}ごとの{what}を、{beside_words(sheet)}と並べる。",
    )  # fmt: skip
    return [table]


def _row(sheet: Sheet, entry: CatalogueEntry, params: Params, n: int, code: str, label: str, longest: int) -> Row:
    address, key = f"{entry.place}.{n:02d}", params["key"]
    where: Where = {params["by"]: code} if code else {}

    def found(period: Period) -> Value:
        return sheet.evaluation.value(key, period, where)

    def cell(letter: str, value: Value, period: Period, **more: Any) -> Cell:
        return sheet.cell(address + letter, value, key, period, where, compared=letter, **more)

    now, last, year_ago = (found(period) for period in (sheet.period, sheet.previous, sheet.year_ago))
    bar = None if not longest or now.value is None else now.value / longest
    cells = (
        cell("a", now, sheet.period, bar=bar), cell("b", last, sheet.previous),
        sheet.difference(address + "c", now, last, key, where, "c"),
        *([cell("d", year_ago, sheet.year_ago), sheet.difference(address + "e", now, year_ago, key, where, "e"),
           cell("f", found(sheet.to_date), sheet.to_date)] if has_year_ago(sheet.period) else []),
        *(_beside(sheet, address + letter, one, code, params["by"])
          for letter, one in zip(_LETTERS[_COMPARED:], params.get("also", []), strict=False)),
    )  # fmt: skip
    return Row(label, cells, number=f"{n:02d}", strong=not code)


def _beside(sheet: Sheet, address: str, one: Params, code: str, by: str) -> Cell:
    """Another figure of this month, perhaps split by another reading of the same list (延べ)."""
    where: Where = {one.get("by", by): code} if code else {}
    if not code and one.get("by", by) != by:
        rows = sheet.evaluation.rows(one["key"], sheet.period, (one["by"],))
        counted = [row["value"] for row in rows if row["value"] is not None]
        return sheet.plain(
            f"{sum(counted):,}" if counted else "未算出", "final" if counted else "not_computed", address
        )
    value = sheet.evaluation.value(one["key"], sheet.period, where)
    return sheet.cell(address, value, one["key"], sheet.period, where)
