"""Triggers that keep the ledger append-only, on SQLite and PostgreSQL, against the product's own database role.

Two updates pass: closing a row's recorded time with the current tick, and replacing a subject's key while an
erasure with that key and the current tick exists. They are installed at every `post_migrate`, because a table
rebuilt by a migration loses its triggers without a word.
"""

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import UniqueConstraint

from partner.ledger.clock import ORIGIN
from partner.ledger.fields import to_microseconds
from partner.ledger.models import Clock, Erasure, Recorded

_CURRENT = "(SELECT last FROM ledger_clock)"


def guarded_models() -> list[type[Recorded]]:
    """Every concrete model on the ledger."""
    return [model for model in apps.get_models() if issubclass(model, Recorded)]


def install(using: str = "default", **_: Any) -> None:
    """Replaces all triggers of the ledger's tables."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    statements = _sqlite if connection.vendor == "sqlite" else _postgres
    if not {"ledger_clock", "ledger_erasure"} <= tables:
        return
    with connection.cursor() as cursor:
        for statement in statements([m for m in guarded_models() if m._meta.db_table in tables]):
            cursor.execute(statement)


def _columns(model: type[Any]) -> list[str]:
    return [field.column for field in model._meta.concrete_fields]


def _same(columns: list[str]) -> str:
    return " AND ".join(f'NEW."{name}" IS OLD."{name}"' for name in columns)


def _sqlite(models: list[type[Recorded]]) -> list[str]:
    made: list[str] = []

    def trigger(table: str, event: str, refuse_when: str) -> None:
        name = f"{table}_{event.lower()}_guard"
        made.append(f"DROP TRIGGER IF EXISTS {name}")
        made.append(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {refuse_when} "
            f"BEGIN SELECT RAISE(ABORT, 'ledger: {event} on {table} refused'); END"
        )

    for model in models:
        table = model._meta.db_table
        trigger(table, "INSERT", _sqlite_insert_refused(model))
        trigger(table, "UPDATE", f"NOT ({_sqlite_update_allowed(model)})")
        trigger(table, "DELETE", "1")
    origin = to_microseconds(ORIGIN)
    trigger("ledger_clock", "INSERT", "EXISTS (SELECT 1 FROM ledger_clock)")
    trigger(
        "ledger_clock", "UPDATE", f"NEW.last < OLD.last OR NEW.id <> OLD.id "
        f"OR (NEW.telling AND NOT OLD.telling AND OLD.last > {origin})"
    )  # fmt: skip
    trigger("ledger_clock", "DELETE", "1")
    others = [name for name in _columns(Erasure) if name != "purged_at"]
    trigger(
        "ledger_erasure", "INSERT", f"NEW.tick <> {_CURRENT} OR EXISTS (SELECT 1 FROM ledger_erasure WHERE id = NEW.id)"
    )
    trigger("ledger_erasure", "UPDATE", f"NOT ({_same(others)})")
    trigger("ledger_erasure", "DELETE", "1")
    return made


def _sqlite_insert_refused(model: type[Recorded]) -> str:
    """An existing key (that is how REPLACE gets through), or a time that is not the current tick."""
    table = model._meta.db_table
    taken = [f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"]
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            same = " AND ".join(f"{name} = NEW.{name}" for name in constraint.fields)
            taken.append(
                f"(NEW.superseded_at IS NULL AND EXISTS (SELECT 1 FROM {table} WHERE {same} AND superseded_at IS NULL))"
            )
    timely = (
        "EXISTS (SELECT 1 FROM ledger_clock WHERE (last = NEW.recorded_at AND NEW.superseded_at IS NULL) OR telling)"
    )
    return " OR ".join([*taken, f"NOT {timely}"])


def _sqlite_update_allowed(model: type[Recorded]) -> str:
    columns = _columns(model)
    closing = (
        f"OLD.superseded_at IS NULL AND NEW.superseded_at = {_CURRENT} "
        f"AND {_same([name for name in columns if name != 'superseded_at'])}"
    )
    if not model.subject_fields:
        return closing
    keys = " AND ".join(
        f"(NEW.{name} IS OLD.{name} OR EXISTS (SELECT 1 FROM ledger_erasure WHERE old_key = OLD.{name} "
        f"AND new_key = NEW.{name} AND tick = {_CURRENT}))"
        for name in model.subject_fields
    )
    erasing = f"{_same([name for name in columns if name not in model.subject_fields])} AND {keys}"
    return f"({closing}) OR ({erasing})"


_POSTGRES_FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: % on % refused', TG_OP, TG_TABLE_NAME;
END $$;
CREATE OR REPLACE FUNCTION ledger_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM ledger_clock WHERE (last = NEW.recorded_at AND NEW.superseded_at IS NULL) OR telling) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'ledger: INSERT on % refused', TG_TABLE_NAME;
END $$;
CREATE OR REPLACE FUNCTION ledger_update() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before jsonb := to_jsonb(OLD);
  after jsonb := to_jsonb(NEW);
  now_tick bigint := {_CURRENT};
  name text;
BEGIN
  IF OLD.superseded_at IS NULL AND NEW.superseded_at = now_tick
     AND before - 'superseded_at' = after - 'superseded_at' THEN
    RETURN NEW;
  END IF;
  FOREACH name IN ARRAY TG_ARGV LOOP
    IF before -> name IS DISTINCT FROM after -> name AND EXISTS (
         SELECT 1 FROM ledger_erasure e
         WHERE e.old_key = before ->> name AND e.new_key = after ->> name AND e.tick = now_tick) THEN
      before := before - name;
      after := after - name;
    END IF;
  END LOOP;
  IF before = after THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'ledger: UPDATE on % refused', TG_TABLE_NAME;
END $$;
CREATE OR REPLACE FUNCTION ledger_clock_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (TG_OP = 'INSERT' AND NOT EXISTS (SELECT 1 FROM ledger_clock))
     OR (TG_OP = 'UPDATE' AND NEW.last >= OLD.last AND NEW.id = OLD.id
         AND NOT (NEW.telling AND NOT OLD.telling AND OLD.last > {to_microseconds(ORIGIN)})) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'ledger: % on ledger_clock refused', TG_OP;
END $$;
CREATE OR REPLACE FUNCTION ledger_erasure_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (TG_OP = 'INSERT' AND NEW.tick = {_CURRENT})
     OR (TG_OP = 'UPDATE' AND to_jsonb(NEW) - 'purged_at' = to_jsonb(OLD) - 'purged_at') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'ledger: % on ledger_erasure refused', TG_OP;
END $$;
"""


def _postgres(models: list[type[Recorded]]) -> list[str]:
    made = [_POSTGRES_FUNCTIONS]

    def trigger(table: str, event: str, function: str, each: str = "ROW") -> None:
        name = f"{table}_{event.lower()}_guard"
        made.append(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        made.append(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}")

    for model in models:
        table = model._meta.db_table
        names = ", ".join(f"'{name}'" for name in model.subject_fields)
        trigger(table, "INSERT", "ledger_insert()")
        trigger(table, "UPDATE", f"ledger_update({names})")
        trigger(table, "DELETE", "ledger_refuse()")
        trigger(table, "TRUNCATE", "ledger_refuse()", "STATEMENT")
    for table, guard in ((Clock._meta.db_table, "ledger_clock_guard()"), ("ledger_erasure", "ledger_erasure_guard()")):
        trigger(table, "INSERT", guard)
        trigger(table, "UPDATE", guard)
        trigger(table, "DELETE", "ledger_refuse()")
        trigger(table, "TRUNCATE", "ledger_refuse()", "STATEMENT")
    return made
