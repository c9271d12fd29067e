"""Days counted once and kept: derived from parts, named by them, and made again whenever they are not there.

What was counted of a day holds for exactly the parts it was counted from: those of the day before, of itself, and of the days
that its visits reach into. A late file, a recount or another cut has other parts, and so other counts; nothing is ever stale.
Whoever needs to be sure asks `asking.counts(..., again=True)`, which reads page views alone.
"""

import json
import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partner.common.period import DAY, midnight
from partner.facts.access import store
from partner.facts.access.agents import Verdict
from partner.facts.access.moments import jst_date
from partner.facts.access.visits import DAY_OF, Asked, made
from partner.ledger.fields import to_microseconds

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DEFINITION = 1
SENSITIVITY = (15, 30, 60)  # minutes
_KEPT = 12  # countings of one day: more cuts than these are counted again when they are asked
_AT_ONCE = 2_500_000  # rows in memory
_WIDEST = timedelta(minutes=max(SENSITIVITY))
_COUNTED = f"""
SELECT {DAY_OF.format("viewed_at")} AS day, count(*), count(*) FILTER (top),
  count(*) FILTER (gap IS NULL OR gap > $timeout),
  count(*) FILTER ((gap IS NULL OR gap > $timeout) AND (following IS NULL OR following > $timeout)),
  count(*) FILTER (gap IS NULL OR gap > $narrow), count(*) FILTER (gap IS NULL OR gap > $wide),
FROM hits WHERE viewed_at >= $start AND viewed_at < $end GROUP BY day
"""  # noqa: S608
_TOUCHED = f"""
SELECT {DAY_OF.format("first_at")} AS day, count(*) FROM (SELECT DISTINCT person, first_at FROM hits WHERE top)
WHERE first_at >= $start AND first_at < $end GROUP BY day
"""  # noqa: S608
_ASIDE = f"""
SELECT {DAY_OF.format("viewed_at")} AS day, verdict, count(*) FROM kept
WHERE verdict <> {Verdict.PERSON.value} AND viewed_at >= $start AND viewed_at < $end GROUP BY day, verdict
"""  # noqa: S608
_REACH = f"""
SELECT {DAY_OF.format("first_at")} AS day, max({DAY_OF.format("viewed_at + $timeout")}) FROM hits
WHERE first_at >= $start AND first_at < $end GROUP BY day
"""  # noqa: S608


@dataclass(frozen=True)
class Day:
    """The counts of one day. Visits at three time-outs, in minutes; page views that do not count stand apart."""

    page_views: int = 0
    top_page_views: int = 0
    visits: int = 0
    single_page_visits: int = 0
    visits_15: int = 0
    visits_60: int = 0
    top_visits: int = 0
    crawler: int = 0
    own: int = 0
    prefetch: int = 0


def of_days(span: Asked) -> dict[date, Day]:
    """The counts of each day of the span that has any page views. The span is of whole days."""
    wanted = sorted({part.day for part in span.parts if span.start <= midnight(part.day) < span.end})
    found = {day: known for day in wanted if (known := _kept(day, span)) is not None}
    for run in _runs([day for day in wanted if day not in found], span):
        found |= _count(run, span)
    return {day: found[day] for day in wanted}


def _runs(days: Sequence[date], span: Asked) -> Iterable[list[date]]:
    """Days that follow each other, as many as are counted at once."""
    rows = {day: sum(part.rows for part in span.within(day, day)) for day in days}
    run: list[date] = []
    held = 0
    for day in days:
        if run and (day - run[-1] > DAY or held + rows[day] > _AT_ONCE):
            yield run
            run, held = [], 0
        run.append(day)
        held += rows[day]
    if run:
        yield run


def _count(days: list[date], span: Asked) -> dict[date, Day]:
    whole, span = span, replace(span, start=midnight(days[0]), end=midnight(days[-1] + DAY))
    timeout = {"timeout": span.timeout * 1_000_000}
    sides = {"narrow": min(SENSITIVITY) * 60_000_000, "wide": max(SENSITIVITY) * 60_000_000}
    with made(span, margin=_WIDEST, times_only=True) as engine:
        counted = _by_day(engine, _COUNTED, {**span.bounds, **timeout, **sides})
        touched = dict(_by_day(engine, _TOUCHED, span.bounds))
        aside = engine.execute(_ASIDE, span.bounds).fetchall()
        reach = {day: jst_day_of(last) for day, (last,) in _by_day(engine, _REACH, {**span.bounds, **timeout})}
    found = {day: Day(*numbers, *touched.get(day, (0,))) for day, numbers in counted}
    for number, verdict, count in aside:
        day = jst_day_of(number)
        found[day] = replace(found.get(day, Day()), **{Verdict(verdict).name.lower(): count})
    for day in days:
        found.setdefault(day, Day())
        _keep(day, max(reach.get(day, day), day + DAY), whole, found[day])
    return found


def _by_day(engine: "DuckDBPyConnection", query: str, values: dict[str, Any]) -> list[tuple[date, tuple[int, ...]]]:
    return [(jst_day_of(day), tuple(numbers)) for day, *numbers in engine.execute(query, values).fetchall()]


def jst_day_of(number: int) -> date:
    """The day in Japan that is the so-and-so-many-th since 1970."""
    return jst_date(number * 86400 - 9 * 3600)


def _kept(day: date, span: Asked) -> Day | None:
    for entry in _entries(day):
        if entry["key"] == _key(day, date.fromisoformat(entry["through"]), span):
            return Day(**entry["counts"])
    return None


def _keep(day: date, through: date, span: Asked, counts: Day) -> None:
    """Best effort: where it cannot be written it is counted again."""
    entry = {"key": _key(day, through, span), "through": through.isoformat(), "counts": asdict(counts)}
    entries = [entry, *(other for other in _entries(day) if other["key"] != entry["key"])][:_KEPT]
    path = _path(day)
    made = path.with_suffix(f".{secrets.token_hex(4)}.new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made.write_text(json.dumps(entries), encoding="ascii")
        os.replace(made, path)
    except OSError:
        made.unlink(missing_ok=True)


def _entries(day: date) -> list[dict[str, Any]]:
    try:
        entries: list[dict[str, Any]] = json.loads(_path(day).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return []
    return entries


def _path(day: date) -> Path:
    return store.root() / "counted" / f"{day}.json"


def _key(day: date, through: date, span: Asked) -> str:
    """Everything that the counts depend on."""
    start, end = to_microseconds(midnight(day - DAY)), to_microseconds(midnight(through + DAY))
    aside = [one for one in span.overridden if one[1] < end and one[2] > start]
    top = [(one.value, one.since, one.until) for one in span.top if one.since < end and one.until > start]
    paths = [part.path for part in span.within(day - DAY, through)]
    said = json.dumps([DEFINITION, span.timeout, SENSITIVITY, top, aside, paths])
    return sha256(said.encode()).hexdigest()[:32]
