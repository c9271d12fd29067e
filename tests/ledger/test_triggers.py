"""Nothing gets past the ledger: no UPDATE or DELETE by ORM or SQL, no insert into the past."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from partner.ledger import clock, write
from partner.ledger.fields import InstantField, to_microseconds
from partner.ledger.models import Clock, Erasure
from partner.ledger.triggers import guarded_models, install

pytestmark = [pytest.mark.both, pytest.mark.django_db]
MODELS = guarded_models()


def build(model: type[models.Model]) -> Any:
    """A row of the model with something in every column."""
    values: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.name in ("recorded_at", "superseded_at"):
            continue
        if isinstance(field, InstantField):
            values[field.name] = None if field.null else clock.ORIGIN
        elif isinstance(field, models.BooleanField):
            values[field.name] = False
        elif isinstance(field, models.DateField):
            values[field.name] = date(2026, 10, 1)
        elif isinstance(field, models.IntegerField | models.DecimalField):
            values[field.name] = 1
        elif not field.blank:
            values[field.name] = "x"
    if "valid_to" in values and "ended" not in values and not model._meta.get_field("valid_to").null:
        values["valid_to"] = clock.ORIGIN + timedelta(days=1)
    row = model(**values)
    write.record([row])
    return row


def refused(statement: str, *values: Any) -> bool:
    """Whether the database refuses the statement, and by the ledger's own word or by a key."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_orm_can_neither_change_nor_delete(model):
    row = build(model)
    column = next(f.name for f in model._meta.concrete_fields if isinstance(f, models.CharField))
    for attempt in (
        lambda: model.objects.filter(pk=row.pk).update(**{column: "other"}),
        lambda: model.objects.filter(pk=row.pk).delete(),
        lambda: model.objects.filter(pk=row.pk).update(recorded_at=clock.ORIGIN),
        lambda: model.objects.filter(pk=row.pk).update(superseded_at=clock.ORIGIN),
        lambda: row.delete(),
    ):
        with pytest.raises(DatabaseError, match="ledger"), transaction.atomic():
            attempt()
    assert getattr(model.objects.get(pk=row.pk), column) != "other"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_sql_gets_no_further(model):
    row, table = build(model), model._meta.db_table
    column = next(f.column for f in model._meta.concrete_fields if isinstance(f, models.CharField))
    columns = ", ".join(f'"{f.column}"' for f in model._meta.concrete_fields)
    assert refused(f'UPDATE {table} SET "{column}" = %s', "other")
    assert refused(f"UPDATE {table} SET superseded_at = %s", to_microseconds(timezone.now()))
    assert refused(f"DELETE FROM {table}")
    copied = f"SELECT {columns} FROM {table} WHERE id = {row.pk}"
    assert refused(f"INSERT INTO {table} ({columns}) {copied}")
    if connection.vendor == "sqlite":
        assert refused(f"INSERT OR REPLACE INTO {table} ({columns}) {copied}")
        assert refused(f"REPLACE INTO {table} ({columns}) {copied}")
        assert refused(f'UPDATE OR REPLACE {table} SET "{column}" = %s', "other")
    else:
        assert refused(f"TRUNCATE {table}")
        assert refused(f"TRUNCATE {table} CASCADE")
    upsert = f'ON CONFLICT (id) DO UPDATE SET "{column}" = %s'
    assert refused(f"INSERT INTO {table} ({columns}) {copied.replace('WHERE', 'WHERE true AND')} {upsert}", "other")
    assert model.objects.filter(pk=row.pk, **{column: getattr(row, column)}).exists()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_nothing_is_recorded_at_another_time_than_the_tick(model):
    row = build(model)
    for at in (clock.last() - timedelta(microseconds=1), clock.last() + timedelta(days=1)):
        copy = build_copy(model, row)
        copy.recorded_at = at
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.bulk_create([copy])


def build_copy(model: type[models.Model], row: Any) -> Any:
    values = {f.name: getattr(row, f.name) for f in model._meta.concrete_fields if not f.primary_key}
    if "source_key" in values:
        values["source_key"] = "another"
    return model(**values)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_row_is_closed_once_and_never_opened_again(model):
    row = build(model)
    write.supersede(model.objects.filter(pk=row.pk))
    closed = model.objects.get(pk=row.pk).superseded_at
    assert closed == clock.last()
    assert refused(f"UPDATE {model._meta.db_table} SET superseded_at = NULL")
    assert refused(f"UPDATE {model._meta.db_table} SET superseded_at = superseded_at + 1")


@pytest.mark.parametrize(
    ("model", "column"),
    [(model, column) for model in MODELS for column in model.subject_fields],
    ids=lambda part: part if isinstance(part, str) else part.__name__,
)
def test_a_subjects_key_changes_only_with_an_erasure_of_that_key_and_tick(model, column):
    row, table = build(model), model._meta.db_table
    old = getattr(row, column)
    change = f'UPDATE {table} SET "{column}" = %s WHERE id = {row.pk}'
    assert refused(change, "new")
    with transaction.atomic():
        Erasure.objects.create(old_key=old, new_key="new", tick=clock.tick())
        assert refused(change, "another")
        assert refused(f'UPDATE {table} SET "{column}" = %s, recorded_at = 1 WHERE id = {row.pk}', "new")
        assert not refused(change, "new")


def test_the_clock_never_turns_back_nor_doubles():
    with transaction.atomic():
        clock.tick()
    assert refused("UPDATE ledger_clock SET last = last - 1")
    assert refused("DELETE FROM ledger_clock")
    assert refused("INSERT INTO ledger_clock (last, telling) VALUES (1, %s)", False)
    assert refused("UPDATE ledger_clock SET telling = %s", True)
    assert Clock.objects.count() == 1


def test_erasures_stay():
    with transaction.atomic():
        Erasure.objects.create(old_key="a", new_key="b", tick=clock.tick())
    assert refused("DELETE FROM ledger_erasure")
    assert refused("UPDATE ledger_erasure SET new_key = 'c'")
    assert not refused("UPDATE ledger_erasure SET purged_at = 1")


def test_every_ledger_table_is_guarded_after_migrations():
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal")
        found = set(cursor.fetchall())
    events = ["insert", "update", "delete"] + (["truncate"] if connection.vendor != "sqlite" else [])
    for table in [*(model._meta.db_table for model in MODELS), "ledger_clock", "ledger_erasure"]:
        for name in events:
            assert (table, f"{table}_{name}_guard") in found


def test_installing_twice_harms_nothing():
    install()
    install()
    row = build(MODELS[0])
    assert refused(f"DELETE FROM {MODELS[0]._meta.db_table} WHERE id = {row.pk}")
