"""Visits, made exactly from page views when they are asked for: across midnight, month ends, files and servers.

A gap of more than the time-out between two page views of a visitor begins a new visit. Around the period as many days
are read as it takes: one time-out before it tells what begins in it; after it, and before it where a visit is to be known
whole, days are added until no visit that matters reaches their edge.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from partner.common.period import DAY, jst_day, midnight
from partner.facts.access import lists, rules, store
from partner.facts.access.agents import Verdict
from partner.facts.access.choosing import Overridden, overridden
from partner.facts.access.engine import connected
from partner.facts.access.lists import Held
from partner.facts.models.access import AccessPart
from partner.ledger.fields import MICROSECOND, to_microseconds

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_NONE = """
SELECT NULL::BIGINT AS viewed_at, NULL::BIGINT AS visitor, NULL::BIGINT AS visitor_before, NULL::TINYINT AS verdict,
  NULL::VARCHAR AS page, NULL::VARCHAR AS source, NULL::VARCHAR AS lists, NULL::VARCHAR AS batch LIMIT 0
"""
# A visitor of a month's first hour is known by the month's hash and by that of the month before: one person, named by
# the earliest of his hashes. Whoever comes again each half hour may be followed over several months.
_PERSONS = f"""
CREATE OR REPLACE TABLE persons AS
WITH RECURSIVE pairs AS (
  SELECT DISTINCT visitor, visitor_before FROM kept WHERE visitor_before IS NOT NULL AND verdict = {Verdict.PERSON.value}
),
chain AS (
  SELECT visitor, visitor_before AS person, 1 AS depth FROM pairs
  UNION ALL
  SELECT chain.visitor, pairs.visitor_before, chain.depth + 1 FROM chain JOIN pairs ON pairs.visitor = chain.person
)
SELECT visitor, arg_max(person, depth) AS person FROM chain GROUP BY visitor
"""  # noqa: S608
# `gap` is since the person's last page view, `following` until his next one; `first_at` is when the visit began.
_HITS = """
CREATE OR REPLACE TABLE hits AS
WITH known AS (
  SELECT {columns}, ({top}) AS top, coalesce(persons.person, visitor) AS person
  FROM kept LEFT JOIN persons USING (visitor) WHERE verdict = {person}
), spaced AS (
  SELECT *, viewed_at - lag(viewed_at) OVER same AS gap, lead(viewed_at) OVER same - viewed_at AS following
  FROM known WINDOW same AS (PARTITION BY person ORDER BY viewed_at)
)
SELECT *, max(CASE WHEN gap <= $timeout THEN NULL ELSE viewed_at END) OVER (PARTITION BY person ORDER BY viewed_at) AS first_at
FROM spaced
"""
_ALL = "kept.* EXCLUDE (verdict, visitor_before, lists, batch)"
_TIMES = "viewed_at"  # all that counting needs; texts would be sorted and carried along
_OPEN_AFTER = "SELECT count(*) FROM hits WHERE first_at < $end AND viewed_at >= $start AND following IS NULL AND viewed_at + $timeout >= $edge"
_OPEN_BEFORE = """
SELECT count(*) FROM (SELECT first_at, max(viewed_at) AS last_at FROM hits GROUP BY person, first_at)
WHERE first_at < $end AND last_at >= $start AND first_at - $timeout < $edge
"""
_JST = 9 * 3600 * 1_000_000
DAY_OF = f"(({{}} + {_JST}) // 86400000000)"


@dataclass(frozen=True)
class Part:
    """One file of the store; its path has its batch's random key in it, so it never means anything else."""

    day: date
    path: str
    rows: int


@dataclass(frozen=True)
class Asked:
    """A span of time, the time-out in seconds, and the parts known at a cut; and what of them another source overrides."""

    start: datetime
    end: datetime
    timeout: int
    parts: tuple[Part, ...]
    top: tuple[Held, ...]
    overridden: Overridden = ()

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


def asked(start: datetime, end: datetime, cut: datetime, timeout: int = rules.TIMEOUT_SECONDS) -> Asked:
    """What is known of a span at the cut."""
    rows = AccessPart.objects.known_at(cut).order_by("day", "id").values_list("day", "path", "rows")
    return Asked(start, end, timeout, tuple(Part(*row) for row in rows), lists.known(cut).top_pages, overridden(cut))


