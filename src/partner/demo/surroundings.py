"""What stands around the registrations: contract and lists, coverage, loads, plans; each with its tick."""

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from partner.common.calendar import nth_business_day
from partner.common.period import DAY, JST, add_months, era_year, midnight
from partner.demo import story
from partner.demo.centre import business_day
from partner.demo.rows import BY
from partner.facts.models import Coverage, Plan
from partner.ledger.clock import ORIGIN
from partner.ledger.models import Recorded
from partner.master.models import Code, ContractFact, Dated

ADMIN = ("仮設 恵", "管理者")
FICTIONAL = "本書は見本である。数値、契約件名及び事業者名はすべて架空のものである。"
STARTED = ORIGIN + timedelta(hours=9)
TOLD_NAMES = ("contract_title", "contractor", "fictional")
_PHASES = (2003, 2006, 2009, 2012, 2015, 2018, 2021, 2024, 2026)
PLANS_FROM = date(2024, 4, 1)


def _master(
    model: type[Dated],
    keys: dict[str, object],
    values: dict[str, object],
    begins: date,
    ends: date | None,
    told: datetime,
) -> Dated:
    row = model(
        **keys, **values, valid_from=midnight(begins), valid_to=midnight(ends) if ends else None, reason="架空の設定",
        by_name=ADMIN[0], by_role=ADMIN[1],
    )  # fmt: skip
    row.recorded_at = told
    return row


