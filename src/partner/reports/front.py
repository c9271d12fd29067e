"""The pages before the items: cover, summary, contents, how to read, how the deadline was counted."""

import json
from datetime import date
from typing import Any

from partner.common.calendar import Counting, count_from, monthly_due
from partner.common.period import DAY
from partner.documents.blocks import (
    Block,
    BusinessDays,
    Cell,
    Column,
    Columns,
    Contents,
    Cover,
    Entry,
    Finding,
    Heading,
    KeyValues,
    Legend,
    LegendEntry,
    Milestones,
    NoteBox,
    Paragraph,
    Row,
    RulerDay,
    Run,
    Section,
    Summary,
    SummaryRow,
    Table,
    plain,
)  # fmt: skip
from partner.facts.models.plans import Plan
from partner.figures.engine import Value
from partner.figures.states import Interval
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.charts import monthly_values, plain_values
from partner.reports.sheet import POINTS, Sheet

BUSINESS_DAYS = 5
_MOST_MILESTONES = 5


def due_count(sheet: Sheet) -> Counting:
    """The business days up to the monthly report's deadline."""
    return count_from(sheet.period.until, BUSINESS_DAYS, sheet.evaluation.book.closed_days)


def cover(sheet: Sheet) -> Cover:
    """The first page."""
    era, western = sheet.period.label.rstrip("）").split("（")
    due = monthly_due(sheet.period, sheet.evaluation.book.closed_days)
    missing = "未入力"
    return Cover(
        addressee=tuple(sheet.contract("addressee").splitlines()),
        document_number=f"月報 {sheet.period.key}",
        date_text="未提出",
        contract_title=sheet.contract("work_title"),
        title="月次報告書", period=f"{era}分", period_beside=western,
        facts=(
            ("契約件名", (sheet.contract("contract_title") or missing,)),
            ("対象期間", (f"{wording.day(sheet.period.first)}から{wording.day(sheet.period.last, era=False)}まで",)),
            ("版", ("作成中（提出不可）" if sheet.blockers else "作成済み（未承認）",)),
            ("提出期限", (f"{wording.day(due)}17:00　翌月第{BUSINESS_DAYS}営業日",)),
            ("データ締切", (f"{wording.moment(sheet.cut)} までに記録された事実による",)),
            ("値の状態", (_states(sheet),)),
            ("受託事業者", (sheet.contract("contractor") or missing, sheet.contract("responsible"))),
        ),
        note=sheet.contract("fictional"),
    )  # fmt: skip


def _states(sheet: Sheet) -> str:
    open_ = [
        item for item, key in sheet.headlines.items() if sheet.evaluation.judge(key, sheet.period).state != "final"
    ]
    return f"{'、'.join(open_)}は速報値又は未入力" if open_ else "すべて確報"


def summary(sheet: Sheet, items: list[CatalogueEntry], cells: dict[str, str]) -> list[Block]:
    """要約: one line an item, what changed, targets. `cells`: where each item's headline is printed."""
    rows = tuple(_summary_row(sheet, entry, sheet.headlines[entry.item], cells[entry.item]) for entry in items)
    return [
        Section("要約", source=f"{sheet.period.label.split('（')[0]}分の主な数値、変化、目標", message=_message(sheet), lead=True),
        Summary(
            period=f"{sheet.period.first.month}月", rows=rows, alt="項目ごとの主な数値と前月比、前年同月比、13か月の推移",
            note="M1、M2、M7は月末現在。推移は○前年同月から●当月まで。縦の尺度は項目ごとに異なる。未入力の項目は記録がまだない。",
        ),
        Columns(left=(Heading("何が変わったか"), *_findings(sheet)), right=(Heading("目標に対する状況"), _targets(sheet))),
        *_milestones(sheet),
    ]  # fmt: skip


def _milestones(sheet: Sheet) -> list[Block]:
    """The next dates of all items, as far as five go."""
    entries = [Entry(row.when, row.text) for row in plans_of(sheet)]
    title = f"{sheet.period.until.month}月の主な予定"
    return [Milestones(title, tuple(entries[:_MOST_MILESTONES]))] if entries else []


def plans_of(sheet: Sheet, item: str = "") -> list[Plan]:
    """今後の予定 of the report's period as known at the cut, of one item or of all."""
    rows: Any = Plan.objects
    found = rows.known_at(sheet.cut).filter(period=sheet.period.key).order_by("item", "position", "id")
    return list(found.filter(item=item) if item else found)


