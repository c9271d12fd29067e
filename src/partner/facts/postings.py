"""From a posting's events to the times it was public. Pure: no database, no clock.

Within one instant 公開 → 修正 → 終了 → 再開. A last day (掲載終了日) ends a publication by itself, at 00:00 of the day after;
a sheet that knows days only may close or prolong it at that very instant.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from partner.facts.models.postings import PostingEventKind as K
from partner.facts.walking import LeavesOut, leaves_none_out, ranks, walk

_RANK = ranks((K.PUBLISHED,), (K.MENDED,), (K.CLOSED,), (K.REOPENED,))


@dataclass(frozen=True)
class PublicSpan:
    """A publication before it is recorded; members as in facts.models.postings.Publication."""

    valid_from: datetime
    valid_to: datetime | None
    begun: str
    ended: str
    organization: str
    organization_type: str
    field: str
    all_fields: str


class _Posting:
    """Where a posting stands while its events are walked through."""

    def __init__(self) -> None:
        self.spans: list[PublicSpan] = []
        self.open: PublicSpan | None = None
        self.ends_at: datetime | None = None
        self.was_published = False

    def objection(self, event: Any) -> str:
        """Why the event cannot happen now; empty if it can."""
        at = event.happened_at
        is_open = self.open is not None and (self.ends_at is None or self.ends_at >= at)
        if event.kind == K.PUBLISHED and self.was_published:
            return "すでに公開されています。もう一度公開するときは「再開」にしてください。"
        if event.kind == K.PUBLISHED:
            return ""
        if not self.was_published:
            return f"{K(event.kind).label}の前に公開がありません。"
        if event.kind == K.REOPENED:
            return "公開中です。再開は終了の後に書いてください。" if is_open and self.ends_at != at else ""
        return "" if is_open else f"{K(event.kind).label}の時点で公開されていません（掲載終了の後です）。"

    def apply(self, event: Any) -> None:
        """Lets the event happen."""
        if event.kind == K.CLOSED:
            self._close(event.happened_at, "closed")
        elif event.kind == K.MENDED:
            self._mend(event)
        else:
            self.expire()
            self.was_published = True
            before = self.spans[-1] if self.spans else None
            self.open = _publication(event, event.kind, before)
            self.ends_at = event.ends_at

    def _mend(self, event: Any) -> None:
        """Cuts the publication; what is mended at the instant of its beginning began so."""
        old = self.open
        assert old is not None
        self.ends_at = event.ends_at or self.ends_at
        if event.happened_at == old.valid_from:
            self.open = _publication(event, old.begun, old)
        else:
            self._close(event.happened_at, "mended")
            self.open = _publication(event, "mended", old)

    def expire(self) -> None:
        """Ends at its last day what has one."""
        if self.open is not None and self.ends_at is not None:
            self._close(self.ends_at, "expired")

    def _close(self, at: datetime, how: str) -> None:
        assert self.open is not None
        self.spans.append(replace(self.open, valid_to=at, ended=how))
        self.open = None


def _publication(event: Any, begun: str, before: PublicSpan | None) -> PublicSpan:
    """What the event says; what it leaves out stays as it was before. Who states one field states them all."""
    kept = before or PublicSpan(event.happened_at, None, "", "", "", "", "", "")
    is_another = event.organization not in ("", kept.organization)
    field = event.field or kept.field
    codes = {field, *event.other_fields.split(";")} - {""}
    states_fields = bool(event.field or event.other_fields)
    return PublicSpan(
        event.happened_at, None, str(begun), "", event.organization or kept.organization,
        event.organization_type or ("" if is_another else kept.organization_type), field,
        (f";{';'.join(sorted(codes))};" if codes else "") if states_fields else kept.all_fields,
    )  # fmt: skip


def derive(events: Iterable[Any], is_left_out: LeavesOut = leaves_none_out) -> list[PublicSpan]:
    """The publications that the events make. Raises SequenceError."""
    state = _Posting()
    walk(state, events, _RANK, is_left_out)
    state.expire()
    return [*state.spans, *([state.open] if state.open is not None else [])]
