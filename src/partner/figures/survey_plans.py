"""By which plan a survey is read, to whom it went, and when its answers are all there."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from partner.common.period import Period
from partner.facts.models.surveys import PlanState, SurveyPlan


def plans_told(period: Period, **one: Any) -> Any:
    """Plans of an event's surveys; of other periods those whose answers are taken from a day of the period on."""
    rows: Any = SurveyPlan.objects.filter(**one)
    if period.event:
        return rows.filter(event=period.event)
    return rows.filter(valid_from__gte=period.start, valid_from__lt=period.end)


def chosen(plans: Iterable[Any]) -> Any:
    """Of several versions the agreed one, of these the latest; None where there is none."""
    return max(plans, key=_rank, default=None)


def _rank(plan: Any) -> tuple[bool, datetime, datetime, int]:
    return plan.state == PlanState.AGREED, plan.valid_from, plan.proposed_at, plan.pk


def plan_for(survey: str, period: Period, cut: datetime) -> SurveyPlan | None:
    """The survey's plan in the period as known at the cut: of an event its own, else one that holds within the period."""
    rows: Any = SurveyPlan.objects.known_at(cut).filter(survey=survey, event=period.event)
    if not period.event:
        rows = rows.filter(valid_from__lt=period.end, valid_to__gt=period.start)
    return chosen(rows)


def invited_by(requests: Iterable[Any], plans: Iterable[Any]) -> int:
    """How many were asked: the requests that were recorded; of a survey (and event) without any, what its plan states."""
    asked = [(row.survey, row.event) for row in requests]
    stated: dict[tuple[str, str], list[Any]] = {}
    for plan in plans:
        stated.setdefault((plan.survey, plan.event), []).append(plan)
    without = [chosen(each) for about, each in stated.items() if about not in set(asked)]
    return len(asked) + sum(plan.invited or 0 for plan in without)


def state_of(plans: Iterable[Any], cut: datetime) -> str:
    """final once every survey of an event is closed at the cut, provisional before; empty where no plan says."""
    closings = [plan.valid_to for plan in plans]
    if not closings:
        return ""
    return "final" if max(closings) <= cut else "provisional"
