"""Survey tables over 50,000 answers against hand-written SQL that makes the same tables; part of `./partner bench reports`.

Run as a module over an empty data folder (PARTNER_DATA), or call `survey_results()` where Django is set up.
"""

import json
import random
import sys
from datetime import date, datetime, timedelta
from typing import Any

from benchmarks.measure import best, result, say, set_up

ANSWERS = 50_000
TARGET = 4
SURVEY, YEAR = "no2", 2030  # a year of which no demonstration tells
_SCALES, _CHOICE = ("q1", "q2", "q3", "q4"), ("weekly", "monthly", "yearly", "first")
_PER_RESPONSE = 6
_KNOWN = "recorded_at <= %s AND (superseded_at IS NULL OR superseded_at > %s)"
_WITHIN = f"survey = '{SURVEY}' AND {{at}} >= %s AND {{at}} < %s AND {_KNOWN}"


def survey_results() -> list[dict[str, Any]]:
    """Ours and the yardstick's, of the same answers at the same cut."""
    from partner.common.period import fiscal_year
    from partner.ledger import clock

    fill()
    period, cut = fiscal_year(YEAR), clock.last()
    assert ours(period, cut) == theirs(period, cut), "both make the same tables"
    return [
        result(
            f"survey tables over {ANSWERS:,} answers", best(lambda: ours(period, cut)), "hand-written SQL, the same tables",
            best(lambda: theirs(period, cut)), TARGET,
        )
    ]  # fmt: skip


def fill() -> None:
    """So many answers of one survey, recorded as an intake does; nothing where they are there."""
    from partner.common.period import midnight
    from partner.facts import record
    from partner.facts.models.surveys import SurveyAnswer

    begins = midnight(date(YEAR, 5, 1))
    if SurveyAnswer.objects.believed().filter(survey=SURVEY, happened_at__gte=begins).exists():
        return
    say(f"recording {ANSWERS:,} answers")
    dice, responses = random.Random(20301), ANSWERS // _PER_RESPONSE  # noqa: S311
    for start in range(0, responses, 1000):
        facts: list[Any] = []
        for n in range(start, min(start + 1000, responses)):
            facts += [SurveyAnswer(**members) for members in _response(dice, n, begins + timedelta(minutes=n * 17))]
        record.record(facts)


def _response(dice: random.Random, n: int, at: datetime) -> list[dict[str, Any]]:
    scores = dice.choices((5, 4, 3, 2, 1), (44, 34, 15, 5, 2), k=len(_SCALES))
    given: list[tuple[str, str, int | None]] = [
        (q, str(score), score) for q, score in zip(_SCALES, scores, strict=True)
    ]
    given += [("q5", dice.choice(_CHOICE), None), ("q6", "given", None)]
    kind = "completed" if n % 25 else "partial"
    return [
        {
            "subject": f"{SURVEY}:bench{n}", "kind": kind, "happened_at": at, "by_day": False, "survey": SURVEY, "event": "",
            "version": f"{1 + n % 2}", "question": f"{SURVEY}.{question}", "answer": f"{SURVEY}.{question}.{answer}", "score": score,
            "ordinal": n * 10 + place, "source_key": f"b{n:08x}{place:02x}", "by_name": "計測", "by_role": "計測",
        }
        for place, (question, answer, score) in enumerate(given)
    ]  # fmt: skip


def ours(period: Any, cut: Any) -> dict[str, Any]:
    """The tables as the reports make them."""
    from partner.figures.engine import Evaluation
    from partner.figures.tabulated import tabulate

    found = tabulate(Evaluation(cut), SURVEY, period)
    return {
        "states": (found.completed, found.partial), "versions": found.versions,
        "counts": {code: count for each in found.counts.values() for code, count in each.items()},
        "means": {question: str(found.of(question).mean) for question in sorted(found.counts) if found.of(question).scores},
        "cross": {
            (row, column): count
            for row, each in found.cross(f"{SURVEY}.q5", f"{SURVEY}.q1").items()
            for column, count in each.items()
        },
    }  # fmt: skip


def theirs(period: Any, cut: Any) -> dict[str, Any]:
    """The same by SQL: one query a table."""
    from decimal import ROUND_HALF_UP, Decimal

    answered = f"facts_survey_answer WHERE kind = 'completed' AND {_WITHIN.format(at='happened_at')}"
    states = dict(
        _ask(
            f"SELECT begun, COUNT(*) FROM facts_survey_response WHERE {_WITHIN.format(at='valid_from')} GROUP BY begun",
            period,
            cut,
        )
    )
    means = _ask(
        f"SELECT question, SUM(score), COUNT(score) FROM {answered} AND score IS NOT NULL GROUP BY question ORDER BY question",
        period,
        cut,
    )
    versions = _ask(
        f"SELECT version, COUNT(*) FROM facts_survey_response WHERE begun = 'completed' AND {_WITHIN.format(at='valid_from')} GROUP BY version",
        period, cut,
    )  # fmt: skip
    one, other = (
        f"(SELECT subject, answer FROM {answered} AND question = '{SURVEY}.{question}')" for question in ("q5", "q1")
    )
    crossed = f"SELECT a.answer, b.answer, COUNT(*) FROM {one} a JOIN {other} b ON a.subject = b.subject GROUP BY a.answer, b.answer"
    return {
        "states": (states["completed"], states["partial"]), "versions": dict(sorted(versions)),
        "counts": dict(_ask(f"SELECT answer, COUNT(*) FROM {answered} GROUP BY answer", period, cut)),
        "means": {
            question: str((Decimal(int(total)) / count).quantize(Decimal("0.01"), ROUND_HALF_UP)) for question, total, count in means
        },
        "cross": {(row, column): count for row, column, count in _ask(crossed, period, cut, times=2)},
    }  # fmt: skip


def _ask(sql: str, period: Any, cut: Any, times: int = 1) -> list[Any]:
    from django.db import connection

    from partner.ledger.fields import to_microseconds

    known = to_microseconds(cut)
    values = [to_microseconds(period.start), to_microseconds(period.end), known, known] * times
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


if __name__ == "__main__":
    set_up()
    sys.stdout.write(json.dumps(survey_results(), ensure_ascii=False, indent=1) + "\n")
