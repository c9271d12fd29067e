"""A survey tabulated: who was asked, who answered, each question's counts, mean and scatter, and one question by another.

All from one scan of its responses. A share is the answers with a code ÷ the completed responses that answered the question.
"""

import math
from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from django.db.models import Count, Q

from partner.common.period import Period
from partner.facts.models.surveys import SurveyPlan, SurveyResponse
from partner.figures.engine import Evaluation
from partner.figures.survey_plans import chosen, plan_for, plans_told

Code = str
_KEPT: WeakKeyDictionary[Evaluation, dict[tuple[str, Period], "Tabulation"]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Tabulation:
    """One survey in a period, as known at a cut. `told` are the completed responses by what they answered."""

    survey: str
    period: Period
    plan: SurveyPlan | None
    state: str
    invited: int
    is_planned: bool  # nobody recorded the requests: the plan's number stands for them
    completed: int
    partial: int
    late: int
    versions: dict[str, int]
    told: tuple[tuple[tuple[Code, ...], int], ...]

    @property
    def is_empty(self) -> bool:
        """Whether nobody answered, not even in part."""
        return not self.completed and not self.partial

    @property
    def rate(self) -> Decimal | None:
        """Completed by invited; None where nobody is known to have been asked."""
        return _ratio(self.completed, self.invited, "0.0001")

    @cached_property
    def counts(self) -> dict[str, Counter[Code]]:
        """Question → answer → how many gave it."""
        each: Counter[Code] = Counter()
        for codes, count in self.told:
            for code in codes:
                each[code] += count
        found: dict[str, Counter[Code]] = {}
        for code, count in each.items():
            found.setdefault(question_of(code), Counter())[code] = count
        return found

    def of(self, question: str) -> "Answered":
        """The answers to one question."""
        return Answered(question, self.counts.get(question, Counter()))

    def cross(self, rows: str, columns: str) -> dict[Code, Counter[Code]]:
        """Answer to one question → answer to another → how many gave both."""
        found: dict[Code, Counter[Code]] = {}
        for codes, count in self.told:
            down = next((code for code in codes if question_of(code) == rows), "")
            across = next((code for code in codes if question_of(code) == columns), "")
            if down and across:
                found.setdefault(down, Counter())[across] += count
        return found


@dataclass(frozen=True)
class Answered:
    """What was answered to one question (or by one group of those who answered)."""

    question: str
    counts: Counter[Code]

    @property
    def n(self) -> int:
        """Completed responses that answered it."""
        return self.counts.total()

    @cached_property
    def scores(self) -> Counter[int]:
        """Answers on a scale."""
        found: Counter[int] = Counter()
        for code, count in self.counts.items():
            if (score := score_of(code)) is not None:
                found[score] += count
        return found

    @property
    def mean(self) -> Decimal | None:
        """The mean of the scores; None where nothing was answered on a scale."""
        return _ratio(sum(score * count for score, count in self.scores.items()), self.scores.total(), "0.01")

    @cached_property
    def error(self) -> float:
        """The standard error of the mean; 0 where all answered alike, infinite for fewer than two."""
        n = self.scores.total()
        if n < 2:
            return math.inf
        mean = sum(score * count for score, count in self.scores.items()) / n
        squares = sum(count * (score - mean) ** 2 for score, count in self.scores.items())
        return math.sqrt(squares / (n - 1) / n)


def question_of(code: Code) -> str:
    """no6.q1 of its answer no6.q1.5."""
    return code.rpartition(".")[0]


def score_of(code: Code) -> int | None:
    """The score of an answer on a scale."""
    last = code.rpartition(".")[2]
    return int(last) if last.isdecimal() else None


def _ratio(part: int, whole: int, places: str) -> Decimal | None:
    return (Decimal(part) / whole).quantize(Decimal(places), ROUND_HALF_UP) if whole else None


def tabulate(evaluation: Evaluation, survey: str, period: Period) -> Tabulation:
    """The survey's answers that arrived in the period (of an event: whenever they arrived); counted once a cut."""
    kept = _KEPT.setdefault(evaluation, {})
    if (survey, period) not in kept:
        kept[survey, period] = _tabulated(evaluation, survey, period)
    return kept[survey, period]


def _tabulated(evaluation: Evaluation, survey: str, period: Period) -> Tabulation:
    cut = evaluation.cut
    plan = plan_for(survey, period, cut)
    groups = _groups(survey, period, cut, plan)
    states: Counter[str] = Counter()
    versions: Counter[str] = Counter()
    told: Counter[str] = Counter()
    late = 0
    for begun, version, answers, count, after in groups:
        states[begun] += count
        if begun == "completed":
            versions[version] += count
            told[answers] += count
            late += after
    stated = chosen(plans_told(period, survey=survey).known_at(cut))
    is_planned = not states["invited"] and bool(stated and stated.invited)
    return Tabulation(
        survey, period, plan, _state(evaluation, period, plan, bool(groups)),
        stated.invited if is_planned else states["invited"], is_planned, states["completed"], states["partial"], late,
        dict(sorted(versions.items())), _told(evaluation, period, told),
    )  # fmt: skip


def _groups(survey: str, period: Period, cut: Any, plan: SurveyPlan | None) -> list[tuple[str, str, str, int, int]]:
    """The one scan: responses by state, version and answers, and how many of them came after the closing."""
    rows: Any = SurveyResponse.objects.known_at(cut).filter(survey=survey)
    days = {"valid_from__gte": period.start, "valid_from__lt": period.end}
    rows = rows.filter(**({"event": period.event} if period.event else days))
    after = Q(valid_from__gte=plan.valid_to) if plan else Q(pk__in=[])
    by = rows.order_by().values_list("begun", "version", "answers")
    return list(by.annotate(count=Count("id"), after=Count("id", filter=after)))


def _told(evaluation: Evaluation, period: Period, told: Counter[str]) -> tuple[tuple[tuple[Code, ...], int], ...]:
    """Answers under the codes by which reports count them."""
    mapping = evaluation.book.reported("survey_answer", period.start)
    moved = {code: to for code, to in mapping.items() if code != to}
    each = ((answers.strip(";").split(";"), count) for answers, count in told.items())
    return tuple((tuple(moved.get(code, code) for code in codes if code), count) for codes, count in each)


def _state(evaluation: Evaluation, period: Period, plan: SurveyPlan | None, has_rows: bool) -> str:
    """Of an event: final once the survey is closed, however little coverage says; else as its coverage says."""
    judged = evaluation.judge("surveys.answers", period)
    if not has_rows and not judged.covered and not judged.losses:
        return "missing"
    if period.event and plan is not None and has_rows:
        return "final" if plan.valid_to <= evaluation.cut else "provisional"
    return judged.state
