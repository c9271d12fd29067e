"""The question that took the place of another in the events' questionnaires: from April 2026 on, 進路への役立ち for 意欲."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from partner.common.calendar import nth_business_day
from partner.common.period import midnight
from partner.demo.surroundings import ADMIN, at
from partner.ledger.models import Recorded
from partner.master.models import Code

CHANGED = date(2026, 4, 1)
_SURVEYS = ("no6", "no7", "no8")
_LABEL = "進路への役立ち"
_SCALE = ((5, "5（最もよい）"), (4, "4"), (3, "3"), (2, "2"), (1, "1（最もよくない）"))


def questions(until: date) -> Iterator[Recorded]:
    """The question of each survey, and its five answers."""
    told = at(nth_business_day(date(2026, 3, 1), 10), 11)
    if told.date() > until:
        return
    for n, survey in enumerate(_SURVEYS):
        code, place = f"{survey}.q7", 2000 + n * 10
        yield _row("survey_question", code, _LABEL, place, told)
        for rank, (score, label) in enumerate(_SCALE, 1):
            yield _row("survey_answer", f"{code}.{score}", f"{_LABEL} {label}", place * 10 + rank, told)


def _row(name: str, code: str, label: str, position: int, told: Any) -> Recorded:
    row = Code(
        list=name, code=code, label=label, position=position, valid_from=midnight(CHANGED), valid_to=None, reason="設問の変更",
        by_name=ADMIN[0], by_role=ADMIN[1],
    )  # fmt: skip
    row.recorded_at = told
    return row
