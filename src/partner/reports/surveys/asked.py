"""One survey of a report: its answers, those of the last time, and which questions can be compared."""

import re
from dataclasses import dataclass
from functools import cached_property

from partner.common.period import Period
from partner.figures.tabulated import Answered, Tabulation, score_of, tabulate
from partner.ledger.fields import MICROSECOND
from partner.master.models import CatalogueEntry
from partner.reports.forms import Params
from partner.reports.service.before import earlier_events
from partner.reports.sheet import Sheet

KEY = "surveys.answers"
CHANGED = "設問変更"
SURVEY = "survey"
_NUMBERED = re.compile(r"(?:[qQｑＱ]|設問|問)\s*(\d+)")


@dataclass(frozen=True)
class Question:
    """A question as it stands in the list: its code, its words, the answers one may give."""

    code: str
    label: str
    answers: tuple[tuple[str, str], ...]

    @property
    def is_scale(self) -> bool:
        """Whether every answer is a score."""
        return bool(self.answers) and all(score_of(code) is not None for code, _ in self.answers)

    @property
    def is_text(self) -> bool:
        """Free text: only that it was given is known."""
        return [code.rpartition(".")[2] for code, _ in self.answers] == ["given"]


class Asked:
    """A survey in the period of a sheet, beside the last time."""

    def __init__(self, sheet: Sheet, survey: str) -> None:
        self.sheet, self.survey, self.period = sheet, survey, sheet.period
        self.now: Tabulation = tabulate(sheet.evaluation, survey, sheet.period)

    @property
    def label(self) -> str:
        """No.6 参加者アンケート."""
        return self.sheet.evaluation.book.label(SURVEY, self.survey, self.period.end - MICROSECOND)

    @property
    def place(self) -> str:
        """What it concerns, for what blocks."""
        return self.label.partition(" ")[0]

    @cached_property
    def last(self) -> Tabulation | None:
        """The same survey of the event of that category before, or of the period before; None where nobody answered it."""
        earlier = earlier_events(self.period.event, self.sheet.cut) if self.period.event else [self.period.previous()]
        for period in earlier:
            found = tabulate(self.sheet.evaluation, self.survey, period)
            if found.completed:
                return found
        return None

    @cached_property
    def questions(self) -> list[Question]:
        """Those of the list that hold at the period's end, and any other that was answered."""
        found = _listed(self.sheet, self.survey, self.period)
        known = {question.code for question in found}
        return found + [Question(code, code, ()) for code in sorted(set(self.now.counts) - known)]

    @cached_property
    def gone(self) -> list[Question]:
        """What was asked the last time and is asked no more."""
        if self.last is None:
            return []
        known = {question.code for question in self.questions}
        before = _listed(self.sheet, self.survey, self.last.period)
        return [question for question in before if question.code not in known]

    @cached_property
    def changed(self) -> frozenset[str]:
        """Questions that are asked otherwise than the last time: new, in other words, with other answers, or as the plan says."""
        if self.last is None:
            return frozenset()
        before = {one.code: one for one in _listed(self.sheet, self.survey, self.last.period)}
        listed = {one.code for one in self.questions if before.get(one.code) != one}
        return frozenset(listed | self._said())

    def _said(self) -> set[str]:
        """The plan's own words: those questions that they name; where they name none, all of them."""
        text = self.now.plan.changed if self.now.plan else ""
        if not text.strip():
            return set()
        numbers = {int(number) for number in _NUMBERED.findall(text)}
        named = {one.code for one in self.questions if one.label in text or _number(one.code) in numbers}
        return named or {one.code for one in self.questions}

    def before(self, question: str) -> Answered | None:
        """The answers of the last time; None across a change, and where there is no last time."""
        return None if self.last is None or question in self.changed else self.last.of(question)


def _number(code: str) -> int:
    digits = code.rpartition(".")[2].lstrip("q")
    return int(digits) if digits.isdecimal() else 0


def _listed(sheet: Sheet, survey: str, period: Period) -> list[Question]:
    book, at = sheet.evaluation.book, period.end - MICROSECOND
    answers = [(row.code, row.label) for row in book.codes("survey_answer", at)]
    return [
        Question(row.code, row.label, tuple(one for one in answers if one[0].startswith(f"{row.code}.")))
        for row in book.codes("survey_question", at)
        if row.code.startswith(f"{survey}.")
    ]


def asked(sheet: Sheet, entry: CatalogueEntry, params: Params) -> Asked:
    """The survey that the catalogue's entry names."""
    return Asked(sheet, params.get("survey", "") or entry.item.lower())
