"""Consultations and the answers to surveys in valid time."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from partner.common.period import Period
from partner.facts.models.consultations import Consultation, MailCase
from partner.facts.models.surveys import SurveyAnswer, SurveyResponse
from partner.figures.sets import Axis, Facts, Happens, Measured, Numbers
from partner.figures.survey_plans import invited_by, plans_told, state_of

_CHANNELS = {"channel": Axis("channel", "consultation_channel")}
_SURVEY = Axis("survey", "survey")
_EVENT = Axis("event", answered=True)


class Consultations:
    """What a figure's function is handed."""

    def _facts(self, rows: Any, period: Period, what: str, prefix: str, axes: dict[str, Axis], **more: Any) -> Facts:
        return Facts(rows, period.start, axes, prefix, ("consultations", what, period.key), **more)

    def held(self, period: Period, channel: str = "") -> Facts:
        """Held in the period, face to face or online, or in one of these ways."""
        rows: Any = Consultation.objects
        rows = rows.filter(outcome="held", **({"channel": channel} if channel else {}))
        all_time = Happens(rows, "held_at", period.key)
        return self._facts(all_time.within(period), period, f"held {channel}", "CS", _CHANNELS, happens=all_time)

    def not_held(self, period: Period, outcome: str) -> Facts:
        """Booked for the period and cancelled, or nobody came."""
        rows = _within(Consultation, "booked_at", period).filter(outcome=outcome)
        return self._facts(rows, period, outcome, "CS", {})

    def answered(self, period: Period) -> Facts:
        """Cases by mail whose first answer in substance went out in the period."""
        cases: Any = MailCase.objects
        all_time = Happens(cases.all(), "answered_at", period.key)
        return self._facts(all_time.within(period), period, "answered", "MC", {}, happens=all_time)

    def survey(self, period: Period) -> Measured:
        """The consultation survey."""
        return responses(period, "consultation")


class Surveys:
    """What a figure's function is handed. Whether an event's survey is closed is judged at the cut."""

    def __init__(self, cut: datetime) -> None:
        self.cut = cut

    def answers(self, period: Period) -> Measured:
        """All surveys."""
        return responses(period, "", self.cut)


def _within(model: Any, member: str, period: Period) -> Any:
    return model.objects.filter(**{f"{member}__gte": period.start, f"{member}__lt": period.end})


def _arrived(model: Any, member: str, period: Period) -> Any:
    """What arrived in the period; of an event whatever is about it, whenever it arrived."""
    return model.objects.filter(event=period.event) if period.event else _within(model, member, period)


def responses(period: Period, survey: str, cut: datetime | None = None) -> Measured:
    """Completed responses that arrived in the period; partial ones and requests beside; the scores of the answers.

    Where nobody recorded the requests, the plan says how many there were. With `cut` an event's survey is final once closed.
    """
    within = f"{survey}." if survey else ""
    answered = {
        "survey": _SURVEY, "event": _EVENT, "question": Axis("questions", "survey_question", multiple=True, within=within),
        "answer": Axis("answers", "survey_answer", multiple=True, within=within),
    }  # fmt: skip
    one = {"survey": survey} if survey else {}

    def found(state: str, axes: dict[str, Axis]) -> Facts:
        rows = _arrived(SurveyResponse, "valid_from", period).filter(begun=state, **one)
        reads = tuple(sorted({axis.column for axis in axes.values()}))
        return Facts(rows, period.start, axes, "SR", ("surveys", survey, state, period.key), reads=reads)

    answers = _arrived(SurveyAnswer, "happened_at", period).filter(kind="completed", score__isnull=False, **one)
    each = {
        "survey": _SURVEY, "event": _EVENT, "question": Axis("question", "survey_question", within=within),
        "answer": Axis("answer", "survey_answer", within=within),
    }  # fmt: skip
    about = {"survey": _SURVEY, "event": _EVENT}

    def measure(completed: list[Any], plans: list[Any], **beside: list[Any]) -> Numbers:
        state = state_of(plans, cut) if cut and period.event and (completed or beside["partial"]) else ""
        return _measure(completed, plans, state, **beside)

    return Measured(
        found("completed", answered), measure,
        {
            "partial": found("partial", answered), "invited": found("invited", about),
            "plans": Facts(plans_told(period, **one), period.start, about, "SP", ("surveys", survey, "plans", period.key)),
            "answers": Facts(
                answers, period.start, each, "SA", ("surveys", survey, "answers", period.key),
                reads=("score", "survey", "event", "question", "answer"),
            ),
        },
    )  # fmt: skip


def _measure(
    completed: list[Any], plans: list[Any], state: str, *, partial: list[Any], invited: list[Any], answers: list[Any]
) -> Numbers:
    """A plan alone is no answer: what it states counts only beside responses."""
    asked = invited_by(invited, plans) if completed or partial or invited else 0
    rate = _ratio(len(completed), asked, "0.0001")
    mean = _ratio(sum(row.score for row in answers), len(answers), "0.01")
    measures: dict[str, int | Decimal | None] = {
        "invited": asked, "partial": len(partial), "response_rate": rate, "mean": mean,
    }  # fmt: skip
    return Numbers(len(completed), measures, state)


def _ratio(part: int, whole: int, places: str) -> Decimal | None:
    """Part by whole; None where there is nothing to divide by."""
    return (Decimal(part) / whole).quantize(Decimal(places), ROUND_HALF_UP) if whole else None
