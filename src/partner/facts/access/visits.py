"""Visits, made exactly from page views when they are asked for: across midnight, month ends, files and servers.

A gap of more than the time-out between two page views of a visitor begins a new visit. Around the period as many days
are read as it takes: one time-out before it tells what begins in it; after it, and before it where a visit is to be known
whole, days are added until no visit that matters reaches their edge.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from partner.common.period import DAY, jst_day, midnight
from partner.facts.access import rules, store
from partner.facts.access.agents import Verdict
from partner.facts.access.engine import connected
from partner.facts.models.access import AccessPart
from partner.ledger.fields import MICROSECOND, to_microseconds

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_VIEWS = """
CREATE OR REPLACE TEMP TABLE views AS
SELECT row_number() OVER () AS id, viewed_at, visitor, visitor_before, page, prefix, posting, source, ({top}) AS top
FROM read_parquet($paths) WHERE verdict = {person}
"""
# A visitor of a month's first hour is known by the month's hash and by that of the month before: one person, named by
# the earliest of his hashes. Whoever comes again each half hour may be followed over several months.
_PERSONS = """
CREATE OR REPLACE TEMP TABLE persons AS
WITH RECURSIVE pairs AS (SELECT DISTINCT visitor, visitor_before FROM views WHERE visitor_before IS NOT NULL),
chain AS (
  SELECT visitor, visitor_before AS person, 1 AS depth FROM pairs
  UNION ALL
  SELECT chain.visitor, pairs.visitor_before, chain.depth + 1 FROM chain JOIN pairs ON pairs.visitor = chain.person
)
SELECT visitor, arg_max(person, depth) AS person FROM chain GROUP BY visitor
"""
_HITS = """
CREATE OR REPLACE TEMP TABLE hits AS
WITH known AS (
  SELECT id, viewed_at, visitor, top, coalesce(persons.person, visitor) AS person FROM views LEFT JOIN persons USING (visitor)
), marked AS (
  SELECT *, CASE WHEN viewed_at - lag(viewed_at) OVER same <= $timeout THEN 0 ELSE 1 END AS begins
  FROM known WINDOW same AS (PARTITION BY person ORDER BY viewed_at, id)
)
SELECT *, sum(begins) OVER (PARTITION BY person ORDER BY viewed_at, id ROWS UNBOUNDED PRECEDING) AS turn FROM marked
"""
_VISITS = """
CREATE OR REPLACE TEMP TABLE visits AS
SELECT person, turn, min(viewed_at) AS first_at, max(viewed_at) AS last_at, count(*) AS page_views, bool_or(top) AS top,
  arg_min(visitor, (viewed_at, id)) AS visitor
FROM hits GROUP BY person, turn
"""
_OPEN_AFTER = "SELECT count(*) FROM visits WHERE first_at < $end AND last_at >= $start AND last_at + $timeout >= $edge"
_OPEN_BEFORE = "SELECT count(*) FROM visits WHERE first_at < $end AND last_at >= $start AND first_at - $timeout < $edge"
_JST = 9 * 3600 * 1_000_000
DAY_OF = f"(({{}} + {_JST}) // 86400000000)"


@dataclass(frozen=True)
class Part:
    """One file of the store; its path has its batch's random key in it, so it never means anything else."""

    day: date
    path: str


@dataclass(frozen=True)
class Asked:
    """A span of time, the time-out in seconds, and the parts known at a cut."""

    start: datetime
    end: datetime
    timeout: int
    parts: tuple[Part, ...]

    @property
    def bounds(self) -> dict[str, int]:
        """Start and end as whole microseconds."""
        return {"start": to_microseconds(self.start), "end": to_microseconds(self.end)}

    @property
    def first(self) -> date:
        """The first day with a part."""
        return self.parts[0].day if self.parts else date.max

    @property
    def last(self) -> date:
        """The last day with a part."""
        return self.parts[-1].day if self.parts else date.min

    def within(self, first: date, last: date) -> list[Part]:
        """The parts of these days."""
        return [part for part in self.parts if first <= part.day <= last]


def known_parts(cut: datetime) -> tuple[Part, ...]:
    """The parts known at the cut, in the order of days."""
    rows = AccessPart.objects.known_at(cut).order_by("day", "id").values_list("day", "path")
    return tuple(Part(day, path) for day, path in rows)


@contextmanager
def made(asked: Asked, whole: bool = False) -> Iterator["DuckDBPyConnection"]:
    """An engine with the tables `views` (page views of persons), `hits` (whose visits they are of) and `visits` of the span and some days around it.

    Every visit that begins in the span is there with all its page views; with `whole`, also every one that reaches into it.
    """
    margin = timedelta(seconds=asked.timeout)
    first, last = jst_day(asked.start - margin), jst_day(asked.end - MICROSECOND + margin)
    with store.workplace() as work, connected(work) as engine:
        step = 1
        while True:
            _make(engine, asked, first, last)
            earlier = whole and asked.first < first and _reaches(engine, asked, _OPEN_BEFORE, midnight(first))
            later = asked.last > last and _reaches(engine, asked, _OPEN_AFTER, midnight(last + DAY))
            if not earlier and not later:
                break
            first, last, step = first - earlier * step * DAY, last + later * step * DAY, step * 2
        yield engine


def _make(engine: "DuckDBPyConnection", asked: Asked, first: date, last: date) -> None:
    paths = [str(store.root() / part.path) for part in asked.within(first, last)]
    top, values = _top()
    if paths:
        engine.execute(_VIEWS.format(top=top, person=Verdict.PERSON.value), {"paths": paths, **values})
    else:
        engine.execute(
            "CREATE OR REPLACE TEMP TABLE views (id BIGINT, viewed_at BIGINT, visitor BIGINT, visitor_before BIGINT, page VARCHAR, "
            "prefix VARCHAR, posting VARCHAR, source VARCHAR, top BOOLEAN)"
        )
    engine.execute(_PERSONS)
    engine.execute(_HITS, {"timeout": asked.timeout * 1_000_000})
    engine.execute(_VISITS)


def _reaches(engine: "DuckDBPyConnection", asked: Asked, query: str, edge: datetime) -> bool:
    values = {**asked.bounds, "timeout": asked.timeout * 1_000_000, "edge": to_microseconds(edge)}
    row = engine.execute(query, values).fetchone()
    return bool(row and row[0])


def _top() -> tuple[str, dict[str, object]]:
    """Whether a page view is one of the top page, by the list that held on its day."""
    tests, values = [], {}  # type: list[str], dict[str, object]
    for number, dated in enumerate(rules.TOP_PAGES):
        following = rules.TOP_PAGES[number + 1].since if number + 1 < len(rules.TOP_PAGES) else date.max
        held = f"viewed_at >= $since{number} AND viewed_at < $until{number}"
        tests.append(f"({held} AND list_contains($pages{number}, page))")
        values |= {
            f"since{number}": _border(dated.since), f"until{number}": _border(following),
            f"pages{number}": sorted(dated.value),
        }  # fmt: skip
    return " OR ".join(tests), values


def _border(day: date) -> int:
    if day in (date.min, date.max):  # midnight of the very first and last day cannot be told in every zone
        return -(2**62) if day == date.min else 2**62
    return to_microseconds(midnight(day))
