"""Erasure of a subject: his identity goes for ever, his facts stay under a new key that nobody can trace to him."""

import time
from collections.abc import Callable
from typing import Any

from django.db import OperationalError, connection, transaction

from partner.accounts.models import AuditEvent
from partner.common.refusal import Refusal
from partner.facts.intake import values
from partner.facts.models.identity import Identity, new_subject_key
from partner.facts.streams import Party
from partner.ledger import clock
from partner.ledger.models import Erasure
from partner.ledger.triggers import guarded_models

PATIENCE = 60.0  # seconds that a purge waits for readers of the old rows
_PARTICULARS = ("number", "name", "address", "email")


def erase(
    party: Party, number: str, *, by: tuple[str, str], reason: str, patience: float = PATIENCE,
    say: Callable[[str], None] = lambda text: None,
) -> Erasure:  # fmt: skip
    """Erases the subject of that number. Raises Refusal for an unknown one; then nothing was changed."""
    if not reason.strip():
        raise Refusal("missing_reason", "消去の理由を書いてください。")
    made = _forget(party, values.text(number), by, reason.strip())
    purge(patience=patience, say=say)
    made.refresh_from_db()
    return made


def _forget(party: Party, number: str, by: tuple[str, str], reason: str) -> Erasure:
    with transaction.atomic():
        tick = clock.tick()
        identity = Identity.objects.filter(party=party.code, number=number).first()
        if identity is None:
            label = Identity.Party(party.code).label
            raise Refusal("unknown_number", f"{label}の管理番号「{number}」は見つかりません。何も変えていません。")
        _must_not_name(identity, reason)
        made = Erasure.objects.create(old_key=identity.subject, new_key=new_subject_key(), tick=tick)
        for model in guarded_models():
            for column in model.subject_fields:
                model.objects.filter(**{column: made.old_key}).update(**{column: made.new_key})
        identity.delete()
        AuditEvent.objects.create(
            at=tick, by_name=by[0], by_role=by[1], action="erased", subject=made.new_key, detail=reason[:300]
        )
    return made


def _must_not_name(identity: Identity, reason: str) -> None:
    """The reason is kept for ever: it must not bring back what is being erased."""
    if any(said and said in reason for said in (getattr(identity, name) for name in _PARTICULARS)):
        raise Refusal("names_the_subject", "消去の理由に、本人の番号・氏名・住所・メールを書かないでください。")


# ── the freed space ──


def purge(*, patience: float = PATIENCE, say: Callable[[str], None] = lambda text: None) -> bool:
    """Cleans the space that erased rows left, and marks the erasures that are done; False while readers are in the way."""
    waiting = list(Erasure.objects.filter(purged_at__isnull=True).values_list("pk", flat=True))
    if not waiting:
        return True
    clean = _purge_sqlite if connection.vendor == "sqlite" else _purge_postgres
    until, pause = time.monotonic() + patience, 0.05
    while not clean():
        if time.monotonic() + pause > until:
            say(
                "古い状態を読んでいる処理があるため、跡をまだ消し終えていません。./partner erase purge で続けられます。"
            )
            return False
        if pause >= 1:
            say("古い状態を読んでいる処理が終わるのを待っています")
        time.sleep(pause)
        pause = min(pause * 2, 5.0)
    Erasure.objects.filter(pk__in=waiting).update(purged_at=clock.now())
    return True


def _purge_sqlite() -> bool:
    """A new copy of the whole file, because pages keep bytes of rows that once moved; then the log is emptied."""
    with connection.cursor() as cursor:
        try:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except OperationalError:  # someone writes
            return False
        busy, _, _ = cursor.fetchone()
    return not busy


def _purge_postgres() -> bool:
    """Old row versions are removed once no snapshot sees them; the identities' file is written anew."""
    identity = Identity._meta.db_table
    touched = [model._meta.db_table for model in guarded_models() if model.subject_fields]
    with connection.cursor() as cursor:
        for table in (*touched, identity):
            cursor.execute(f"VACUUM {table}")
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT n_dead_tup FROM pg_stat_user_tables WHERE relid = %s::regclass", [identity])
        row: Any = cursor.fetchone()
        if row is None or row[0]:
            return False
        cursor.execute(f"VACUUM FULL {identity}")
    return True
