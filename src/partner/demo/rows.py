"""From what was told to rows of the ledger, in the order of their ticks, a bounded number at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from itertools import islice
from typing import Any

from django.db import connection

from partner.demo.telling import Event, Memory
from partner.facts.models.identity import Identity
from partner.facts.sequence import ApplicationSpan, RegistrationSpan
from partner.facts.streams import Party

BY = ("例示 太郎", "事務局")
_BATCH = 5000


def insert(table: str, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> int:
    """Inserts the rows and returns how many they were."""
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  (names come from the models)
    iterator, count = iter(rows), 0
    with connection.cursor() as cursor:
        while batch := list(islice(iterator, _BATCH)):
            cursor.executemany(statement, batch)
            count += len(batch)
    return count


_EVENT = tuple(field.name for field in fields(Event))
_SPANS: dict[type, tuple[str, ...]] = {
    kind: tuple(field.name for field in fields(kind)) for kind in (RegistrationSpan, ApplicationSpan)
}


def insert_memory(party: Party, memory: Memory) -> dict[str, int]:
    """Events, registrations and applications of one party."""
    return {
        "events": insert(party.event._meta.db_table, ("subject", *_EVENT, "by_name", "by_role"), _events(memory)),
        "registrations": insert(
            party.registration._meta.db_table, ("subject", *_SPANS[RegistrationSpan], "recorded_at", "superseded_at"),
            _spans(memory, RegistrationSpan),
        ),
        "applications": insert(
            party.application._meta.db_table, ("subject", *_SPANS[ApplicationSpan], "recorded_at", "superseded_at"),
            _spans(memory, ApplicationSpan),
        ),
    }  # fmt: skip


def _events(memory: Memory) -> Iterator[tuple[Any, ...]]:
    for subject, event in memory.events:
        yield (subject, *(getattr(event, name) for name in _EVENT), *BY)


def _spans(memory: Memory, kind: type) -> Iterator[tuple[Any, ...]]:
    names = _SPANS[kind]
    for subject, kept in memory.spans:
        if isinstance(kept.span, kind):
            yield (subject, *(getattr(kept.span, name) for name in names), kept.recorded_at, kept.superseded_at)


def insert_identities(party: Party, made: list[tuple[str, int, tuple[str, str, str]]], memory: Memory) -> int:
    """Who the subjects are, as far as something was told of them."""
    form = "P{:07d}" if party.kind == "people" else "O{:06d}"
    told = {subject for subject, _ in memory.events}
    rows = ((key, str(party.code), form.format(number), *who) for key, number, who in made if key in told)
    return insert(Identity._meta.db_table, ("subject", "party", "number", "name", "address", "email"), rows)
