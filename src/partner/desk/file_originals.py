"""Originals on paper beside the completed responses they belong to."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from partner.desk.file_subjects import SURVEYS
from partner.facts.models import Attachment, SurveyResponse
from partner.facts.models.surveys import SurveyState

_ANNEXED = "no8"  # its report wants one original for each completed response


@dataclass(frozen=True)
class Papers:
    """The originals of one survey of an event, and how many responses were completed."""

    survey: str
    files: int
    completed: int

    @property
    def label(self) -> str:
        """No.8."""
        return self.survey.replace("no", "No.")

    @property
    def must_match(self) -> bool:
        """Whether each completed response needs its original."""
        return self.survey == _ANNEXED

    @property
    def lacks(self) -> bool:
        """Whether it does, and the numbers differ."""
        return self.must_match and self.files != self.completed


def originals(events: list[str]) -> dict[str, list[Papers]]:
    """For each event the surveys that have originals, or ought to."""
    files, responses = _files(events), _completed(events)
    return {event: [one for survey in SURVEYS if (one := _papers(event, survey, files, responses))] for event in events}


def _papers(event: str, survey: str, files: Counter[Any], responses: Counter[Any]) -> Papers | None:
    one = Papers(survey, files[f"event:{event}", survey], responses[event, survey])
    return one if one.files or one.lacks else None


def _files(events: list[str]) -> Counter[tuple[str, str]]:
    rows: Any = Attachment.objects
    there = rows.believed().filter(about__in=[f"event:{event}" for event in events], role=Attachment.Role.ORIGINAL)
    return Counter({(about, survey): n for about, survey, n in _counted(there, "about")})


def _completed(events: list[str]) -> Counter[tuple[str, str]]:
    rows: Any = SurveyResponse.objects
    there = rows.believed().filter(event__in=events, survey=_ANNEXED, begun=SurveyState.COMPLETED)
    return Counter({(event, survey): n for event, survey, n in _counted(there, "event")})


def _counted(rows: Any, by: str) -> Any:
    return rows.values_list(by, "survey").annotate(n=Count("id"))
