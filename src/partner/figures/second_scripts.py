"""Headline figures that no single query counts, a second time by plain scripts: line by line, minute by minute.

They share nothing with the sets, the engine or the store's queries but the rows themselves.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.db import connection

from partner.common.period import DAY, Period, jst_day
from partner.ledger.fields import to_microseconds

_KNOWN = "recorded_at <= %s AND (superseded_at IS NULL OR superseded_at > %s)"
_MINUTE = 60_000_000
_TIMEOUT = 1_800_000_000
_TOP = ("/", "/index.html", "/en")


# ── operations ──


def _operations(kinds: tuple[str, ...], period: Period, cut: datetime) -> list[tuple[str, str, int, int, str]]:
    """Kind, system, begin and end within the period, cause."""
    start, end, at = to_microseconds(period.start), to_microseconds(period.end), to_microseconds(cut)
    marks = ", ".join(["%s"] * len(kinds))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kind, system, valid_from, valid_to, cause, id FROM facts_operation WHERE {_KNOWN} "
            f"AND kind IN ({marks}) ORDER BY id", [at, at, *kinds],
        )  # fmt: skip
        rows = cursor.fetchall()
    cut_ = [
        (kind, system, max(begin, start), min(ends or end, end), cause) for kind, system, begin, ends, cause, _ in rows
    ]
    return [row for row in cut_ if row[2] < row[3]]


def downtime(period: Period, cut: datetime) -> Decimal:
    """Minutes of unplanned stops within the period."""
    micro = sum(ends - begin for _, _, begin, ends, _ in _operations(("outage",), period, cut))
    return (Decimal(micro) / _MINUTE).quantize(Decimal("0.01"), ROUND_HALF_EVEN)


def availability(period: Period, cut: datetime) -> Decimal | None:
    """Rule 11, by walking from border to border: what each stretch of time was, for each system."""
    rows = _operations(("service", "planned_stop", "outage", "unknown"), period, cut)
    outside = _outside_causes(cut)
    served = down = 0
    for system in {row[1] for row in rows}:
        own = [row for row in rows if row[1] == system]
        borders = sorted({border for row in own for border in row[2:4]})
        for here, there in pairwise(borders):
            now = [row for row in own if row[2] <= here and there <= row[3]]
            kinds = {row[0] for row in now if not (row[0] == "outage" and row[4] in outside)}
            left_out = kinds & {"planned_stop", "unknown"} or any(
                row[0] == "outage" and row[4] in outside for row in now
            )
            if "service" in kinds and not left_out:
                served += there - here
                down += there - here if "outage" in kinds else 0
    return None if not served else (Decimal(served - down) / served).quantize(Decimal("0.000001"))


def _outside_causes(cut: datetime) -> set[str]:
    at = to_microseconds(cut)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT code FROM master_code WHERE {_KNOWN} AND list = 'outside_cause'", [at, at])
        return {code for (code,) in cursor.fetchall()}


# ── page views ──


def _views(period: Period, cut: datetime) -> list[tuple[int, int, str]]:
    """People's page views around the period, each with whom it was: in order of time."""
    import duckdb

    at = to_microseconds(cut)
    first, last = (jst_day(period.start) - 2 * DAY).isoformat(), (jst_day(period.end) + 2 * DAY).isoformat()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT path FROM facts_access_part WHERE {_KNOWN} AND day >= %s AND day <= %s",
            [at, at, first, last],
        )
        paths = [str(settings.DATA / "access" / path) for (path,) in cursor.fetchall()]
    if not paths:
        return []
    with duckdb.connect(":memory:") as engine:
        rows = engine.execute(
            "SELECT viewed_at, visitor, visitor_before, page FROM read_parquet($paths) WHERE verdict = 0",
            {"paths": paths},
        ).fetchall()
    before = {visitor: earlier for _, visitor, earlier, _ in rows if earlier is not None}
    return sorted((at, _earliest(visitor, before), page) for at, visitor, _, page in rows)


def _earliest(visitor: int, before: dict[int, int]) -> int:
    """A visitor of a month's first hour is known by the hash of the month before, too."""
    seen = {visitor}
    while visitor in before and before[visitor] not in seen:
        visitor = before[visitor]
        seen.add(visitor)
    return visitor


def page_views(period: Period, cut: datetime, *, top: bool) -> int:
    """Views of the site, or of its top page."""
    start, end = to_microseconds(period.start), to_microseconds(period.end)
    return sum(start <= at < end and (not top or page in _TOP) for at, _, page in _views(period, cut))


def visits(period: Period, cut: datetime, *, top: bool = False, single: bool = False) -> int:
    """Visits that began in the period: one after another, as someone would who reads the log from its beginning."""
    found: list[list[Any]] = []  # first at, number of views, touched the top page
    current: dict[int, tuple[int, list[Any]]] = {}
    for at, who, page in _views(period, cut):
        last, visit = current.get(who, (0, []))
        if not visit or at - last > _TIMEOUT:
            visit = [at, 0, False]
            found.append(visit)
        visit[1] += 1
        visit[2] = visit[2] or page in _TOP
        current[who] = at, visit
    start, end = to_microseconds(period.start), to_microseconds(period.end)
    return sum(
        start <= at < end and (not top or touched) and (not single or number == 1) for at, number, touched in found
    )


SCRIPTS: dict[str, Callable[[Period, datetime], Any]] = {
    "operations.downtime_minutes": downtime,
    "operations.availability": availability,
    "access.top.page_views": lambda period, cut: page_views(period, cut, top=True),
    "access.site.page_views": lambda period, cut: page_views(period, cut, top=False),
    "access.top.visits": lambda period, cut: visits(period, cut, top=True),
    "access.site.visits": lambda period, cut: visits(period, cut),
    "access.site.single_page_visits": lambda period, cut: visits(period, cut, single=True),
}
LONGEST = timedelta(days=100)  # page views of longer periods are left to their months
