"""The same counting as one expression in the SQL that every engine speaks: for when one machine is not enough.

It reads the store's Parquet files as they are. Whole seconds and `CASE`, no intervals, no casts, no division: those are where
engines differ. `duckdb` runs it in this process; `spark` runs it on Apache Spark, as many machines as its master has
(docs/operations.md). A test holds both against `asking`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from partner.common.period import DAY, jst_day, midnight
from partner.common.refusal import Refusal
from partner.facts.access import rules, store
from partner.facts.access.agents import Verdict
from partner.facts.access.moments import jst_date
from partner.facts.access.visits import Asked, asked
from partner.ledger.fields import MICROSECOND, to_microseconds

if TYPE_CHECKING:
    from pyspark.sql import SparkSession  # type: ignore[import-not-found]

_JST, _DAY = 9 * 3600 * 1_000_000, 86_400_000_000
# Visitors have a hash per month; in a month's first hour the one of the month before stands beside it. What was seen before
# the month began is taken for the hash of the month, so one month at a time is counted, and the time-out before it read.
EXPRESSION = """
WITH pairs AS (
  SELECT DISTINCT visitor AS later, visitor_before AS earlier FROM page_views
  WHERE verdict = {person} AND visitor_before IS NOT NULL AND viewed_at >= {start}
), persons AS (
  SELECT viewed_at, CASE WHEN viewed_at < {start} AND later IS NOT NULL THEN later ELSE visitor END AS person
  FROM page_views LEFT JOIN pairs ON visitor = earlier
  WHERE verdict = {person} AND viewed_at >= {start} - {timeout} AND viewed_at < {end} AND NOT ({aside})
), spaced AS (
  SELECT viewed_at, viewed_at - LAG(viewed_at) OVER (PARTITION BY person ORDER BY viewed_at) AS gap FROM persons
)
SELECT viewed_at + {jst} - (viewed_at + {jst}) % {day} AS day, COUNT(*) AS page_views,
  SUM(CASE WHEN gap IS NULL OR gap > {timeout} THEN 1 ELSE 0 END) AS visits
FROM spaced WHERE viewed_at >= {start} GROUP BY viewed_at + {jst} - (viewed_at + {jst}) % {day} ORDER BY 1
"""
Counted = dict[date, tuple[int, int]]


def duckdb(first_of_month: date, cut: datetime) -> Counted:
    """Page views and visits of each day of the month, by the engine in this process."""
    span = _month(first_of_month, cut)
    paths = _paths(span)
    if not paths:
        return {}
    import duckdb as engine

    with engine.connect(":memory:") as connection:
        connection.read_parquet(paths).create_view("page_views")
        return _counted(connection.execute(_query(span)).fetchall())


def spark(first_of_month: date, cut: datetime, session: "SparkSession") -> Counted:
    """The same by a Spark session; its workers must see the data folder under the same path."""
    span = _month(first_of_month, cut)
    paths = _paths(span)
    if not paths:
        return {}
    session.read.parquet(*paths).createOrReplaceTempView("page_views")
    return _counted([tuple(row) for row in session.sql(_query(span)).collect()])


def started(master: str) -> "SparkSession":
    """A session on this master, such as `spark://host:7077` or `local-cluster[2,1,1024]`. Raises Refusal where Spark is not there."""
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        message = "Sparkがありません。docs/operations.md の「1台で足りなくなったら」のとおりに入れてください。"
        raise Refusal("no_spark", message) from None
    return SparkSession.builder.master(master).appName("page views").config("spark.ui.enabled", "false").getOrCreate()


def _month(first: date, cut: datetime) -> Asked:
    following = (first.replace(day=1) + 31 * DAY).replace(day=1)
    return asked(midnight(first.replace(day=1)), midnight(following), cut)


def _paths(span: Asked) -> list[str]:
    parts = span.within(jst_day(span.start) - DAY, jst_day(span.end - MICROSECOND))
    return [str(store.root() / part.path) for part in parts]


def _query(span: Asked) -> str:
    aside = [
        f"(source = '{source}' AND viewed_at >= {since} AND viewed_at < {until})"
        for source, since, until in span.overridden
    ]
    return EXPRESSION.format(
        person=Verdict.PERSON.value, start=to_microseconds(span.start), end=to_microseconds(span.end),
        timeout=rules.TIMEOUT_SECONDS * 1_000_000, jst=_JST, day=_DAY, aside=" OR ".join(aside) or "1 = 0",
    )  # fmt: skip


def _counted(rows: Sequence[tuple[Any, ...]]) -> Counted:
    return {jst_date((int(day) - _JST) // 1_000_000): (int(views), int(visits)) for day, views, visits in rows}
