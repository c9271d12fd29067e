"""Surveys of events told in short: answers one line a response, the event, its plan, remarks.

answered("no6", "R1 2026-09-12 completed q1=5 q5=student", event="E-1", version="1")
"""

import itertools
from datetime import date, datetime
from typing import Any

from partner.common.period import DAY, JST, midnight
from partner.facts import record
from partner.facts.models.events import CentreEvent
from partner.facts.models.surveys import SurveyAnswer, SurveyPlan, SurveyRemark
from tests.told import BY

_numbers = itertools.count(1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JST)


def key() -> dict[str, Any]:
    return {"source_key": f"v{next(_numbers):031x}", **BY}


def answered(survey: str, text: str, *, event: str = "", version: str = "1") -> None:
    """Records the lines; `invited` has no answers."""
    facts = []
    for line in text.strip().splitlines():
        who, day, kind, *given = line.split()
        for one in given or [""]:
            question, _, answer = one.partition("=")
            facts.append(SurveyAnswer(
                subject=f"{survey}/{event}:{who}", kind=kind, happened_at=at(day), by_day=True, survey=survey, event=event,
                version=version, question=question and f"{survey}.{question}",
                answer=question and f"{survey}.{question}.{answer}", ordinal=next(_numbers),
                score=int(answer) if answer.isdecimal() else None, **key(),
            ))  # fmt: skip
    record.record(facts)


def many(survey: str, day: str, *groups: tuple[int, str], event: str = "", version: str = "1", name: str = "R") -> None:
    """So many completed responses with the same answers: (3, "q1=5 q5=student")."""
    lines = [f"{name}{n}-{m} {day} completed {given}" for n, (count, given) in enumerate(groups) for m in range(count)]
    answered(survey, "\n".join(lines), event=event, version=version)


def event(number: str = "E-1", day: str = "2026-09-12", state: str = "held", **more: Any) -> CentreEvent:
    """An event of one day."""
    members = {
        "title": f"国際協力人材セミナー {number}", "category": "seminar", "form": "hybrid", "outline": "講演と個別相談を行った。",
        "audience": "学生と社会人", "purpose": "国際協力の仕事を知ってもらう。", "place": "見本会館", "planned_people": 100,
        "valid_from": at(f"{day}T13:00"), "valid_to": at(f"{day}T17:00"),
    } | more  # fmt: skip
    row = CentreEvent(number=number, state=state, **members, **key())
    record.record([row])
    return row


def plan(
    survey: str = "no6", number: str = "E-1", *, begins: str = "2026-09-12", closes: str = "2026-09-20", **more: Any
) -> SurveyPlan:
    """An agreed plan; `closes` is the last day, included."""
    members = {
        "version": "1", "state": "agreed", "audience": "参加者", "invited": 60, "method": "Web", "questions": "q1からq6まで",
        "analysis": "設問別の平均", "goal": 50, "proposed_at": at("2026-04-01"), "answered_at": at("2026-04-10"),
        "agreed_at": at("2026-04-15"),
    } | more  # fmt: skip
    row = SurveyPlan(
        survey=survey, event=number, valid_from=at(begins), valid_to=midnight(date.fromisoformat(closes)) + DAY, **members, **key()
    )  # fmt: skip
    record.record([row])
    return row


def remark(
    text: str, category: str = "wish", *, survey: str = "no6", number: str = "E-1", checked: bool = True
) -> None:
    """One remark in free text."""
    row = SurveyRemark(
        survey=survey, event=number, happened_at=at("2026-09-13"), question=f"{survey}.q6", text=text, category=category,
        is_checked=checked, **key(),
    )  # fmt: skip
    record.record([row])
