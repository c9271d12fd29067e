"""Puts a plan onto the ledger: prepared in temporary tables, then one short transaction with one tick."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.db import IntegrityError, connection, models, transaction

from partner.facts.intake.planning import Plan
from partner.facts.models.base import Event
from partner.facts.models.coverage import Coverage, Load
from partner.facts.models.identity import Identity
from partner.facts.streams import Stream
from partner.ledger import clock, write
from partner.ledger.fields import InstantField, to_microseconds
from partner.ledger.models import Erasure

_BATCH = 2000


class Overtaken(Exception):
    """Someone recorded facts of the same subjects meanwhile: the plan must be made anew."""


def _table(model: type[models.Model]) -> str:
    return model._meta.db_table


def _columns(model: type[models.Model]) -> list[str]:
    """The columns that a plan fills; the transaction adds the ticks, and the load to an event."""
    left_out = {"id", "recorded_at", "superseded_at", "load"}
    return [name for field in model._meta.concrete_fields if (name := field.column) and name not in left_out]


def _quoted(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def stage(stream: Stream, plan: Plan) -> None:
    """Fills this connection's temporary tables. Takes no lock on the ledger."""
    unstage(stream)
    with connection.cursor() as cursor:
        for model in _staged_models(stream):
            cursor.execute(f"CREATE TEMP TABLE staged_{_table(model)} AS SELECT * FROM {_table(model)} WHERE 1 = 0")
        cursor.execute("CREATE TEMP TABLE staged_subject (subject varchar(40) PRIMARY KEY)")
        cursor.execute("CREATE TEMP TABLE staged_gone (place varchar(60), id bigint, PRIMARY KEY (place, id))")
        if connection.in_atomic_block:
            _fill_all(cursor, stream, plan)
            return
        cursor.execute("BEGIN")  # one transaction of its own on the temporary tables alone
        try:
            _fill_all(cursor, stream, plan)
        except BaseException:
            cursor.execute("ROLLBACK")
            raise
        cursor.execute("COMMIT")


def _fill_all(cursor: Any, stream: Stream, plan: Plan) -> None:
    # neighbours in the indexes: the last transaction is shorter
    facts = sorted(plan.facts, key=attrgetter("subject")) if issubclass(stream.told, Event) else plan.facts
    _fill(cursor, stream.told, facts)
    for model in stream.spans.values():
        spans = (span for span in plan.spans if isinstance(span, model))
        _fill(cursor, model, sorted(spans, key=attrgetter("subject")))
    _fill(cursor, Identity, plan.new_identities.values())
    _insert(cursor, "staged_subject", ["subject"], ((subject,) for subject in sorted(plan.subjects)))
    gone = [(_table(stream.told), key) for key in plan.gone_facts]
    gone += [(_table(type(span)), span.pk) for span in plan.gone_spans]
    _insert(cursor, "staged_gone", ["place", "id"], gone)


def unstage(stream: Stream) -> None:
    """Drops the temporary tables: names and addresses stay nowhere but with the identities."""
    with connection.cursor() as cursor:
        for model in _staged_models(stream):
            cursor.execute(f"DROP TABLE IF EXISTS staged_{_table(model)}")
        for name in ("staged_subject", "staged_gone"):
            cursor.execute(f"DROP TABLE IF EXISTS {name}")


def _staged_models(stream: Stream) -> tuple[type[models.Model], ...]:
    return *stream.models, Identity


def _fill(cursor: Any, model: type[models.Model], rows: Iterable[Any]) -> None:
    fields = [field for field in model._meta.concrete_fields if field.column in _columns(model)]
    names = [str(field.column) for field in fields]
    instants = {field.attname for field in fields if isinstance(field, InstantField)}

    def value(row: Any, name: str) -> Any:
        found = getattr(row, name)
        if isinstance(found, Decimal):
            return str(found)
        return to_microseconds(found) if name in instants and found is not None else found

    members = [field.attname for field in fields]
    values = (tuple(value(row, name) for name in members) for row in rows)
    ordered = sorted(values) if model is Identity else values
    _insert(cursor, f"staged_{_table(model)}", names, ordered)


def _insert(cursor: Any, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    marks = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {table} ({_quoted(columns)}) VALUES ({marks})"
    batch: list[tuple[Any, ...]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            cursor.executemany(statement, batch)
            batch = []
    if batch:
        cursor.executemany(statement, batch)


def commit(stream: Stream, plan: Plan, load: Load, coverage: Coverage | None, known: datetime) -> datetime:
    """Writes the staged plan with one tick. Raises Overtaken if facts that it touches were recorded after `known`."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            tick = clock.tick()
            _must_not_be_overtaken(cursor, stream, known)
            load.recorded_at = tick
            load.save(force_insert=True)
            if _close(cursor, stream.told, tick) != len(plan.gone_facts):
                raise Overtaken
            _record(cursor, stream.told, tick, load.pk)
            for model in stream.spans.values():
                _close(cursor, model, tick)
                _record(cursor, model, tick, None)
            names = _quoted(_columns(Identity))
            cursor.execute(f"INSERT INTO {_table(Identity)} ({names}) SELECT {names} FROM staged_{_table(Identity)}")
            for identity in plan.changed_identities:
                identity.save(force_update=True)
            if coverage is not None:
                coverage.load = load.pk
                write.record([coverage])
    except IntegrityError as error:
        raise Overtaken from error
    return tick


def _must_not_be_overtaken(cursor: Any, stream: Stream, known: datetime) -> None:
    """Nobody recorded anything of the subjects since, and none of them was erased."""
    since, overtaken = to_microseconds(known), None
    if stream.spans:
        cursor.execute(
            f"SELECT 1 FROM {_table(stream.told)} e JOIN staged_subject s ON e.subject = s.subject "
            "WHERE e.recorded_at > %s OR e.superseded_at > %s LIMIT 1", [since, since],
        )  # fmt: skip
        overtaken = cursor.fetchone()
    cursor.execute(
        f"SELECT 1 FROM {_table(Erasure)} e JOIN staged_subject s ON e.old_key = s.subject WHERE e.tick > %s LIMIT 1",
        [since],
    )
    if overtaken or cursor.fetchone():
        raise Overtaken


def _close(cursor: Any, model: type[models.Model], tick: datetime) -> int:
    """Closes the staged rows of the model that are still believed, and says how many they were."""
    cursor.execute(
        f"UPDATE {_table(model)} SET superseded_at = %s WHERE superseded_at IS NULL "
        "AND id IN (SELECT id FROM staged_gone WHERE place = %s)", [to_microseconds(tick), _table(model)],
    )  # fmt: skip
    closed: int = cursor.rowcount
    return closed


def _record(cursor: Any, model: type[models.Model], tick: datetime, load: int | None) -> None:
    names = _columns(model)
    extra, values = ["recorded_at"], [to_microseconds(tick)]
    if load is not None:
        extra, values = ["recorded_at", "load"], [to_microseconds(tick), load]
    marks = ", ".join(["%s"] * len(values))
    cursor.execute(
        f"INSERT INTO {_table(model)} ({_quoted(names)}, {_quoted(extra)}) "
        f"SELECT {_quoted(names)}, {marks} FROM staged_{_table(model)}", values,
    )  # fmt: skip
