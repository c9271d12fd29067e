"""The yardstick: the numbers of M1 and M2 as someone would write them by hand, one query per table of the report,
on the ledger's own tables, at the same cut, without roll-ups."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import connection

from partner.common.period import Period
from partner.ledger.fields import to_microseconds
from partner.reports.charts import thirteen_months

_KNOWN = "recorded_at <= {cut} AND (superseded_at IS NULL OR superseded_at > {cut})"


def _in_force(at: int) -> str:
    return f"SUM(CASE WHEN valid_from < {at} AND (valid_to IS NULL OR valid_to >= {at}) THEN 1 ELSE 0 END)"


def _begun(period: Period, *how: str) -> str:
    start, end = to_microseconds(period.start), to_microseconds(period.end)
    ways = ", ".join(f"'{way}'" for way in how)
    return f"SUM(CASE WHEN valid_from >= {start} AND valid_from < {end} AND begun IN ({ways}) THEN 1 ELSE 0 END)"


def _ended(period: Period) -> str:
    start, end = to_microseconds(period.start), to_microseconds(period.end)
    return (
        f"SUM(CASE WHEN valid_to >= {start} AND valid_to < {end} "
        "AND ended IN ('left', 'removed', 'merged') THEN 1 ELSE 0 END)"
    )


def ask(table: str, groups: str, columns: list[str], cut: datetime) -> list[Any]:
    """One query: the columns by the groups, of what was believed at the cut."""
    known = _KNOWN.format(cut=to_microseconds(cut))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {groups}, {', '.join(columns)} FROM {table} WHERE {known} GROUP BY {groups}")
        return cursor.fetchall()


def tables(period: Period, cut: datetime) -> Iterator[list[Any]]:
    """The rows of each table and chart of M1 and M2, one query each."""
    compared = [period, period.previous(), period.year_before(), period.fiscal_year_to_date()]
    months = thirteen_months(period)
    people, organizations = "facts_person_registration", "facts_organization_registration"
    new = [_begun(at, "registered", "returned") for at in compared]
    now = _in_force(to_microseconds(period.end))
    walk = [
        column for at in compared for column in (
            _in_force(to_microseconds(at.start)), _begun(at, "registered", "returned"), _begun(at, "returned"),
            _begun(at, "moved"), _ended(at), _in_force(to_microseconds(at.end)),
        )
    ]  # fmt: skip
    flows = [column for at in months for column in (_begun(at, "registered", "returned"), _ended(at))]
    ends = [_in_force(to_microseconds(at.end)) for at in months]
    yield ask(people, "level, previous_level", walk, cut)
    yield ask(people, "level, medium", [*new, now], cut)
    yield ask(people, "level, purposes", [*new, now], cut)
    yield ask(people, "level", flows, cut)
    yield ask(people, "level", ends, cut)
    yield ask(organizations, "level, previous_level", walk, cut)
    retyped = [_begun(at, "retyped") for at in compared]
    yield ask(organizations, "level, organization_type, previous_type", [*walk, *retyped], cut)
    yield ask(organizations, "level", ends, cut)
