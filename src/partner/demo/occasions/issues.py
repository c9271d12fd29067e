"""The year's priority issues (重点課題), and what was done for each in each quarter."""

from datetime import date

from partner.common.calendar import add_business_days, nth_business_day
from partner.common.period import add_months
from partner.demo.occasions.diary import Diary
from partner.facts.streams import ISSUE_EFFORTS, PRIORITY_ISSUES

# title, aim, measure, goal (empty: never agreed), what is done in each quarter, what came of it
_ISSUES = (
    ("地方からの登録を増やす", "首都圏のほかからの国際協力人材の登録を増やす。", "地方の催しの参加者数", "200人",
     ("地方の催しの日程と会場を決めた。", "地方の大学に案内を送った。", "地方での催しを開いた。", "催しの後の登録の状況を調べた。"),
     "案内した大学の半数から回答があった。"),
    ("求人情報の質を高める", "応募の条件が分かりにくい求人を減らす。", "問い合わせのうち掲載に関するもの", "",
     ("掲載の手引を見直した。", "掲載の手引を改めた。", "掲載団体への説明会を開いた。", "説明会の後の掲載を点検した。"),
     "差し戻した掲載は、前の四半期より少ない。"),
    ("相談の待ち時間を短くする", "予約から相談までの日数を短くする。", "予約から相談までの日数", "5営業日",
     ("予約の枠を調べた。", "木曜日のほかにも枠を設けた。", "オンラインの枠を増やした。", "枠の使われ方を調べた。"), "5営業日以内の相談が増えた。"),
)  # fmt: skip


def write(diary: Diary, seed: int, scale: float) -> None:
    """Three issues a year; each quarter's efforts ten business days after its end. The last quarter's second one waits."""
    for year in (2024, 2025, 2026):
        for number, (title, aim, measure, goal, efforts, result) in enumerate(_ISSUES, 1):
            told = nth_business_day(date(year, 4, 1), 3)
            diary.tell(
                PRIORITY_ISSUES, "重点課題", told, f"{year}/{number}", fiscal_year=year, number=number, title=title, aim=aim,
                measure=measure, goal=goal,
            )  # fmt: skip
            for n, effort in enumerate(efforts):
                ends = add_months(date(year, 4, 1), 3 * (n + 1))
                diary.tell(
                    ISSUE_EFFORTS, "重点課題の取組", add_business_days(ends, 10), f"{year}/{number}/{n}", period=f"{year}Q{n + 1}",
                    number=number, effort=effort, result=result, attained="",
                )  # fmt: skip
