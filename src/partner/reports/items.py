"""The items M1-M9: the catalogue says which block stands where, a form says how it is made."""

from collections.abc import Iterable
from dataclasses import replace

from partner.documents.blocks import Block, Blockers, Entry, GroupRow, Plans, Run, Section, Table
from partner.figures.engine import Value
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.compared import has_year_ago
from partner.reports.explanations import explanations
from partner.reports.forms import Params, blocks_of, form, is_last, params_of
from partner.reports.plans import plans_of
from partner.reports.sheet import Sheet


def headline_of(entry: CatalogueEntry, own: str = "a") -> tuple[str, str]:
    """The figure that stands for the item on page 2, and the cell where it is printed; `own`: the period's column."""
    params = params_of(entry)
    if "kind" in params:
        return f"{params['kind']}.total", f"{entry.item}-1.07{own}"
    return params["headline"], f"{entry.item}-1.{params['cell'][:-1]}{own}"


@form("item")
def _section(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    key, _ = headline_of(entry)
    message = _message(sheet, params["kind"], entry.unit) if "kind" in params else _compared(sheet, entry, params)
    value = sheet.evaluation.value(key, sheet.period)
    may_wait = sheet.report.may_be_open and value.state == "provisional"  # before the year is over: 速報値, and says so
    if value.state not in ("final", "not_applicable") and not may_wait:
        sheet.block(entry.item, _waiting(value))
    remark = {"missing": "未入力を含む", "provisional": "速報値を含む"}.get(value.state, "")
    new_page = sheet.kind == "monthly" and entry.item in _NEW_PAGE and not params.get("follows")
    wide = sheet.period.form == "year"  # twelve months side by side
    source = params.get("source", "")
    return [Section(entry.title, entry.item, source, message, new_page=new_page, remark=remark, landscape=wide)]


# Longer reports flow on: a page for each item would leave many half empty.
_NEW_PAGE = ("M1", "M2", "M3", "M4", "M7", "M9")


def _waiting(value: Value) -> str:
    if value.value is None:
        return "記録がまだ取り込まれていない。"
    return "対象期間のうち、完全であると届け出られていない日がある。"


def _message(sheet: Sheet, kind: str, unit: str) -> tuple[Run, ...]:
    """The result in one or two sentences."""
    value = sheet.evaluation.value
    total, new, left, change = (value(f"{kind}.{name}", sheet.period) for name in ("total", "new", "left", "change"))
    month, noun = sheet.period.column, {"people": "登録者", "organizations": "登録団体"}[kind]
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


def _compared(sheet: Sheet, entry: CatalogueEntry, params: Params) -> tuple[Run, ...]:
    """10月の新規掲載は284件で、前月を8件、前年同月を32件上回った。"""
    key, what, style = params["headline"], params["what"], params.get("style", "count")
    now, last, ago = (sheet.evaluation.value(key, at) for at in (sheet.period, sheet.previous, sheet.year_ago))
    month = sheet.period.column
    bases = [(sheet.words.last, last)] + ([(sheet.words.ago, ago)] if has_year_ago(sheet.period) else [])
    if now.value is None:
        known = "該当がない" if now.state == "not_applicable" else "まだ取り込まれていない"
        return (Run(f"{month}の{what}の記録は、{known}。", attention=now.state != "not_applicable"),)
    runs = [Run(f"{month}の{what}は"), Run(wording.number(now.value, style) + entry.unit, bold=True)]
    said = [wording.against(name, now.value, base.value, params.get("points", entry.unit), style)
            for name, base in bases if base.value is not None]  # fmt: skip
    return (*runs, Run(f"で、{wording.sentence(said)}" if said else "である。"))


@form("plans")
def _plans(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    entries = tuple(Entry(row.when, row.text) for row in plans_of(sheet, entry.item))
    if entries:
        return [Plans(entries, title=entry.title)]
    sheet.block(entry.item, "今後の予定が未入力である。")
    return [Plans((Entry("未入力", "この項目の今後の予定は、まだ記録されていない。"),), title=entry.title)]


def item_blocks(sheet: Sheet, entries: list[CatalogueEntry]) -> list[Block]:
    """All blocks of all items, in the order of the catalogue; below an item's main table what it owes of explanations."""
    made: dict[int, list[Block]] = {}
    for place, entry in sorted(enumerate(entries), key=lambda one: is_last(one[1])):
        made[place] = _at_home(sheet, entry)
    return [block for place in range(len(entries)) for block in made[place]]


def _at_home(sheet: Sheet, entry: CatalogueEntry) -> list[Block]:
    """The blocks of an entry. Texts, tables and whatever stops there belong to its item, whatever they are called."""
    there, stops = set(sheet.places), len(sheet.blockers)
    found = blocks_of(sheet, entry)
    if entry.place == f"{entry.item}-1":
        found += explanations(sheet, entry.item, names_of(found))
    tables = {block.number for block in found if isinstance(block, Table) and block.number}
    sheet.homes |= dict.fromkeys((sheet.places.keys() - there) | tables, entry.item)
    sheet.blockers[stops:] = [replace(one, section=entry.item) for one in sheet.blockers[stops:]]
    return found


def names_of(blocks: Iterable[Block]) -> dict[str, str]:
    """Row (M1-1.02) → what it is called, with the group it stands in; table (M1-1) → its title."""
    names: dict[str, str] = {}
    for table in (block for block in blocks if isinstance(block, Table) and block.number):
        names[table.number], group = table.title, ""
        for row in table.rows:
            if isinstance(row, GroupRow):
                group = row.label
            else:
                names[f"{table.number}.{row.number}"] = "　".join(part for part in (group, row.label) if part)
    return names


def heads_of(blocks: Iterable[Block]) -> dict[str, str]:
    """Cell (S2-1.01c) → the head of its column with that of its group."""
    return {
        cell.number: "　".join(part for part in (column.group, column.heading) if part)
        for table in blocks if isinstance(table, Table) and table.number
        for row in table.rows if not isinstance(row, GroupRow)
        for column, cell in zip(table.columns[1:], row.cells, strict=False) if cell and cell.number
    }  # fmt: skip


def blockers(sheet: Sheet) -> list[Block]:
    """提出を妨げている事項, for the whole report, by what they concern."""
    if not sheet.blockers:
        return []
    return [
        Blockers(
            tuple(Entry(one.place, one.why) for one in sheet.blockers), f"提出を妨げている事項　{len(sheet.blockers)}件"
        )
    ]
