"""The pages before the items: cover, summary, contents, how to read, how the deadline was counted."""

from datetime import date

from partner.common.calendar import CountedDay, Counting
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

_DUE_TIME = "17:00"
_COUNTED = "提出期限の数え方"
_BESIDE = 2  # days: so short a count stands beside the legend


def due_count(sheet: Sheet) -> Counting | None:
    """The days up to the report's deadline, by the rule of its kind; None where no rule counts from the period."""
    due = sheet.report.due
    return due(sheet.period, sheet.evaluation.book.closed_days) if due else None


def cover(sheet: Sheet) -> Cover:
    """The first page."""
    covered, beside = _covered(sheet)
    missing = "未入力"
    return Cover(
        addressee=tuple(sheet.contract("addressee").splitlines()),
        document_number=f"{sheet.report.short} {sheet.period.key.rpartition(':')[2]}",
        date_text=wording.day(jst_day(sheet.issue.submitted_at)) if sheet.issue else "未提出",
        contract_title=sheet.contract("work_title"),
        title=sheet.report.name, period=covered, period_beside=beside,
        facts=(
            ("契約件名", (sheet.contract("contract_title") or missing,)),
            ("対象期間", (_days(sheet),)),
            ("版", (_issue(sheet),)),
            *_due(sheet),
            ("データ締切", (f"{wording.moment(sheet.cut)} までに記録された事実による",)),
            ("値の状態", (_states(sheet),)),
            ("受託事業者", (sheet.contract("contractor") or missing, sheet.contract("responsible"))),
        ),
        note=sheet.contract("fictional"),
    )  # fmt: skip


def _covered(sheet: Sheet) -> tuple[str, str]:
    """The period large, the western year beside it; of an incident which report it is."""
    covers = sheet.report.covers(sheet.period)
    if sheet.period.incident:
        return covers, ""
    era, _, western = covers.rstrip("）").partition("（")
    return era, western


def _issue(sheet: Sheet) -> str:
    if sheet.blockers:
        return "作成中（提出不可）"
    return sheet.issue.words if sheet.issue else "作成済み（未承認）"


def _days(sheet: Sheet) -> str:
    """The era stands once, and again where the year changes."""
    first, last = sheet.period.first, sheet.period.last
    return f"{wording.day(first)}から{wording.day(last, era=first.year != last.year)}まで"


def _due(sheet: Sheet) -> list[tuple[str, tuple[str, ...]]]:
    counting = due_count(sheet)
    if counting is None:
        return []
    said = f"{wording.day(counting.result)}{_DUE_TIME}　{sheet.report.due_words}"
    return [("提出期限", (said, *_agreed_due(sheet)))]


def _agreed_due(sheet: Sheet) -> list[str]:
    """Another date that was agreed, with its ground."""
    if sheet.issue is None or not sheet.issue.due_ground:
        return []
    return [f"{wording.moment(sheet.issue.due_at)}に変更（{sheet.issue.due_ground}）"]


def _states(sheet: Sheet) -> str:
    open_ = [
        item for item, key in sheet.headlines.items() if sheet.evaluation.judge(key, sheet.period).state != "final"
    ]
    if sheet.report.is_short:
        return "未入力を含む" if sheet.blockers else "データ締切までに記録されたとおり"
    return f"{'、'.join(open_)}は速報値又は未入力" if open_ else "すべて確報"


def reading_guide(sheet: Sheet) -> list[Block]:
    """目次, 本書の読み方, 提出期限の数え方."""
    beside, below = _counted_due(sheet)
    guide = Columns(left=(Heading("値の状態"), Legend(_legend(sheet))), right=(*_addressed(sheet), *beside))
    return [
        Section("目次", listed=False), Contents(),
        Section("本書の読み方", new_page=False, listed=False), guide, *below,
    ]  # fmt: skip


def _addressed(sheet: Sheet) -> tuple[Block, ...]:
    """セル番号, and how the sums are proved where there are tables of registrations."""
    said = "各数値には「表番号.行 列」の番号がある。行番号は表の左端に、列の記号は見出しの下に小さく示す。番号は変わらない。"
    if not sheet.headlines:
        example = (Run("S2-1.01b", bold=True), Run("　表S2-1の01行、b列"))
        return Heading("セル番号"), Paragraph(plain(said)), NoteBox(example)
    formula = f"期首 ＋ 新規 ＋ 区分変更による増 − 区分変更による減 − 退会（± 定義変更） ＝ {sheet.words.own_end}"
    example = (
        Run(f"M1-1.07{sheet.own}", bold=True),
        Run(f"　表M1-1の07行、{sheet.own}列（{sheet.words.own_end}の合計）"),
    )
    return (
        Heading("セル番号"), Paragraph(plain(said)), NoteBox(example),
        Heading("計算の確認"),
        Paragraph(plain("登録の表は、どの列も次の式が成り立つ。成り立たない報告書は作成されない。")),
        NoteBox(plain(formula)),
    )  # fmt: skip


def _legend(sheet: Sheet) -> tuple[LegendEntry, ...]:
    entries = [
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
    ]
    if sheet.period.end > sheet.cut:
        entries.append(LegendEntry(Cell("―", state="not_applicable"), "未到来。データ締切の時点で始まっていない期間"))
    return tuple(entries)


def _counted_due(sheet: Sheet) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """提出期限の数え方, beside the legend where the count is short, else below it; nothing where the due date does not
    follow from the period.
    """
    counting = due_count(sheet)
    if counting is None:
        return (), ()
    rule, ruler = plain(sheet.report.due_rule), _ruler(sheet, counting)
    if len(counting.days) <= _BESIDE:
        return (Heading(_COUNTED), Paragraph(rule), ruler), ()
    return (), (Section(_COUNTED, new_page=False, listed=False, message=rule), ruler)


def _ruler(sheet: Sheet, counting: Counting) -> BusinessDays:
    due = counting.result
    counted = sorted(counting.days, key=lambda one: one.day)  # some are counted back from a last day
    is_forward = counting.days[-1].day == counted[-1].day
    number = counting.days[-1].number
    last = f"第{number}営業日である" if is_forward and number != 1 else "末日、又はその直前の営業日である"
    return BusinessDays(
        month=f"{due.month}月",
        days=tuple(_ruler_day(one, due) for one in counted),
        alt=f"提出期限は{wording.day(due)}{_DUE_TIME}。{last}。",
    )


def _ruler_day(counted: CountedDay, due: date) -> RulerDay:
    day, number, reason = counted.day, counted.number, counted.reason
    label = f"{day.day}（{wording.WEEKDAYS[day.weekday()]}）"
    remarks = (reason,) if reason else ("提出期限", _DUE_TIME) if day == due else ()
    return RulerDay(label, str(number) if number else "", remarks, due=day == due)
