"""From a registrant's events to his spans. Pure: no database, no clock.

Within one instant 申請 → 却下 → 登録・再登録 → 変更 → 停止・再開 → 退会, each as soon as it can happen, so that a 再登録 of
someone in force follows that day's 退会 (catalogue §2).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from partner.facts.models.registrations import EventKind as K
from partner.facts.walking import LeavesOut, SequenceError, leaves_none_out, ranks, walk

__all__ = ["ApplicationSpan", "Event", "RegistrationSpan", "SequenceError", "derive"]


class Event(Protocol):
    """What the derivation reads of an event."""

    kind: str
    happened_at: datetime
    level: str
    organization_type: str
    medium: str
    purposes: str
    merged_into: str
    ordinal: int


@dataclass(frozen=True)
class RegistrationSpan:
    """A registration span before it is recorded; members as in facts.models.Registration."""

    valid_from: datetime
    valid_to: datetime | None
    begun: str
    ended: str
    level: str
    previous_level: str
    organization_type: str
    previous_type: str
    medium: str
    purposes: str
    suspended: bool


@dataclass(frozen=True)
class ApplicationSpan:
    """An application span before it is recorded; members as in facts.models.Application."""

    valid_from: datetime
    valid_to: datetime | None
    begun: str
    ended: str
    level: str
    organization_type: str


_RANK = ranks(
    (K.APPLIED,), (K.REFUSED,), (K.REGISTERED,), (K.RETURNED,), (K.MOVED, K.RETYPED, K.REPURPOSED),
    (K.RESUMED,), (K.SUSPENDED,), (K.LEFT, K.REMOVED, K.MERGED),
)  # fmt: skip


@dataclass
class _State:
    """Where the registration stands while its events are walked through."""

    spans: list[RegistrationSpan]
    applications: list[ApplicationSpan]
    span: RegistrationSpan | None = None
    application: ApplicationSpan | None = None
    was_registered: bool = False

    def objection(self, event: Event) -> str:
        """Why the event cannot happen now; empty if it can."""
        kind, span = event.kind, self.span
        if kind == K.APPLIED:
            return "審査中の申請がすでにあります。" if self.application else ""
        if kind == K.REFUSED:
            return "" if self.application else "却下の前に申請がありません。"
        if kind in (K.REGISTERED, K.RETURNED):
            return self._objection_to_registering(kind)
        if span is None:
            label = K(kind).label
            return f"{label}の時点で登録がありません（登録より前か、退会の後です）。"
        return _objection_while_registered(event, span)

    def _objection_to_registering(self, kind: str) -> str:
        if self.span is not None:
            return "すでに登録されています（登録の期間が重なります）。"
        if kind == K.REGISTERED and self.was_registered:
            return "一度退会した番号です。異動区分を「再登録」にしてください。"
        if kind == K.RETURNED and not self.was_registered:
            return "再登録の前に登録がありません。異動区分を「登録」にしてください。"
        return ""

    def apply(self, event: Event) -> None:
        """Lets the event happen."""
        kind, at = event.kind, event.happened_at
        if kind == K.APPLIED:
            self.application = ApplicationSpan(at, None, "applied", "", event.level, event.organization_type)
        elif kind == K.REFUSED:
            self._close_application(at, "refused")
        elif kind in (K.REGISTERED, K.RETURNED):
            self._close_application(at, "approved")
            self._begin(event)
        elif kind in (K.LEFT, K.REMOVED, K.MERGED):
            self._close_application(at, "lapsed")
            self._close(at, kind)
        else:
            self._change(event)

    def _begin(self, event: Event) -> None:
        self.was_registered = True
        self.span = RegistrationSpan(
            event.happened_at, None, event.kind, "", event.level, "", event.organization_type, "",
            event.medium, event.purposes, False,
        )  # fmt: skip

    def _change(self, event: Event) -> None:
        old, kind = self.span, event.kind
        assert old is not None
        how = kind if kind in (K.MOVED, K.RETYPED) else "restated"
        self._close(event.happened_at, how)
        new = replace(old, valid_from=event.happened_at, begun=how, previous_level="", previous_type="")
        if kind == K.MOVED:
            self._close_application(event.happened_at, "approved")
            new = replace(new, level=event.level, previous_level=old.level)
        elif kind == K.RETYPED:
            new = replace(new, organization_type=event.organization_type, previous_type=old.organization_type)
        elif kind == K.REPURPOSED:
            new = replace(new, purposes=event.purposes)
        else:
            new = replace(new, suspended=kind == K.SUSPENDED)
        self.span = new

    def _close(self, at: datetime, how: str) -> None:
        assert self.span is not None
        self.spans.append(replace(self.span, valid_to=at, ended=str(how)))
        self.span = None

    def _close_application(self, at: datetime, how: str) -> None:
        if self.application is not None:
            self.applications.append(replace(self.application, valid_to=at, ended=how))
            self.application = None


def _objection_while_registered(event: Event, span: RegistrationSpan) -> str:
    kind = event.kind
    if kind == K.MOVED and event.level == span.level:
        return "区分変更ですが、変更後の区分が今の区分と同じです。"
    if kind == K.RETYPED and event.organization_type == span.organization_type:
        return "種別変更ですが、変更後の団体種別が今の種別と同じです。"
    if kind == K.SUSPENDED and span.suspended:
        return "すでに停止中です。"
    if kind == K.RESUMED and not span.suspended:
        return "停止していない登録は再開できません。"
    return ""


def derive(
    events: Iterable[Event], is_left_out: LeavesOut = leaves_none_out
) -> tuple[list[RegistrationSpan], list[ApplicationSpan]]:
    """The registration spans and application spans that the events make. Raises SequenceError."""
    state = _State([], [])
    walk(state, events, _RANK, is_left_out)
    if state.span is not None:
        state.spans.append(state.span)
    if state.application is not None:
        state.applications.append(state.application)
    return state.spans, state.applications