def _message(sheet: Sheet) -> tuple[Run, ...]:
    total = sheet.evaluation.value("people.total", sheet.period)
    change = sheet.evaluation.value("people.change", sheet.period)
    if total.value is None or change.value is None:
        return (Run(f"{sheet.period.first.month}月分の登録の記録は、まだ取り込まれていない。", attention=True),)
    moved = (
        "増減がなかった" if not change.value else f"{abs(change.value):,}人{'増えた' if change.value > 0 else '減った'}"
    )
    return (Run(f"登録者は{total.value:,}人となり、前月末から{moved}。"),)


def _summary_row(sheet: Sheet, entry: CatalogueEntry, key: str, number: str) -> SummaryRow:
    params = json.loads(entry.params or "{}")
    style = params.get("style", "count")
    now, last, year_ago = (sheet.evaluation.value(key, at) for at in (sheet.period, sheet.previous, sheet.year_ago))
    months = monthly_values(sheet, key) if "kind" in params else plain_values(sheet, key)
    return SummaryRow(
        entry.item, params.get("short", entry.title), sheet.cell("", now, key, sheet.period, style=style), entry.unit,
        *_change(now, last, style), *_change(now, year_ago, style),
        tuple(None if month is None else wording.amount(month, style) for month in months), number,
    )  # fmt: skip


def _change(now: Value, base: Value, style: str) -> tuple[str, str]:
    if now.value is None or base.value is None:
        return "未算出", ""
    if style != "count":
        change = wording.amount(now.value, style) - wording.amount(base.value, style)
        return wording.signed_amount(change, POINTS.get(style, style)), "pt"
    percent = wording.rate(now.value - base.value, base.value)
    return wording.signed(now.value - base.value), f"{percent}%" if percent not in ("", "＊") else percent


def _findings(sheet: Sheet) -> list[Block]:
    """Where the new registrations moved most; a cause is only named when a person or a record gives one."""
    found: list[Block] = []
    for kind, unit, what, by, number in (
        ("people", "人", "新規登録", "medium", "M1-1.02a"), ("organizations", "団体", "新規団体登録", "organization_type", "M2-1.02a"),
    ):  # fmt: skip
        now, last = (sheet.evaluation.value(f"{kind}.new", at) for at in (sheet.period, sheet.previous))
        if now.value is None or last.value is None:
            continue
        head = f"{what}が{now.value:,}{unit}（前月比 {wording.signed(now.value - last.value)}{unit}）"
        moved = _largest_move(sheet, f"{kind}.new", by)
        text = f"内訳で最も動いたのは{moved[0]}の{wording.signed(moved[1])}{unit}である。" if moved else ""
        found.append(Finding(head, (Run(f"{text}要因は確認中。"), Run(number=number))))
    return found or [Paragraph(plain("比べる記録がない。"))]


def _largest_move(sheet: Sheet, key: str, by: str) -> tuple[str, int] | None:
    now, last = (
        {row["label"]: row["value"] or 0 for row in sheet.evaluation.rows(key, at, (by,))}
        for at in (sheet.period, sheet.previous)
    )
    moves = [(label, value - last.get(label, 0)) for label, value in now.items()]
    best = max(moves, key=lambda move: abs(move[1]), default=None)
    return best if best and best[1] else None


def _targets(sheet: Sheet) -> Table:
    """No target is agreed yet: it says so and invents none (rule 9)."""
    rows = []
    for label, key in (("新規人材登録", "people.new"), ("新規団体登録", "organizations.new")):
        value = sheet.evaluation.value(key, sheet.to_date)
        text = "記録なし" if value.value is None else wording.count(value.value)
        rows.append(Row(label, (Cell(text), Cell("目標値未設定", state="no_target", chip="unset"))))
    columns = (Column("指標（年度累計）", kind="label"), Column("実績", width=18), Column("状態", width=26))
    return Table(
        columns, tuple(rows), alt="指標ごとの年度累計の実績と目標に対する状態", notes=("目標値は合意されていない。",)
    )


