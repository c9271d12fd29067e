"""The yardstick for M3 to M9: the same tables by hand, one query each, on the ledger's own tables at the same cut."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks.plain_sql import ask, tables
from partner.common.period import Period
from partner.ledger.fields import to_microseconds
from partner.reports.charts import thirteen_months


def month_tables(period: Period, cut: datetime) -> Iterator[Any]:
    """The rows of every table and chart of the monthly report."""
    yield from tables(period, cut)
    compared = [period, period.previous(), period.year_before(), period.fiscal_year_to_date()]
    for table in ("facts_job_publication", "facts_training_publication"):
        yield from _postings(table, period, compared, cut)
    yield from _consultations(compared, cut)
    yield from _spans("facts_subscription", "service", ("registered", "returned"), ("stopped",), period, compared, cut)
    for column in ("channel", "category"):
        yield from _spans("facts_inquiry", column, ("received",), ("closed", "merged"), period, compared, cut)
        yield ask("facts_inquiry_answer", column, [_within("valid_from", at) for at in compared], cut)
    yield from _operations(compared, cut)
    yield from _page_views(period, compared)


def _bounds(period: Period) -> tuple[int, int]:
    return to_microseconds(period.start), to_microseconds(period.end)


def _within(column: str, period: Period, more: str = "") -> str:
    start, end = _bounds(period)
    return f"SUM(CASE WHEN {column} >= {start} AND {column} < {end}{more} THEN 1 ELSE 0 END)"


def _distinct(condition: str) -> str:
    return f"COUNT(DISTINCT CASE WHEN {condition} THEN subject END)"


def _lives(period: Period) -> str:
    start, end = _bounds(period)
    return f"valid_from < {end} AND (valid_to IS NULL OR valid_to >= {start})"


def _open(at: int) -> str:
    return f"valid_from < {at} AND (valid_to IS NULL OR valid_to >= {at})"


def _postings(table: str, period: Period, compared: list[Period], cut: datetime) -> Iterator[Any]:
    posted = [_within("valid_from", at, " AND begun = 'published'") for at in compared]
    now = [_distinct(_lives(period)), _distinct(_open(_bounds(period)[1]))]
    walk = [
        column for at in compared for column in (
            _distinct(_open(_bounds(at)[0])), _within("valid_from", at, " AND begun = 'published'"),
            _distinct(f"begun = 'reopened' AND valid_from >= {_bounds(at)[0]} AND valid_from < {_bounds(at)[1]}"),
            _distinct(_lives(at)), _distinct(_open(_bounds(at)[1])),
        )
    ]  # fmt: skip
    yield ask(table, "1", walk, cut)
    yield ask(table, "organization_type", [*posted, *now], cut)
    yield ask(table, "field", [*posted, *now], cut)
    yield ask(table, "all_fields", posted[:1], cut)
    yield ask(
        table, "1", [_within("valid_from", at, " AND begun = 'published'") for at in thirteen_months(period)], cut
    )


def _consultations(compared: list[Period], cut: datetime) -> Iterator[Any]:
    yield ask("facts_consultation", "channel, outcome", [_within("held_at", at) for at in compared], cut)
    yield ask("facts_consultation", "outcome", [_within("booked_at", at) for at in compared], cut)
    yield ask("facts_mail_case", "1", [_within("answered_at", at) for at in compared], cut)
    for at in thirteen_months(compared[0]):
        yield ask("facts_consultation", "1", [_within("held_at", at)], cut)
    yield ask("facts_survey_response", "begun", [_within("valid_from", at) for at in compared], cut)
    start, end = _bounds(compared[0])
    scores = f"SUM(CASE WHEN happened_at >= {start} AND happened_at < {end} THEN score ELSE 0 END)"
    yield ask("facts_survey_answer", "question, kind", [_within("happened_at", compared[0]), scores], cut)


def _spans(
    table: str, column: str, begun: tuple[str, ...], ended: tuple[str, ...], period: Period, compared: list[Period], cut: datetime
) -> Iterator[Any]:  # fmt: skip
    ways, ends = (", ".join(f"'{way}'" for way in words) for words in (begun, ended))

    def in_force(at: int) -> str:
        return f"SUM(CASE WHEN {_open(at)} THEN 1 ELSE 0 END)"

    walk = [
        one for at in compared for one in (
            in_force(_bounds(at)[0]), _within("valid_from", at, f" AND begun IN ({ways})"),
            _within("valid_to", at, f" AND ended IN ({ends})"), in_force(_bounds(at)[1]),
        )
    ]  # fmt: skip
    yield ask(table, column, walk, cut)
    months = thirteen_months(period)
    flows = [
        one
        for at in months
        for one in (
            _within("valid_from", at, f" AND begun IN ({ways})"),
            _within("valid_to", at, f" AND ended IN ({ends})"),
        )
    ]
    yield ask(table, "1", flows, cut)


def _operations(compared: list[Period], cut: datetime) -> Iterator[Any]:
    yield ask("facts_operation", "kind, cause", [_within("valid_from", at) for at in compared], cut)
    for at in compared:
        start, end = _bounds(at)
        minutes = (
            f"SUM(CASE WHEN valid_from < {end} AND (valid_to IS NULL OR valid_to > {start}) "
            f"THEN MIN(COALESCE(valid_to, {end}), {end}) - MAX(valid_from, {start}) ELSE 0 END)"
        )
        yield ask("facts_operation", "kind, system", [minutes], cut)
        yield _histogram(start, end, cut)


def _histogram(start: int, end: int, cut: datetime) -> dict[str, list[int]]:
    """Counts lie in one column as text: by hand they are added up outside the database."""
    from django.db import connection

    at = to_microseconds(cut)
    sums: dict[str, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT page_group, counts FROM facts_response_time WHERE valid_from >= %s AND valid_from < %s "
            "AND recorded_at <= %s AND (superseded_at IS NULL OR superseded_at > %s)", [start, end, at, at],
        )  # fmt: skip
        for group, counts in cursor.fetchall():
            kept = sums.setdefault(group, [0] * 13)
            for n, count in enumerate(counts.split(",")):
                kept[n] += int(count)
    return sums


def _page_views(period: Period, compared: list[Period]) -> Iterator[Any]:
    """Two queries on the Parquet files: visits by day over thirteen months, views by posting of the compared months."""
    import duckdb
    from django.conf import settings

    paths = str(Path(settings.DATA) / "access" / "**" / "*.parquet")
    start, end = _bounds(thirteen_months(period)[0])[0], _bounds(period)[1]
    with duckdb.connect() as engine:
        yield engine.execute(
            f"WITH marked AS (SELECT viewed_at, page, COALESCE(viewed_at - LAG(viewed_at) OVER "
            f"(PARTITION BY visitor ORDER BY viewed_at) > 1800000000, TRUE) AS begins FROM read_parquet('{paths}') "
            f"WHERE verdict = 0) SELECT (viewed_at + 32400000000) // 86400000000 AS day, COUNT(*), "
            f"COUNT(*) FILTER (begins), COUNT(*) FILTER (page IN ('/', '/index.html', '/en')) FROM marked "
            f"WHERE viewed_at >= {start} AND viewed_at < {end} GROUP BY day"
        ).fetchall()
        for at in compared:
            first, last = _bounds(at)
            yield engine.execute(
                f"SELECT prefix, posting, COUNT(*) FROM read_parquet('{paths}') WHERE verdict = 0 "
                f"AND viewed_at >= {first} AND viewed_at < {last} GROUP BY ALL"
            ).fetchall()
