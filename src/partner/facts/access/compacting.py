"""Days that lie in many parts by now become one part each; what was known at earlier cuts stays in the parts of then."""

from collections import Counter
from datetime import date

from django.db import transaction

from partner.common.locks import file_lock
from partner.facts.access import store
from partner.facts.access.engine import connected
from partner.facts.models.access import AccessPart
from partner.ledger import write

MOST_PARTS = 24  # of one day


def compact() -> int:
    """Joins the parts of each such day, one after another; how many days. Killed at any moment it leaves a day as before or as after."""
    with file_lock("access"):
        parts = Counter(AccessPart.objects.believed().values_list("day", flat=True))
        days = sorted(day for day, number in parts.items() if number > MOST_PARTS)
        for day in days:
            _join(day)
    return len(days)


def _join(day: date) -> None:
    parts = list(AccessPart.objects.believed().filter(day=day).order_by("id"))
    with store.workplace() as work, connected(work) as engine:
        joined = store.joined(engine, day, parts, parts[-1].batch)
    if joined.rows != sum(part.rows for part in parts):
        store.drop([joined])
        raise RuntimeError(f"{day}: joined parts hold {joined.rows} rows")
    with transaction.atomic():
        write.supersede(AccessPart.objects.filter(pk__in=[part.pk for part in parts]))
        write.record([joined])
