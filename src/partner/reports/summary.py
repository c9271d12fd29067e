"""要約: one line an item, what changed and what it rests on, what is not final yet, targets, the next dates."""

import json

from partner.documents.blocks import (
    Block,
    Column,
    Columns,
    Entry,
    Heading,
    Milestones,
    Paragraph,
    Requests,
    Run,
    Runs,
    Section,
    Summary,
    SummaryRow,
    Table,
    plain,
)
from partner.figures.engine import Value
from partner.master.models import CatalogueEntry
from partner.reports import changes, texts, wording
from partner.reports.compared import has_year_ago, series_of
from partner.reports.open_points import open_points
from partner.reports.plans import plans_of
from partner.reports.quality import glance
from partner.reports.sheet import POINTS, Sheet

_MOST_MILESTONES = 5
_TRENDS = {"month": "13か月の推移", "quarter": "5四半期の推移", "year": "6年度の推移"}
CHANGES, REQUESTS = "summary.changes", "summary.requests"


def summary(sheet: Sheet, items: list[CatalogueEntry], cells: dict[str, str]) -> list[Block]:
    """The page, made after the items: it speaks of what they print. `cells`: where each item's headline stands."""
    words, last, trend = sheet.words, sheet.words.last, _TRENDS[sheet.period.form]
    earliest = words.ago if has_year_ago(sheet.period) else "5年度前"
    rows = tuple(_summary_row(sheet, entry, sheet.headlines[entry.item], cells[entry.item]) for entry in items)
    left = (Heading("何が変わったか"), *_changed(sheet, items))
    right = (Heading("目標に対する状況"), _targets(sheet), Heading("確定していない数値"), *open_points(sheet, items))
    return [
        Section("要約", source=f"{sheet.period.label.split('（')[0]}分の主な数値、変化、目標", message=_message(sheet), lead=True),
        Summary(
            period=sheet.period.column, rows=rows, alt=f"項目ごとの主な数値と{last}比、{words.ago}比、{trend}",
            note=f"M1、M2、M7は{words.end}現在。推移は○{earliest}から●{words.own}まで。縦の尺度は項目ごとに異なる。未入力の項目は記録がまだない。",
            heads=(f"{last}比", f"{words.ago}比" if has_year_ago(sheet.period) else "", trend),
        ),
        Columns(left=left, right=right), *_milestones(sheet), *_requests(sheet),
    ]  # fmt: skip


def _changed(sheet: Sheet, items: list[CatalogueEntry]) -> list[Block]:
    """何が変わったか as a person left it, or the draft from the records with its mark."""
    drafted = changes.findings(sheet, items)
    nothing = "" if drafted else changes.nothing_found(sheet, items)
    body = texts.written(sheet, CHANGES, "何が変わったか", texts.body_of(drafted) or nothing)
    if body is not None:
        return texts.blocks_of(body)
    mark = Paragraph((texts.DRAFT, Run("記録から作成。人が確かめて書き改めるまで提出できない。")))
    if not drafted:
        return [mark, Paragraph(plain(nothing))]
    return [mark, *drafted]


def _milestones(sheet: Sheet) -> list[Block]:
    """The next dates of all items, as far as five go."""
    entries = [Entry(row.when, row.text) for row in plans_of(sheet)]
    title = f"{sheet.period.until.month}月の主な予定"
    return [Milestones(title, tuple(entries[:_MOST_MILESTONES]))] if entries else []


def _requests(sheet: Sheet) -> list[Block]:
    """ご確認いただきたい事項: the corrections, and what a person asks for."""
    entries = []
    if len(sheet.corrections):
        entries.append(f"提出済みの報告書の訂正{len(sheet.corrections)}件。内容は「訂正一覧」による。")
    sheet.places[REQUESTS] = ("ご確認いただきたい事項", "")
    row = sheet.texts.get(REQUESTS)
    entries += [line.strip() for line in (row.body if row else "").splitlines() if line.strip()]
    return [Requests(tuple(entries))] if entries else []


def _message(sheet: Sheet) -> Runs:
    total = sheet.evaluation.value("people.total", sheet.period)
    change = sheet.evaluation.value("people.change", sheet.period)
    if total.value is None or change.value is None:
        return (Run(f"{sheet.period.column}分の登録の記録は、まだ取り込まれていない。", attention=True),)
    moved = (
        "増減がなかった" if not change.value else f"{abs(change.value):,}人{'増えた' if change.value > 0 else '減った'}"
    )
    return (Run(f"登録者は{total.value:,}人となり、{sheet.words.last_end}から{moved}。"),)


def _summary_row(sheet: Sheet, entry: CatalogueEntry, key: str, number: str) -> SummaryRow:
    params = json.loads(entry.params or "{}")
    style = params.get("style", "count")
    now, last, year_ago = (sheet.evaluation.value(key, at) for at in (sheet.period, sheet.previous, sheet.year_ago))
    series = [sheet.evaluation.value(key, at).value for at in series_of(sheet.period)]
    ago = _change(now, year_ago, style) if has_year_ago(sheet.period) else ("", "")
    return SummaryRow(
        entry.item, params.get("short", entry.title), sheet.cell("", now, key, sheet.period, style=style), entry.unit,
        *_change(now, last, style), *ago,
        tuple(None if one is None else wording.amount(one, style) for one in series), number, *_named(sheet),
    )  # fmt: skip


def _named(sheet: Sheet) -> tuple[str, tuple[str, ...]]:
    """The trend and its points by name, where they are not the thirteen months."""
    if sheet.period.is_month:
        return "", ()
    return _TRENDS[sheet.period.form], tuple(one.label.split("（")[0] for one in series_of(sheet.period))


def _change(now: Value, base: Value, style: str) -> tuple[str, str]:
    if now.value is None or base.value is None:
        return "未算出", ""
    if style != "count":
        change = wording.amount(now.value, style) - wording.amount(base.value, style)
        return wording.signed_amount(change, POINTS.get(style, style)), "pt"
    percent = wording.rate(now.value - base.value, base.value)
    return wording.signed(now.value - base.value), f"{percent}%" if percent not in ("", "＊") else percent


def _targets(sheet: Sheet) -> Table:
    """The indicators at a glance, those at risk first; one without a target says so, and none is invented (rule 9)."""
    found = glance(sheet)
    columns = (Column("指標（年度累計）", kind="label"), Column("実績", width=18), Column("状態", width=26))
    return Table(columns, found.rows, alt="指標ごとの年度累計の実績と目標に対する状態", notes=found.notes)
