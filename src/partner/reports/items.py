"""The items M1-M9: the catalogue says which block stands where, a form says how it is made."""

import json
from collections.abc import Callable
from typing import Any

from partner.documents.blocks import Block, Blockers, Cell, Column, Entry, Plans, Row, Run, Section, Table, plain
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.breakdowns import breakdown_table, multiple_table
from partner.reports.charts import flow_chart, level_chart
from partner.reports.front import plans_of
from partner.reports.sheet import Sheet
from partner.reports.walk_tables import type_walk_table, walk_table

Params = dict[str, Any]


def params_of(entry: CatalogueEntry) -> Params:
    """The entry's parameters."""
    found: Params = json.loads(entry.params or "{}")
    return found


def built_items(entries: list[CatalogueEntry]) -> dict[str, str]:
    """The items that have figures, with the key of their headline."""
    found = {entry.item: params_of(entry).get("kind") for entry in entries if entry.form == "item"}
    return {item: f"{kind}.total" for item, kind in found.items() if kind}


def _section(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    kind = params.get("kind", "")
    message = (
        _message(sheet, kind, entry.unit)
        if kind
        else plain("この項目の記録を取り込む機能は準備中であり、数値は未入力である。")
    )
    remark = "" if kind and sheet.evaluation.value(f"{kind}.total", sheet.period).value is not None else "未入力を含む"
    new_page = entry.item in ("M1", "M2", "M3", "M6", "M9")
    return [Section(entry.title, entry.item, params.get("source", ""), message, new_page=new_page, remark=remark)]


def _message(sheet: Sheet, kind: str, unit: str) -> tuple[Run, ...]:
    """The result in one or two sentences."""
    value = sheet.evaluation.value
    total, new, left, change = (value(f"{kind}.{name}", sheet.period) for name in ("total", "new", "left", "change"))
    month, noun = f"{sheet.period.first.month}月", {"people": "登録者", "organizations": "登録団体"}[kind]
    if total.value is None:
        return (Run(f"{month}分の記録は、まだ取り込まれていない。", attention=True),)
    levels = sheet.evaluation.rows(f"{kind}.total", sheet.period, ("level",))
    parts = "、".join(f"{row['label']}{row['value'] or 0:,}{unit}" for row in levels)
    runs = [Run(f"{month}末の{noun}は"), Run(f"{total.value:,}{unit}", bold=True), Run(f"（{parts}）。")]
    if new.value is not None and left.value is not None and change.value is not None:
        runs += [
            Run(f"新規{new.value:,}{unit}に対し退会は{left.value:,}{unit}で、"),
            Run(wording.net(change.value, unit), bold=True), Run("である。"),
        ]  # fmt: skip
    return tuple(runs)


def _headline(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """An item whose records cannot be taken in yet: the frame stands, every number is 未入力."""
    rows = []
    for n, line in enumerate(params["rows"], 1):
        address = f"{entry.place}.{n:02d}"
        missing = [Cell("未入力", state="missing", number=f"{address}a")]
        missing += [Cell("未算出", state="not_computed", number=f"{address}{letter}") for letter in "bch"]
        rows.append(Row(f"{line['label']}（{line['unit']}）", tuple(missing), number=f"{n:02d}"))
    sheet.block(entry.item, f"表{entry.place}の{len(rows)}項目が未入力である。")
    month = sheet.period.first.month
    columns = (
        Column("項目", kind="label"), Column(f"{month}月", width=22, letter="a", tint=True),
        Column(f"{sheet.previous.first.month}月", width=22, letter="b"),
        Column(f"前年{month}月", width=22, letter="c"), Column("年度累計", width=22, letter="h"),
    )  # fmt: skip
    alt = f"{entry.title}。すべて未入力である。"
    return [Table(columns, tuple(rows), alt, entry.place, entry.title, entry.unit, stacked=True)]


def _plans(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    entries = tuple(Entry(row.when, row.text) for row in plans_of(sheet, entry.item))
    if entries:
        return [Plans(entries, title=entry.title)]
    sheet.block(entry.item, "今後の予定が未入力である。")
    return [Plans((Entry("未入力", "この項目の今後の予定は、まだ記録されていない。"),), title=entry.title)]


_FORMS: dict[str, Callable[[Sheet, CatalogueEntry, Params], list[Block]]] = {
    "item": _section,
    "walk": lambda sheet, entry, params: [walk_table(sheet, entry, params["kind"])],
    "type_walk": lambda sheet, entry, params: [type_walk_table(sheet, entry, params["kind"])],
    "breakdown": lambda sheet, entry, params: [
        breakdown_table(sheet, entry, params["kind"], params["by"], params["head"])
    ],
    "multiple": lambda sheet, entry, params: [
        multiple_table(sheet, entry, params["kind"], params["by"], params["head"])
    ],
    "flow_chart": lambda sheet, entry, params: [flow_chart(sheet, entry, params["kind"])],
    "level_chart": lambda sheet, entry, params: [level_chart(sheet, entry, params["kind"])],
    "headline": _headline,
    "plans": _plans,
}


def item_blocks(sheet: Sheet, entries: list[CatalogueEntry]) -> list[Block]:
    """All blocks of all items, in the order of the catalogue."""
    return [block for entry in entries for block in _FORMS[entry.form](sheet, entry, params_of(entry))]


def blockers(sheet: Sheet) -> list[Block]:
    """提出を妨げている事項, for the whole report, by what they concern."""
    if not sheet.blockers:
        return []
    return [
        Blockers(
            tuple(Entry(place, why) for place, why in sheet.blockers), f"提出を妨げている事項　{len(sheet.blockers)}件"
        )
    ]
