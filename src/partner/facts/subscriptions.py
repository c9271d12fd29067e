"""From someone's subscription events to the spans he was subscribed. Pure; each service goes its own way."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from partner.facts.models.subscriptions import SubscriptionEventKind as K
from partner.facts.walking import LeavesOut, leaves_none_out, ranks, walk

_RANK = ranks((K.CONFIRMED,), (K.REACHED,), (K.BOUNCED,), (K.STOPPED,))


@dataclass(frozen=True)
class SubscribedSpan:
    """A subscription before it is recorded; members as in facts.models.subscriptions.Subscription."""

    valid_from: datetime
    valid_to: datetime | None
    begun: str
    ended: str
    service: str
    bounced: bool


class _Subscriber:
    """Where one person's services stand while his events are walked through."""

    def __init__(self) -> None:
        self.spans: list[SubscribedSpan] = []
        self.open: dict[str, SubscribedSpan] = {}

    def objection(self, event: Any) -> str:
        """Why the event cannot happen now; empty if it can."""
        span = self.open.get(event.service)
        if event.kind == K.CONFIRMED:
            return "すでに登録されています。" if span else ""
        if span is None:
            return f"{K(event.kind).label}の時点で登録がありません（確認より前か、停止の後です）。"
        if event.kind == K.BOUNCED and span.bounced:
            return "すでに不達です。"
        return "不達ではありません。" if event.kind == K.REACHED and not span.bounced else ""

    def apply(self, event: Any) -> None:
        """Lets the event happen."""
        at, service = event.happened_at, event.service
        if event.kind == K.CONFIRMED:
            again = any(span.service == service and span.ended == "stopped" for span in self.spans)
            begun = "returned" if again else "registered"
            self.open[service] = SubscribedSpan(at, None, begun, "", service, False)
            return
        old = self.open.pop(service)
        how = "stopped" if event.kind == K.STOPPED else "restated"
        self.spans.append(replace(old, valid_to=at, ended=how))
        if event.kind != K.STOPPED:
            self.open[service] = replace(old, valid_from=at, begun="restated", bounced=event.kind == K.BOUNCED)


def derive(events: Iterable[Any], is_left_out: LeavesOut = leaves_none_out) -> list[SubscribedSpan]:
    """The subscriptions that the events make. Raises SequenceError."""
    state = _Subscriber()
    walk(state, events, _RANK, is_left_out)
    return [*state.spans, *(state.open[service] for service in sorted(state.open))]
