"""The pages before the items: cover, summary, contents, how to read, how the deadline was counted."""

from datetime import date

from partner.common.calendar import Counting, count_from, monthly_due
from partner.common.period import jst_day
from partner.documents.blocks import (
    Block,
    BusinessDays,
    Cell,
    Columns,
    Contents,
    Cover,
    Heading,
    Legend,
    LegendEntry,
    NoteBox,
    Paragraph,
    RulerDay,
    Run,
    Section,
    plain,
)  # fmt: skip
from partner.reports import wording
from partner.reports.sheet import Sheet

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
        date_text=wording.day(jst_day(sheet.issue.submitted_at)) if sheet.issue else "未提出",
        contract_title=sheet.contract("work_title"),
        title="月次報告書", period=f"{era}分", period_beside=western,
        facts=(
            ("契約件名", (sheet.contract("contract_title") or missing,)),
            ("対象期間", (f"{wording.day(sheet.period.first)}から{wording.day(sheet.period.last, era=False)}まで",)),
            ("版", (_issue(sheet),)),
            ("提出期限", (f"{wording.day(due)}17:00　翌月第{BUSINESS_DAYS}営業日", *_agreed_due(sheet))),
            ("データ締切", (f"{wording.moment(sheet.cut)} までに記録された事実による",)),
            ("値の状態", (_states(sheet),)),
            ("受託事業者", (sheet.contract("contractor") or missing, sheet.contract("responsible"))),
        ),
        note=sheet.contract("fictional"),
    )  # fmt: skip


def _issue(sheet: Sheet) -> str:
    if sheet.blockers:
        return "作成中（提出不可）"
    return sheet.issue.words if sheet.issue else "作成済み（未承認）"


def _agreed_due(sheet: Sheet) -> list[str]:
    """Another date that was agreed, with its ground."""
    if sheet.issue is None or not sheet.issue.due_ground:
        return []
    return [f"{wording.moment(sheet.issue.due_at)}に変更（{sheet.issue.due_ground}）"]


def _states(sheet: Sheet) -> str:
    open_ = [
        item for item, key in sheet.headlines.items() if sheet.evaluation.judge(key, sheet.period).state != "final"
    ]
    return f"{'、'.join(open_)}は速報値又は未入力" if open_ else "すべて確報"


def reading_guide(sheet: Sheet) -> list[Block]:
    """目次, 本書の読み方, 提出期限の数え方."""
    formula = "期首 ＋ 新規 ＋ 区分変更による増 − 区分変更による減 − 退会（± 定義変更） ＝ 当月末"
    legend = Legend((
        LegendEntry(Cell("0"), "数えた結果が0であった"),
        LegendEntry(Cell("該当なし", state="not_applicable"), "項目が存在しない、又は算出できない"),
        LegendEntry(Cell("87.5", mark="速"), "速報値。締切後に変わり得る"),
        LegendEntry(Cell("81,000", mark="前"), "前フェーズ報告値。記録がなく、前の契約の報告書による"),
        LegendEntry(Cell("82,010", mark="訂"), "訂正。前の報告書に印字した値から変わった（訂正一覧）"),
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