@contextmanager
def opened(asked: Asked, first: date | None = None, last: date | None = None) -> Iterator["DuckDBPyConnection"]:
    """An engine with the view `kept`: all page views of these days (else of the span's) that count at all, whoever's they are."""
    first, last = first or jst_day(asked.start), last or jst_day(asked.end - MICROSECOND)
    with store.workplace() as work, connected(work) as engine:
        _open(engine, asked, first, last)
        yield engine


@contextmanager
def made(
    asked: Asked, whole: bool = False, margin: timedelta = timedelta(), *, times_only: bool = False
) -> Iterator["DuckDBPyConnection"]:
    """An engine with the table `hits`: page views of persons, each with its visit, of the span and some days around it.

    A visit is told by `person` and `first_at`. Every visit that begins in the span is there with all its page views; with
    `whole`, also every one that reaches into it. `margin` is how long before and after it is read at least. With `times_only`
    a page view is its moment, its person and whether it is one of the top page: half the time, for who only counts.
    """
    margin = max(margin, timedelta(seconds=asked.timeout))
    first, last = jst_day(asked.start - margin), jst_day(asked.end - MICROSECOND + margin)
    with store.workplace() as work, connected(work) as engine:
        step = 1
        while True:
            _make(engine, asked, first, last, _TIMES if times_only else _ALL)
            earlier = whole and asked.first < first and _reaches(engine, asked, _OPEN_BEFORE, midnight(first))
            later = asked.last > last and _reaches(engine, asked, _OPEN_AFTER, midnight(last + DAY))
            if not earlier and not later:
                break
            first, last, step = first - earlier * step * DAY, last + later * step * DAY, step * 2
        yield engine


def _open(engine: "DuckDBPyConnection", asked: Asked, first: date, last: date) -> None:
    paths = ", ".join(f"'{_quoted(store.root() / part.path)}'" for part in asked.within(first, last))
    rows = f"SELECT * FROM read_parquet([{paths}])" if paths else _NONE  # noqa: S608
    start, end = to_microseconds(midnight(first)), to_microseconds(midnight(last + DAY))
    lesser = " OR ".join(
        f"(source = '{_quoted(source)}' AND viewed_at >= {since} AND viewed_at < {until})"
        for source, since, until in asked.overridden
        if since < end and until > start
    )
    engine.execute(f"CREATE OR REPLACE VIEW kept AS {rows}{f' WHERE NOT ({lesser})' if lesser and paths else ''}")


def _quoted(text: object) -> str:
    return str(text).replace("'", "''")


def _make(engine: "DuckDBPyConnection", asked: Asked, first: date, last: date, columns: str) -> None:
    _open(engine, asked, first, last)
    top, values = _top(asked.top)
    engine.execute(_PERSONS)
    query = _HITS.format(columns=columns, top=top, person=Verdict.PERSON.value)
    engine.execute(query, {"timeout": asked.timeout * 1_000_000, **values})


def _reaches(engine: "DuckDBPyConnection", asked: Asked, query: str, edge: datetime) -> bool:
    values = {**asked.bounds, "timeout": asked.timeout * 1_000_000, "edge": to_microseconds(edge)}
    row = engine.execute(query, values).fetchone()
    return bool(row and row[0])


def _top(held: tuple[Held, ...]) -> tuple[str, dict[str, object]]:
    """Whether a page view is one of the top page, by the list that held at its moment."""
    tests, values = ["false"], {}  # type: list[str], dict[str, object]
    for number, one in enumerate(held):
        tests.append(f"(page = $top{number} AND viewed_at >= $since{number} AND viewed_at < $until{number})")
        values |= {f"top{number}": one.value, f"since{number}": one.since, f"until{number}": one.until}
    return " OR ".join(tests), values


def posting_of(prefix: str) -> str:
    """An expression for the number of the posting whose page was viewed, by the pattern of its day; empty where it is none.

    `prefix` is `jobs` or `trainings`.
    """
    cases = []
    for number, dated in enumerate(rules.POSTINGS):
        following = rules.POSTINGS[number + 1].since if number + 1 < len(rules.POSTINGS) else date.max
        before, after = (re.escape(part) for part in dated.value[prefix].split("{number}"))
        pattern = _quoted(f"^{before}([^/]+){after}$")
        cases.append(
            f"WHEN viewed_at >= {_border(dated.since)} AND viewed_at < {_border(following)} THEN regexp_extract(page, '{pattern}', 1)"
        )
    return f"CASE {' '.join(cases)} ELSE '' END"


def _border(day: date) -> int:
    if day in (date.min, date.max):  # midnight of the very first and last day cannot be told in every zone
        return -(2**62) if day == date.min else 2**62
    return to_microseconds(midnight(day))
