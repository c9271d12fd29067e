"""The only way onto the ledger: record, supersede, correct, withdraw."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from partner.ledger import clock
from partner.ledger.models import Recorded


def record(rows: Sequence[Recorded], *, at: datetime | None = None) -> datetime:
    """Records the rows with this transaction's tick (`at` only while telling) and returns the tick."""
    with transaction.atomic():
        taken = at or clock.tick()
        by_model: dict[type[Recorded], list[Recorded]] = {}
        for row in rows:
            row.recorded_at = row.recorded_at if at and row.recorded_at else taken
            by_model.setdefault(type(row), []).append(row)
        for model, batch in by_model.items():
            model.objects.bulk_create(batch, batch_size=2000)
    return taken


def supersede(rows: Any) -> datetime:
    """Closes the recorded time of the rows of a queryset: they were believed, and are no longer."""
    with transaction.atomic():
        taken = clock.tick()
        rows.filter(superseded_at__isnull=True).update(superseded_at=taken)
    return taken


def correct(old: Recorded, new: Recorded) -> datetime:
    """What was believed is closed; what is now believed is recorded, in the same tick."""
    with transaction.atomic():
        supersede(type(old).objects.filter(pk=old.pk))
        return record([new])


def withdraw(old: Recorded) -> datetime:
    """What was believed is closed, and nothing takes its place."""
    return supersede(type(old).objects.filter(pk=old.pk))
