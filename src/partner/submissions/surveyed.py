"""Surveys of an event that close after the stage of the back-schedule by which their answers are needed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from partner.common.calendar import NONE
from partner.facts.models.surveys import SurveyPlan
from partner.submissions.addresses import number_of
from partner.submissions.models import ExpectedReport
from partner.submissions.schedule import in_words, stages


def late_surveys(reports: Sequence[ExpectedReport], extra: Mapping[date, str] = NONE) -> dict[int, list[str]]:
    """Report's key → what is wrong, in words: the survey's closing and the moment it is needed by. One query for all."""
    by_event = {number_of(report.period): report for report in reports if report.kind == "service"}
    rows: Any = SurveyPlan.objects
    found: dict[int, list[str]] = defaultdict(list)
    if not by_event:
        return found
    for plan in rows.believed().filter(event__in=by_event).order_by("valid_to", "id"):
        report = by_event[plan.event]
        needed = next(stage.at for stage in stages(report, extra) if stage.name == "survey")
        if plan.valid_to > needed:
            found[report.pk].append(
                f"アンケートの締切（{in_words(plan.valid_to)}）が、集計に要る時点（{in_words(needed)}）より後です。"
            )
    return found
