"""Consultations, cases by mail and answers to surveys told in small tables drawn in text, one line a fact (or a response).

tell(booking, "2026-10-05 10:00 held online at=2026-10-05 10:10")
tell(case, "2026-09-30 10:00 .. 2026-10-01")
answers("R1 2026-10-05 completed q1=5 q5=given")
"""

import itertools
from datetime import datetime

from partner.common.period import JST
from partner.facts import record
from partner.facts.models import Consultation, MailCase, SurveyAnswer
from tests.told import BY

_numbers = itertools.count(1)


def instant(text):
    return datetime.fromisoformat(text).replace(tzinfo=JST)


def _sourced(model, **members):
    number = next(_numbers)
    return model(number=f"S{number}", source_key=f"c{number:031x}", **members, **BY)


def booking(line):
    """`2026-10-05 10:00 held online at=2026-10-05 10:10` as an unrecorded fact; held when booked if not said."""
    line, _, held = line.strip().partition(" at=")
    day, *words = line.split()
    at = instant(f"{day} {words.pop(0)}" if ":" in words[0] else day)
    outcome, *channel = words
    held_at = (instant(held) if held else at) if outcome == "held" else None
    return _sourced(Consultation, booked_at=at, held_at=held_at, outcome=outcome, channel="".join(channel))


def case(line):
    """`2026-09-30 10:00 .. 2026-10-01` as an unrecorded fact: received, answered."""
    received, _, answered = (part.strip() for part in line.partition(".."))
    return _sourced(MailCase, received_at=instant(received), answered_at=instant(answered) if answered else None)


def tell(make, text):
    facts = [make(line.strip()) for line in text.strip().splitlines()]
    record.record(facts)
    return facts


def answers(text):
    """Lines such as `R1 2026-10-05 completed q1=5 q2=4`, recorded; `no2:R1` is a response to another survey."""
    facts = []
    for line in text.strip().splitlines():
        who, *words = line.split()
        survey, _, response = who.rpartition(":")
        survey = survey or "consultation"
        at = " ".join([words.pop(0), *([words.pop(0)] if ":" in words[0] else [])])
        kind, *given = words
        for one in given or [""]:
            number, (question, _, answer) = next(_numbers), one.partition("=")
            facts.append(SurveyAnswer(
                subject=f"{survey}:{response}", kind=kind, happened_at=instant(at), by_day=False, survey=survey,
                question=question and f"{survey}.{question}", answer=question and f"{survey}.{question}.{answer}",
                score=int(answer) if answer.isdecimal() else None, ordinal=number, source_key=f"a{number:031x}", **BY,
            ))  # fmt: skip
    record.record(facts)
