"""Headline figures counted a second time: plain SQL on the ledger's own tables, knowing nothing of sets or engine.

Each entry stands alone, as someone would write it who has only the tables and the catalogue. A difference is a defect.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from partner.common.period import Period
from partner.figures.declare import declared
from partner.figures.engine import Evaluation, as_json
from partner.ledger.fields import to_microseconds

_KNOWN = "recorded_at <= %(cut)s AND (superseded_at IS NULL OR superseded_at > %(cut)s)"


def _in_force(table: str, more: str = "") -> str:
    return (
        f"SELECT COUNT(*) FROM {table} WHERE {_KNOWN} AND valid_from < %(end)s "  # noqa: S608
        f"AND (valid_to IS NULL OR valid_to >= %(end)s){more}"
    )


def _began(table: str, *how: str) -> str:
    ways = ", ".join(f"'{way}'" for way in how)
    return (
        f"SELECT COUNT(*) FROM {table} WHERE {_KNOWN} AND valid_from >= %(start)s "  # noqa: S608
        f"AND valid_from < %(end)s AND begun IN ({ways})"
    )


def _ended(table: str, *how: str) -> str:
    ways = ", ".join(f"'{way}'" for way in how)
    return (
        f"SELECT COUNT(*) FROM {table} WHERE {_KNOWN} AND valid_to >= %(start)s "  # noqa: S608
        f"AND valid_to < %(end)s AND ended IN ({ways})"
    )


def _party(kind: str, table: str) -> dict[str, str]:
    registration, application = f"facts_{table}_registration", f"facts_{table}_application"
    return {
        f"{kind}.total": _in_force(registration),
        f"{kind}.new": _began(registration, "registered", "returned"),
        f"{kind}.left": _ended(registration, "left", "removed", "merged"),
        f"{kind}.pending": _in_force(application),
        f"{kind}.suspended": _in_force(registration, " AND suspended"),
    }


SQL: dict[str, str] = {**_party("people", "person"), **_party("organizations", "organization")}


def count(key: str, period: Period, cut: datetime) -> Any:
    """The figure by plain SQL."""
    instants = {"start": period.start, "end": period.end, "cut": cut}
    with connection.cursor() as cursor:
        cursor.execute(SQL[key], {name: to_microseconds(at) for name, at in instants.items()})
        row = cursor.fetchone()
    return row[0] if row else None


def compare(period: Period, cut: datetime) -> list[dict[str, Any]]:
    """Each headline counted twice, in the order of declaration. A figure without records is left out."""
    evaluation, found = Evaluation(cut, exact=True), []
    for figure in declared():
        if figure.key in SQL:
            value = evaluation.value(figure.key, period)
            if value.value is not None:
                second = count(figure.key, period, cut)
                same = Decimal(value.value) == Decimal(second or 0)
                found.append({"key": figure.key, "value": as_json(value.value), "second": str(second), "same": same})
    return found
