"""The only way in: record, correct, withdraw. An action calls these last, so that the lock is held briefly."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from partner.common.refusal import Refusal
from partner.facts.models.base import Event, Span
from partner.facts.spans import changes
from partner.facts.streams import BY_TOLD, Stream
from partner.facts.walking import SequenceError
from partner.ledger import clock, write
from partner.ledger.models import Recorded


def record(facts: Sequence[Recorded]) -> datetime:
    """Records the facts and, in the same tick, the spans that follow from events.

    Raises Refusal where a subject's events would make no sequence; then nothing is recorded.
    """
    with transaction.atomic():
        tick = clock.tick()
        write.record(facts)
        derive_again(facts)
    return tick


def correct(old: Recorded, new: Recorded) -> datetime:
    """Closes what was believed and records what is now believed. Raises Refusal as `record` does."""
    with transaction.atomic():
        tick = clock.tick()
        write.correct(old, new)
        derive_again((old, new))
    return tick


def withdraw(old: Recorded) -> datetime:
    """Closes what was believed; nothing takes its place. Raises Refusal as `record` does."""
    with transaction.atomic():
        tick = clock.tick()
        write.withdraw(old)
        derive_again([old])
    return tick


def derive_again(facts: Iterable[Recorded]) -> None:
    """In this transaction's tick, the spans of every subject of these facts as they now follow. Raises Refusal."""
    subjects: dict[Stream, set[str]] = defaultdict(set)
    for fact in facts:
        if isinstance(fact, Event):
            subjects[BY_TOLD[type(fact)]].add(fact.subject)
    for stream, keys in subjects.items():
        _derive_subjects(stream, sorted(keys))


def believed_spans(stream: Stream, subjects: Sequence[str]) -> dict[str, list[Span]]:
    """The spans now believed of each of these subjects."""
    found: dict[str, list[Span]] = defaultdict(list)
    for model in stream.spans.values():
        for row in model.objects.believed().filter(subject__in=subjects):
            found[row.subject].append(row)
    return found


def believed_events(stream: Stream, subjects: Sequence[str]) -> dict[str, list[Any]]:
    """What is now believed to have happened to each of these subjects."""
    found: dict[str, list[Any]] = defaultdict(list)
    query: Any = stream.told.objects
    for row in query.believed().filter(subject__in=subjects):
        found[row.subject].append(row)
    return found


def _derive_subjects(stream: Stream, subjects: list[str]) -> None:
    for start in range(0, len(subjects), 500):
        chunk = subjects[start : start + 500]
        events, spans = believed_events(stream, chunk), believed_spans(stream, chunk)
        gone: list[Span] = []
        new: list[Span] = []
        for subject in chunk:
            try:
                going, coming = changes(stream, subject, events[subject], spans[subject])
            except SequenceError as error:
                raise Refusal("no_sequence", error.reason) from None
            gone += going
            new += coming
        for model in stream.spans.values():
            keys = [row.pk for row in gone if isinstance(row, model)]
            write.supersede(model.objects.filter(pk__in=keys))
        write.record(new)
