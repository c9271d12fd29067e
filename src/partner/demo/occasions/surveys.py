"""Surveys: the plan of each, who answered what, and remarks in free text."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from partner.common.calendar import add_business_days
from partner.demo.occasions import remarks
from partner.demo.occasions.diary import Diary, after, moment
from partner.demo.occasions.events import size
from partner.demo.occasions.programme import PROGRAMME
from partner.demo.stretches import chance, hour_of
from partner.facts.streams import SURVEY_ANSWERS, SURVEY_PLANS

_LABEL = "アンケート回答"
_PLAN = {
    "no1": (
        "登録団体",
        "メールで依頼し、Webで回答",
        "満足度、掲載のしやすさ、応募者の適合度、センターの対応、利用の頻度、意見",
    ),
    "no2": (
        "国際協力人材及び簡易登録人材から無作為に抽出",
        "メールで依頼し、Webで回答",
        "満足度、求人情報、検索、メールサービス、利用の頻度、意見",
    ),
    "no6": ("催しの参加者", "終了後にWebで回答", "満足度、分かりやすさ、運営、意欲、立場、意見"),
    "no7": ("催しの参加者", "終了後にWebで回答", "満足度、分かりやすさ、運営、意欲、立場、意見"),
    "no8": ("催しの参加者", "会場で紙を配り、回収", "満足度、分かりやすさ、運営、意欲、立場、意見"),
    "no11": ("機構の所管部の職員", "依頼状を送り、Webで回答", "満足度、報告、速さ、提案、意見"),
}
_ANALYSIS = "単純集計、設問間のクロス集計、前回との比較。回答が10件に満たないものは割合を示さない。"
_SCORES = (44, 34, 15, 5, 2)  # 5, 4, 3, 2, 1
_CHOICES = {"frequency": (("weekly", 12), ("monthly", 38), ("yearly", 34), ("first", 16)),
            "position": (("student", 34), ("worker", 46), ("seeker", 14), ("other", 6))}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One survey that was carried out. `people`: how many were asked; `whole` and `part`: shares that answered."""

    survey: str
    event: str
    version: str
    opens: date
    closes: date
    people: int
    whole: float
    part: float
    proposed: date
    changed: str = ""


def write(diary: Diary, seed: int, scale: float) -> None:
    """Plans, answers and remarks of all surveys but the consultations' own."""
    for asked in (*_of_events(scale), *_of_years(scale)):
        _plan(diary, asked)
        rng = chance(seed, scale, f"{asked.survey}{asked.event}", asked.opens)
        for n in range(asked.people):
            _one(diary, asked, rng, n + 1)
        remarks.write(diary, asked, rng)


def _of_events(scale: float) -> Iterator[Asked]:
    for event in PROGRAMME:
        if not event.cancelled:
            changed = "設問4を「意欲」から「進路への役立ち」（設問7）に改めた。" if event.version == "第2版" else ""
            yield Asked(
                event.survey, event.number, event.version, event.last, event.closes_on, round(size(event, scale) * 0.85),
                0.9 if event.survey == "no8" else 0.6, 0.04, add_business_days(event.first - timedelta(days=50), 1), changed,
            )  # fmt: skip


def _of_years(scale: float) -> Iterator[Asked]:
    """No.1, No.2 and No.11 in January and February of each fiscal year; the one for 2026 is only planned yet."""
    by_size = max(scale, scale**0.6)
    for year in (2024, 2025, 2026):
        opens, closes, proposed = date(year + 1, 1, 20), date(year + 1, 2, 14), date(year, 10, 20)
        yield Asked("no1", "", f"{year}年度版", opens, closes, round(420 * by_size), 0.44, 0.03, proposed)
        yield Asked("no2", "", f"{year}年度版", opens, closes, round(2400 * by_size), 0.22, 0.03, proposed)
        yield Asked("no11", "", f"{year}年度版", opens, closes, 11 if year == 2024 else 16, 0.8, 0.0, proposed)


def _plan(diary: Diary, asked: Asked) -> None:
    """Proposed, answered a week later, agreed two weeks after that."""
    audience, method, questions = _PLAN[asked.survey]
    if asked.changed:
        questions = questions.replace("意欲", "進路への役立ち")
    name = f"{asked.survey}/{asked.event}/{asked.version}"
    diary.tell(
        SURVEY_PLANS, "アンケート実施計画", asked.proposed, name, survey=asked.survey, event=asked.event, version=asked.version,
        state="proposed", valid_from=moment(asked.opens), valid_to=after(asked.closes), audience=audience, invited=None, method=method,
        questions=questions, analysis=_ANALYSIS, goal=None if asked.survey == "no7" else 40, changed=asked.changed,
        proposed_at=moment(asked.proposed), answered_at=None, agreed_at=None,
    )  # fmt: skip
    answered, agreed = add_business_days(asked.proposed, 5), add_business_days(asked.proposed, 12)
    diary.tell(SURVEY_PLANS, "アンケート実施計画", answered, name, state="answered", answered_at=moment(answered))
    diary.tell(SURVEY_PLANS, "アンケート実施計画", agreed, name, state="agreed", agreed_at=moment(agreed))


def _one(diary: Diary, asked: Asked, rng: random.Random, n: int) -> None:
    """One person's request, and what came of it."""
    about = f"{asked.survey}/{asked.event}" if asked.event else asked.survey
    base: dict[str, Any] = {
        "subject": f"{about}:{asked.opens:%y}{n:05}", "survey": asked.survey, "version": asked.version, "event": asked.event, "question": "", "answer": "",
        "score": None,
    }  # fmt: skip
    told = add_business_days(asked.opens, 1)
    diary.tell(
        SURVEY_ANSWERS,
        _LABEL,
        told,
        f"{base['subject']}/?",
        **base,
        kind="invited",
        happened_at=moment(asked.opens, 0, 5),
    )
    luck, days = rng.random(), (asked.closes - asked.opens).days
    day = asked.opens + timedelta(days=min(days, int(rng.expovariate(1 / 3))))
    first = 18 if day == asked.opens else 8
    arrived, said = hour_of(rng, day, first, 23), list(_said(rng, asked))
    if luck < asked.whole + asked.part:
        kind = "completed" if luck < asked.whole else "partial"
        for question, answer, score in said if kind == "completed" else said[:2]:
            diary.tell(
                SURVEY_ANSWERS, _LABEL, add_business_days(day, 1), f"{base['subject']}/{question}",
                **{**base, "kind": kind, "happened_at": arrived, "question": question, "answer": answer, "score": score},
            )  # fmt: skip


def _said(rng: random.Random, asked: Asked) -> Iterator[tuple[str, str, int | None]]:
    """Question, answer, score. The first event of the changed questionnaire asks q7 instead of q4."""
    scales = ("q1", "q2", "q3", "q7" if asked.changed else "q4")
    mood = rng.gauss(0, 6)
    for n, code in enumerate(scales):
        weights = [
            max(1.0, weight + (mood if place < 2 else -mood / 2) - 4 * (n == 2 and place == 0))
            for place, weight in enumerate(_SCORES)
        ]
        score = rng.choices((5, 4, 3, 2, 1), weights)[0]
        yield f"{asked.survey}.{code}", f"{asked.survey}.{code}.{score}", score
    if asked.survey != "no11":
        which = "position" if asked.event else "frequency"
        code = rng.choices([one for one, _ in _CHOICES[which]], [weight for _, weight in _CHOICES[which]])[0]
        yield f"{asked.survey}.q5", f"{asked.survey}.q5.{code}", None