def reading_guide(sheet: Sheet) -> list[Block]:
    """目次, 本書の読み方, 提出期限の数え方."""
    formula = "期首 ＋ 新規 ＋ 区分変更による増 − 区分変更による減 − 退会（± 定義変更） ＝ 当月末"
    legend = Legend((
        LegendEntry(Cell("0"), "数えた結果が0であった"),
        LegendEntry(Cell("該当なし", state="not_applicable"), "項目が存在しない、又は算出できない"),
        LegendEntry(Cell("87.5", mark="速"), "速報値。締切後に変わり得る"),
        LegendEntry(Cell("81,000", mark="前"), "前フェーズ報告値。記録がなく、前の契約の報告書による"),
        LegendEntry(Cell("＊"), "基数が10未満で、率を示さない"),
        LegendEntry(Cell("±0"), "増減がない"),
        LegendEntry(Cell("未入力", state="missing"), "担当者の入力又は記録の到着を待つ。作成中の版だけに現れる"),
        LegendEntry(Cell("記録なし", state="not_computed"), "比べる期間の記録がない"),
        LegendEntry(Cell("目標値未設定", state="no_target"), "目標値が合意されていない"),
    ))  # fmt: skip
    return [
        Section("目次", listed=False), Contents(),
        Section("本書の読み方", new_page=False, listed=False),
        Columns(
            left=(Heading("値の状態"), legend),
            right=(
                Heading("セル番号"),
                Paragraph(plain("各数値には「表番号.行 列」の番号がある。行番号は表の左端に、列の記号は見出しの下に小さく示す。番号は変わらない。")),
                NoteBox((Run("M1-1.07a", bold=True), Run("　表M1-1の07行、a列（当月末の合計）"))),
                Heading("計算の確認"),
                Paragraph(plain("登録の表は、どの列も次の式が成り立つ。成り立たない報告書は作成されない。")),
                NoteBox(plain(formula)),
            ),
        ),
        Section("提出期限の数え方", new_page=False, listed=False,
                message=plain("月次報告書は翌月第5営業日を期限とする。土曜日、日曜日、祝日及び12月29日から1月3日までを除いて数える。")),
        _ruler(sheet),
    ]  # fmt: skip


def _ruler(sheet: Sheet) -> BusinessDays:
    counting = due_count(sheet)
    last = counting.days[-1].day
    days = tuple(_ruler_day(counted.day, counted.number, counted.reason, last) for counted in counting.days)
    return BusinessDays(
        month=f"{sheet.period.until.month}月",
        days=days,
        alt=f"提出期限は{wording.day(last)}17:00。第{BUSINESS_DAYS}営業日である。",
    )


def _ruler_day(day: date, number: int | None, reason: str | None, due: date) -> RulerDay:
    label = f"{day.day}（{wording.WEEKDAYS[day.weekday()]}）"
    remarks = (reason,) if reason else ("提出期限", "17:00") if day == due else ()
    return RulerDay(label, str(number) if number else "", remarks, due=day == due)


def sources(sheet: Sheet) -> list[Block]:
    """出典のそろい: up to which moment each source is complete."""
    entries = [(name, plain(_ready(sheet, kind))) for kind, (_, name) in SOURCES.items()]
    return [Section("出典のそろい", new_page=False), KeyValues(tuple(entries))]


SOURCES = {  # kind of coverage → the item that it is for first, and what it is called
    "people": ("M1", "人材登録の異動一覧"), "organizations": ("M2", "団体登録の異動一覧"), "jobs": ("M3", "求人情報の異動一覧"),
    "trainings": ("M4", "研修・セミナー情報の異動一覧"), "consultations": ("M5", "相談予約の一覧"),
    "mail_cases": ("M5", "メール相談の一覧"), "survey_answers": ("M5", "アンケートの回答"), "access": ("M6", "アクセスログ"),
    "subscriptions": ("M7", "メールサービスの異動一覧"), "inquiries": ("M8", "問い合わせの一覧"),
    "operations": ("M9", "運用・保守の記録"), "response_times": ("M9", "応答時間の監視"),
}  # fmt: skip


def _ready(sheet: Sheet, kind: str) -> str:
    """Up to when the source is complete, and what it lacks of the period."""
    until, judged = sheet.evaluation.states.covered_until(kind), sheet.evaluation.states.judge(kind, sheet.period)
    state = (
        "対象期間はそろっている"
        if judged.state == "final"
        else f"対象期間のうち{_days(judged.uncovered)}日分の届出がない"
    )
    lost = f"欠測の届出が{len(judged.losses)}件ある。" if judged.losses else ""
    return (f"{wording.moment(until)}まで。{state}。" if until else f"届出がない。{state}。") + lost


def _days(intervals: tuple[Interval, ...]) -> int:
    return sum(-((start - end) // DAY) for start, end in intervals)  # a part of a day is a day
