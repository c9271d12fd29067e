"""Events as the office tells them: planned, held or cancelled; the programme of each, and who came."""

from datetime import timedelta
from typing import Any

from partner.common.calendar import add_business_days
from partner.demo.occasions.diary import Diary, moment
from partner.demo.occasions.programme import PROGRAMME, Planned
from partner.demo.stretches import chance
from partner.facts.streams import EVENT_PARTICIPANTS, EVENT_SESSIONS, EVENTS

_SESSIONS = (
    ("開会とPARTNERの紹介", 13, 0, 20, "センター"), ("国際協力の仕事を知る（講演）", 13, 20, 60, "国際協力の実施機関、国際機関"),
    ("体験談", 14, 20, 50, "NGO、開発コンサルティング企業"), ("分野別の座談会", 15, 20, 70, "大学、NGO、民間企業"),
    ("個別相談", 16, 30, 30, "センターの相談員"),
)  # fmt: skip
_KINDS = (("full", 22), ("simple", 30), ("student", 24), ("public", 16), ("organization", 6), ("other", 2))
_PURPOSE = "国際協力に関わる仕事に関心を持つ人に、働き方と必要な経験を知らせ、登録と応募につなげる。"
_OUTLINE = "講演、体験談、分野別の座談会、個別相談を行った。座談会では、参加者の関心に応じて5つの卓に分かれた。"


def write(diary: Diary, seed: int, scale: float) -> None:
    """All events of the programme."""
    for event in PROGRAMME:
        _plan(diary, event, size(event, scale))
        if event.cancelled:
            told = add_business_days(event.last, 1)
            diary.tell(EVENTS, "催し一覧", told, event.number, state="cancelled", reason=event.cancelled)
            continue
        told = add_business_days(event.last, 2)
        diary.tell(EVENTS, "催し一覧", told, event.number, state="held", outline=_OUTLINE)
        _programme(diary, event, told)
        _participants(diary, event, seed, scale)


def size(event: Planned, scale: float) -> int:
    """A smaller Centre's events are smaller, but no handful."""
    return max(24, round(event.people * max(scale, scale**0.4)))


def _plan(diary: Diary, event: Planned, people: int) -> None:
    diary.tell(
        EVENTS, "催し一覧", event.announced_on, event.number, number=event.number, state="planned", title=event.title, category=event.category,
        form=event.form, valid_from=moment(event.first, 13), valid_to=moment(event.last, 17), place=event.place,
        audience="国際協力に関心のある社会人と学生", purpose=_PURPOSE, outline="", planned_people=people, reason="",
    )  # fmt: skip


def _programme(diary: Diary, event: Planned, told: Any) -> None:
    for day in range(event.days):
        for n, (title, hour, minute, length, given_by) in enumerate(_SESSIONS, 1):
            begins = moment(event.first + timedelta(days=day), hour, minute)
            diary.tell(
                EVENT_SESSIONS, "催しのプログラム", told, f"{event.number}/{day}/{n}", event=event.number, position=day * 10 + n,
                title=title, valid_from=begins, valid_to=begins + length * 60_000_000, given_by=given_by, attended=None,
            )  # fmt: skip


def _participants(diary: Diary, event: Planned, seed: int, scale: float) -> None:
    """Of those who applied, four in five came; the counts are mended once, two days later."""
    rng, told = chance(seed, scale, event.number, event.last), add_business_days(event.last, 2)
    for kind, share in _KINDS:
        applied = max(1, round(size(event, scale) * share / 100 * rng.uniform(1.05, 1.35)))
        attended = round(applied * rng.uniform(0.72, 0.9))
        online = attended if event.form == "online" else round(attended * 0.4) if event.form == "hybrid" else 0
        diary.tell(
            EVENT_PARTICIPANTS, "催しの参加者数", told, f"{event.number}/{kind}", event=event.number,
            happened_at=moment(event.last), participant=kind, applied=applied, attended=attended, online=online,
        )  # fmt: skip
        if kind == "public" and event.number == "E25-2":  # the desk had counted a family once
            diary.tell(
                EVENT_PARTICIPANTS, "催しの参加者数", add_business_days(told, 2), f"{event.number}/{kind}",
                applied=applied + 3, attended=attended + 3,
            )  # fmt: skip
