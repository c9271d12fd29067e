"""出典のそろい: up to which moment each source is complete, and what it lacks."""

from partner.common.period import DAY
from partner.documents.blocks import Block, KeyValues, Section, plain
from partner.figures.states import Interval
from partner.reports import wording
from partner.reports.sheet import Sheet


def sources(sheet: Sheet) -> list[Block]:
    """出典のそろい: up to which moment each source is complete."""
    entries = [(name, plain(ready(sheet, kind))) for kind, (_, name) in SOURCES.items()]
    return [Section("出典のそろい", new_page=False), KeyValues(tuple(entries))]


SOURCES = {  # kind of coverage → the item that it is for first, and what it is called
    "people": ("M1", "人材登録の異動一覧"), "organizations": ("M2", "団体登録の異動一覧"), "jobs": ("M3", "求人情報の異動一覧"),
    "trainings": ("M4", "研修・セミナー情報の異動一覧"), "consultations": ("M5", "相談予約の一覧"),
    "mail_cases": ("M5", "メール相談の一覧"), "survey_answers": ("M5", "アンケートの回答"), "access": ("M6", "アクセスログ"),
    "subscriptions": ("M7", "メールサービスの異動一覧"), "inquiries": ("M8", "問い合わせの一覧"),
    "operations": ("M9", "運用・保守の記録"), "response_times": ("M9", "応答時間の監視"),
}  # fmt: skip


def ready(sheet: Sheet, kind: str) -> str:
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