def at(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """The instant in Japan."""
    return datetime.combine(day, time(hour, minute), JST)


def _years(first: int, last: int) -> str:
    """令和8〜10年度; where the era changes, 平成30〜令和2年度."""
    begins, ends = (era_year(date(year, 5, 1)).removesuffix("年") for year in (first, last))
    return f"{begins}〜{ends[2:] if begins[:2] == ends[:2] else ends}年度"


def contract(until: date) -> Iterator[Recorded]:
    """The title of each phase, the contractor, and that all of it is fictional."""
    for begins, ends in zip(_PHASES, (*_PHASES[1:], None), strict=True):
        first = date(begins, 4, 1) if begins > 2003 else story.OPENED
        told = max(STARTED, at(business_day(first - 20 * DAY)))
        if told.date() > until:
            break
        last = ends or begins + 3
        value = f"国際協力人材センター運営業務（{_years(begins, last - 1)}）"
        yield _master(
            ContractFact,
            {"key": "contract_title"},
            {"label": "契約件名", "value": value},
            first,
            date(ends, 4, 1) if ends else None,
            told,
        )
    yield _master(
        ContractFact,
        {"key": "contractor"},
        {"label": "受託事業者", "value": "株式会社例示受託"},
        story.OPENED,
        None,
        STARTED,
    )
    yield _master(
        ContractFact,
        {"key": "fictional"},
        {"label": "架空である旨の表示", "value": FICTIONAL},
        story.OPENED,
        None,
        STARTED,
    )


def target(until: date) -> Iterator[Recorded]:
    """What was agreed for response times, from the day on which they are measured."""
    told = at(business_day(story.NEW_LEVELS - 14 * DAY), 13)
    if told.date() <= until:
        label: dict[str, object] = {"label": "応答時間の目標（ミリ秒）", "value": "2000"}
        yield _master(ContractFact, {"key": "response_target_ms"}, label, story.NEW_LEVELS, None, told)


def levels(until: date) -> Iterator[Recorded]:
    """Four levels and one on trial from April 2024; the trial one changes its report column in April 2026."""
    told = at(business_day(story.NEW_LEVELS - 14 * DAY), 11)
    rows = (
        ("apply", "応募レベル", "full", 30),
        ("seek", "求職レベル", "full", 40),
        ("join", "参加レベル", "simple", 50),
        ("mail", "メルマガレベル", "simple", 60),
    )
    if told.date() <= until:
        for code, label, column, position in rows:
            yield _level(code, label, column, position, story.NEW_LEVELS, None, told)
        changed = at(business_day(story.REMAPPED - 14 * DAY), 11)
        trial = ("trainee", "研修参加レベル（試行）")
        open_row = _level(*trial, "simple", 70, story.NEW_LEVELS, None, told)
        if changed.date() <= until:
            open_row.superseded_at = changed
            yield _level(*trial, "simple", 70, story.NEW_LEVELS, story.REMAPPED, changed)
            yield _level(*trial, "full", 70, story.REMAPPED, None, changed)
        yield open_row


def _level(code: str, label: str, column: str, position: int, begins: date, ends: date | None, told: datetime) -> Dated:
    values = {"label": label, "label_en": "", "reported_as": column, "position": position}
    return _master(Code, {"list": "person_level", "code": code}, values, begins, ends, told)


def coverage(until: date) -> Iterator[Recorded]:
    """Week by week while a month lasts; the whole of it on the third business day after it."""
    first = story.OPENED
    while first <= until:
        following = add_months(first, 1)
        weeks = [first + DAY * n for n in (7, 14, 21)]
        for ends, told in [(end, nth_business_day(end, 1)) for end in weeks] + [(following, settled_on(first))]:
            if told <= until:
                for kind, since in _COVERED.items():
                    if first >= since:
                        yield _covered(kind, first, ends, at(told, 9, 30))
        first = following


_COVERED = {
    "people": story.OPENED, "organizations": story.OPENED, "jobs": story.OPENED, "trainings": story.OPENED,
    "consultations": story.OPENED, "mail_cases": story.OPENED, "survey_answers": date(2018, 4, 1),
    "subscriptions": story.OPENED, "inquiries": story.OPENED, "operations": story.OPENED,
    "response_times": date(2024, 4, 1), "events": date(2024, 4, 1), "incidents": date(2024, 4, 1), "expenses": date(2024, 4, 1),
}  # fmt: skip


_SHEETS = {
    "consultations": "相談予約一覧", "mail_cases": "メール相談一覧", "survey_answers": "相談アンケート回答",
    "inquiries": "問い合わせ一覧", "operations": "運用・保守記録", "response_times": "応答時間の監視",
    "events": "催し一覧", "incidents": "クレーム・トラブル一覧", "expenses": "経費一覧",
}  # fmt: skip


def settled_on(first: date) -> date:
    """When the month that begins on `first` is declared complete."""
    return nth_business_day(add_months(first, 1), 3)


def _covered(kind: str, begins: date, ends: date, told: datetime) -> Coverage:
    row = Coverage(
        kind=kind,
        valid_from=midnight(begins),
        valid_to=midnight(ends),
        source=_SHEETS.get(kind, "異動一覧"),
        by_name=BY[0],
        by_role=BY[1],
    )
    row.recorded_at = told
    return row


def plans(until: date) -> Iterator[Recorded]:
    """今後の予定 of M1 and M2; from a fixed month on, so that an earlier end tells the same."""
    first = PLANS_FROM
    while (told := at(nth_business_day(add_months(first, 1), 3), 15)).date() <= until:
        following = add_months(first, 1)
        for item, lines in _lines(following).items():
            for n, (when, text) in enumerate(lines, 1):
                row = Plan(
                    item=item,
                    period=f"{first:%Y-%m}",
                    position=n,
                    when=when,
                    text=text,
                    source_key=hashlib.sha256(f"plan {first} {item} {n}".encode()).hexdigest()[:32],
                    by_name=BY[0],
                    by_role=BY[1],
                )
                row.recorded_at = told
                yield row
        first = following


def _lines(following: date) -> dict[str, list[tuple[str, str]]]:
    saturday = following + DAY * ((5 - following.weekday()) % 7 + 7)
    tuesday = following + DAY * ((1 - following.weekday()) % 7 + 14)
    name = following.month
    return {
        "M1": [
            (f"{name}月{saturday.day}日（土）", "国際協力人材セミナー（オンライン）で登録を案内する。見込み60人。"),
            (f"{name}月下旬", "登録後1年間利用のない簡易登録人材へ、登録内容の確認を依頼する。"),
        ],
        "M2": [
            (f"{name}月{tuesday.day}日（火）", "地方自治体向け登録説明会（オンライン）を開く。"),
            (f"{name}月末まで", "審査中の国際協力団体の確認を終える。"),
        ],
        "M3": [(f"{name}月中旬", "掲載期限を過ぎた求人情報の更新を、掲載団体へ依頼する。")],
        "M4": [(f"{name}月末まで", "年度内の研修・セミナー情報の掲載予定を照会する。")],
        "M5": [(f"{name}月{tuesday.day}日（火）", "相談員の打合せを行い、予約枠を見直す。")],
        "M6": [(f"{name}月下旬", "トップページの案内を季節の話題に改める。")],
        "M7": [(f"{name}月1日", "PARTNERニュースを配信する。")],
        "M8": [(f"{name}月中", "よくある質問に、登録と退会の項目を加える。")],
        "M9": [(f"{name}月第3日曜日", "定期保守のため、午前2時から停止する。")],
    }
