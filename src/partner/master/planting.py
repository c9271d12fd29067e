"""Shipped lists that come with a later version: known from the upgrade on, so that what was cut before stays as it was."""

from typing import Any

from partner.ledger import clock
from partner.ledger.clock import ORIGIN
from partner.ledger.fields import MICROSECOND

_KEYS = {
    "Code": ("list", "code"), "ContractFact": ("key",), "Definition": ("number",), "CatalogueEntry": ("report", "place"),
    "Indicator": ("code",),
}  # fmt: skip
_STAMP = {"valid_from": ORIGIN, "by_name": "PARTNER Center", "by_role": "製品", "reason": "初期値"}


def plant(apps: Any, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Records rows of master data by the name of their model (with a migration's own models).

    In an empty ledger at its origin, as the first seed; else at a tick of its own: a report that was sealed before
    is composed again without them. What someone recorded already under the same keys stays.
    """
    tick = _tick(apps)
    for name, entries in rows.items():
        model, keys = apps.get_model("master", name), _KEYS[name]
        there = set(model.objects.filter(superseded_at=None).values_list(*keys))
        new = [row for row in entries if tuple(row[key] for key in keys) not in there]
        model.objects.bulk_create([model(**row, **_STAMP, recorded_at=tick) for row in new])


def _tick(apps: Any) -> Any:
    clock_row = apps.get_model("ledger", "Clock").objects.select_for_update().get()
    if clock_row.last <= ORIGIN:
        return ORIGIN
    clock_row.last = max(clock.now(), clock_row.last + MICROSECOND)
    clock_row.save()
    return clock_row.last
