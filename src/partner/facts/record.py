"""The only way in: record, correct, withdraw. An action calls these last, so that the lock is held briefly."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from partner.common.refusal import Refusal
from partner.facts.models.registrations import RegistrationEvent, Span
from partner.facts.parties import PARTIES, Party
from partner.facts.sequence import SequenceError
from partner.facts.spans import changes
from partner.ledger import clock, write
from partner.ledger.models import Recorded

_BY_EVENT = {party.event: party for party in PARTIES.values()}


def record(facts: Sequence[Recorded]) -> datetime:
    """Records the facts and, in the same tick, the spans that follow from registration events.

    Raises Refusal where a subject's events would make no sequence; then nothing is recorded.
    """
    with transaction.atomic():
        tick = clock.tick()
        write.record(facts)
        _derive_again([fact for fact in facts if isinstance(fact, RegistrationEvent)])
    return tick


def correct(old: Recorded, new: Recorded) -> datetime:
    """Closes what was believed and records what is now believed. Raises Refusal as `record` does."""
    with transaction.atomic():
        tick = clock.tick()
        write.correct(old, new)
        _derive_again([fact for fact in (old, new) if isinstance(fact, RegistrationEvent)])
    return tick


def withdraw(old: Recorded) -> datetime:
    """Closes what was believed; nothing takes its place. Raises Refusal as `record` does."""
    with transaction.atomic():
        tick = clock.tick()
        write.withdraw(old)
        _derive_again([old] if isinstance(old, RegistrationEvent) else [])
    return tick


def _derive_again(events: Iterable[RegistrationEvent]) -> None:
    subjects: dict[Party, set[str]] = defaultdict(set)
    for event in events:
        subjects[_BY_EVENT[type(event)]].add(event.subject)
    for party, keys in subjects.items():
        _derive_subjects(party, sorted(keys))


def _believed(model: Any, subjects: list[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in model.objects.believed().filter(subject__in=subjects):
        found[row.subject].append(row)
    return found


def _derive_subjects(party: Party, subjects: list[str]) -> None:
    for start in range(0, len(subjects), 500):
        chunk = subjects[start : start + 500]
        events, registrations, applications = (
            _believed(model, chunk) for model in (party.event, party.registration, party.application)
        )
        gone: list[Span] = []
        new: list[Span] = []
        for subject in chunk:
            try:
                going, coming = changes(party, subject, events[subject], registrations[subject], applications[subject])
            except SequenceError as error:
                raise Refusal("no_sequence", error.reason) from None
            gone += going
            new += coming
        for model in (party.registration, party.application):
            keys = [row.pk for row in gone if isinstance(row, model)]
            write.supersede(model.objects.filter(pk__in=keys))
        write.record(new)
