"""Rows that are only ever added: what someone did. Triggers on both databases refuse the rest."""

from typing import Any

from django.apps import apps
from django.db import connections, models


class Appended(models.Model):
    """A row that stays as it was written."""

    class Meta:
        abstract = True


def install_guards(sender: Any, using: str = "default", **_: Any) -> None:
    """Guards the tables of the app that was migrated: UPDATE, DELETE, TRUNCATE and writing over a row are refused."""
    connection = connections[using]
    tables = {model._meta.db_table for model in apps.get_models() if _is_of(model, sender.label)}
    with connection.cursor() as cursor:
        for table in sorted(tables.intersection(connection.introspection.table_names())):
            for statement in _sqlite(table) if connection.vendor == "sqlite" else _postgres(table):
                cursor.execute(statement)


def _is_of(model: type[models.Model], label: str) -> bool:
    return issubclass(model, Appended) and model._meta.app_label == label


def _sqlite(table: str) -> list[str]:
    """REPLACE deletes without a trigger, so an INSERT of an existing key is refused too."""
    made = []
    taken = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) "
    for event, when in (("INSERT", taken), ("UPDATE", ""), ("DELETE", "")):
        name = f"{table}_{event.lower()}_guard"
        made.append(f"DROP TRIGGER IF EXISTS {name}")
        refuse = f"SELECT RAISE(ABORT, '{table}: {event} refused')"
        made.append(f"CREATE TRIGGER {name} BEFORE {event} ON {table} {when}BEGIN {refuse}; END")
    return made


def _postgres(table: str) -> list[str]:
    refuse = "BEGIN RAISE EXCEPTION '%: % refused', TG_TABLE_NAME, TG_OP; END"
    made = [f"CREATE OR REPLACE FUNCTION appended_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ {refuse} $$"]
    for event, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        name = f"{table}_{event.lower()}_guard"
        made.append(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        made.append(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION appended_refuse()"
        )
    return made
