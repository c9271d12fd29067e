"""Remembers what was told when: events and the spans that follow from them, with both ticks of each row.

The spans are derived as partner.facts.record derives them; rows are handed over once, with recorded and superseded.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from partner.facts.sequence import ApplicationSpan, RegistrationSpan, derive


@dataclass(slots=True)
class Event:
    """An event before it is a row; instants are microseconds."""

    kind: str
    happened_at: int
    by_day: bool
    level: str = ""
    organization_type: str = ""
    medium: str = ""
    purposes: str = ""
    merged_into: str = ""
    ordinal: int = 0
    source_key: str = ""
    reason: str = ""
    recorded_at: int = 0
    superseded_at: int | None = None


@dataclass(slots=True)
class Kept:
    """A derived span with its two ticks."""

    span: RegistrationSpan | ApplicationSpan
    recorded_at: int
    superseded_at: int | None = None


@dataclass(slots=True)
class Subject:
    """One registrant's believed events and spans."""

    key: str
    events: list[Event] = field(default_factory=list)
    spans: list[Kept] = field(default_factory=list)


class Memory:
    """Everything told so far of one party, ready to become rows."""

    def __init__(self) -> None:
        self.events: list[tuple[str, Event]] = []
        self.spans: list[tuple[str, Kept]] = []
        self._ordinals = 0

    def tell(self, subject: Subject, new: Iterable[Event], gone: Iterable[Event], tick: int) -> None:
        """At the tick, these events of the subject come to be believed and those cease to be."""
        for event in gone:
            event.superseded_at = tick
            subject.events.remove(event)
        for event in new:
            self._ordinals += not event.ordinal
            event.ordinal = event.ordinal or self._ordinals
            event.recorded_at = tick
            subject.events.append(event)
            self.events.append((subject.key, event))
        self._derive(subject, tick)

    def _derive(self, subject: Subject, tick: int) -> None:
        events: Any = subject.events  # instants as microseconds sort as instants do
        registrations, applications = derive(events)
        coming: list[Any] = [*registrations, *applications]
        staying: list[Kept] = []
        for kept in subject.spans:
            if kept.span in coming:
                coming.remove(kept.span)
                staying.append(kept)
            else:
                kept.superseded_at = tick
        new = [Kept(span, tick) for span in coming]
        self.spans += [(subject.key, kept) for kept in new]
        subject.spans = staying + new
