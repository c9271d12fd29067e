"""From the answers of one response to the response itself. Pure.

A response is partial or completed as a whole, to one version, arrived at one moment after its request, and answers a
question once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from partner.facts.models.surveys import SurveyState as K
from partner.facts.walking import LeavesOut, leaves_none_out, ranks, walk

_RANK = ranks((K.INVITED,), (K.PARTIAL, K.COMPLETED))


@dataclass(frozen=True)
class ResponseSpan:
    """A request or response before it is recorded; members as in facts.models.surveys.SurveyResponse."""

    valid_from: datetime
    valid_to: datetime | None
    begun: str
    ended: str
    survey: str
    version: str
    event: str
    questions: str
    answers: str


class _Response:
    """What was told of one response so far."""

    def __init__(self) -> None:
        self.invited: Any = None
        self.answers: list[Any] = []

    def objection(self, event: Any) -> str:
        """Why the row cannot stand beside those before it; empty if it can."""
        if event.kind == K.INVITED:
            return self._objection_to_inviting()
        if self.invited is not None and event.version != self.invited.version:
            return "同じ回答番号の調査票の版が、依頼の版と違います。"
        if self.invited is not None and event.event != self.invited.event:
            return "同じ回答番号の催しが、依頼の催しと違います。"
        return self._objection_beside(event, self.answers[0]) if self.answers else ""

    def _objection_to_inviting(self) -> str:
        if self.invited is not None:
            return "同じ回答番号の依頼がすでにあります。"
        return "依頼が回答より後です。" if self.answers else ""

    def _objection_beside(self, event: Any, first: Any) -> str:
        if event.kind != first.kind:
            return "同じ回答番号に、一部回答と回答完了が混じっています。"
        if event.happened_at != first.happened_at:
            return "同じ回答番号の回答日時が、ほかの行と違います。"
        if event.version != first.version:
            return "同じ回答番号の調査票の版が、ほかの行と違います。"
        if event.event != first.event:
            return "同じ回答番号の催しが、ほかの行と違います。"
        if any(event.question == other.question for other in self.answers):
            return "同じ設問への回答が2つあります。"
        return ""

    def apply(self, event: Any) -> None:
        """Takes the row."""
        if event.kind == K.INVITED:
            self.invited = event
        else:
            self.answers.append(event)


def derive(events: Iterable[Any], is_left_out: LeavesOut = leaves_none_out) -> list[ResponseSpan]:
    """The request and the response that the rows make. Raises SequenceError."""
    state = _Response()
    walk(state, events, _RANK, is_left_out)
    found = [] if state.invited is None else [_span(state.invited, [])]
    if state.answers:
        found.append(_span(state.answers[0], state.answers))
    return found


def _span(event: Any, answers: list[Any]) -> ResponseSpan:
    at, kind = event.happened_at, str(event.kind)
    questions, chosen = (_listed(getattr(answer, name) for answer in answers) for name in ("question", "answer"))
    return ResponseSpan(at, at, kind, kind, event.survey, event.version, event.event, questions, chosen)


def _listed(codes: Iterable[str]) -> str:
    """Several codes as a fact keeps them."""
    found = sorted(set(codes) - {""})
    return f";{';'.join(found)};" if found else ""
