"""From an inquiry's events to the spans in which it was open, and its first reply. Pure.

What turns out to be spam was never received: it leaves no span. A merged inquiry is closed from the merge on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from partner.facts.models.inquiries import InquiryEventKind as K
from partner.facts.walking import LeavesOut, leaves_none_out, ranks, walk

_RANK = ranks((K.RECEIVED,), (K.REOPENED,), (K.ANSWERED,), (K.CLOSED, K.MERGED), (K.SPAM,))


@dataclass(frozen=True)
class OpenSpan:
    """An inquiry while it is open; members as in facts.models.inquiries.OpenInquiry."""

    valid_from: datetime
    valid_to: datetime | None
    begun: str
    ended: str
    channel: str
    category: str


@dataclass(frozen=True)
class AnswerSpan:
    """The instant of the first reply; members as in facts.models.inquiries.InquiryAnswer."""

    valid_from: datetime
    valid_to: datetime | None
    begun: str
    ended: str
    channel: str
    category: str


class _Inquiry:
    """Where an inquiry stands while its events are walked through."""

    def __init__(self) -> None:
        self.spans: list[OpenSpan] = []
        self.open: OpenSpan | None = None
        self.answer: AnswerSpan | None = None
        self.is_spam = False

    def objection(self, event: Any) -> str:
        """Why the event cannot happen now; empty if it can."""
        was_received = self.open is not None or bool(self.spans)
        if self.is_spam:
            return "迷惑とした問い合わせです。"
        if event.kind == K.RECEIVED:
            return "すでに受け付けています。" if was_received else ""
        if not was_received:
            return f"{K(event.kind).label}の前に受付がありません。"
        if event.kind == K.REOPENED:
            return "完了していない問い合わせは再開できません。" if self.open is not None else ""
        if event.kind == K.ANSWERED:
            return "初回回答はすでに記録されています。" if self.answer is not None else ""
        if event.kind == K.SPAM:
            return ""  # also found out after the close
        return "" if self.open is not None else f"すでに完了しています（{K(event.kind).label}）。"

    def apply(self, event: Any) -> None:
        """Lets the event happen."""
        at = event.happened_at
        channel, category = self._particulars(event)
        if event.kind in (K.RECEIVED, K.REOPENED):
            self.open = OpenSpan(at, None, str(event.kind), "", channel, category)
        elif event.kind == K.ANSWERED:
            self.answer = AnswerSpan(at, at, "answered", "answered", channel, category)
        elif event.kind == K.SPAM:
            self.is_spam = True
        else:
            assert self.open is not None
            self.spans.append(replace(self.open, valid_to=at, ended=str(event.kind)))
            self.open = None

    def _particulars(self, event: Any) -> tuple[str, str]:
        before = self.open or (self.spans[-1] if self.spans else None)
        kept = (before.channel, before.category) if before else ("", "")
        return event.channel or kept[0], event.category or kept[1]


def derive(events: Iterable[Any], is_left_out: LeavesOut = leaves_none_out) -> list[OpenSpan | AnswerSpan]:
    """The open spans and the first reply that the events make. Raises SequenceError."""
    state = _Inquiry()
    walk(state, events, _RANK, is_left_out)
    if state.is_spam:
        return []
    found: list[OpenSpan | AnswerSpan] = [*state.spans]
    return found + [one for one in (state.open, state.answer) if one is not None]
