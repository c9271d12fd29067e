"""What figures, screens and commands ask of page views. Nothing else of this package is called from outside but `load`.

Every question takes `start` (included), `end` (not included) and `cut`: the ledger's moment at whose knowledge it is
answered. The same question at the same cut is answered alike for ever, as long as the parts are kept. Page views are those of
persons; crawlers and the Centre's own stand apart (`aside`). A visit belongs to the day of its first page view, and is counted
where that lies in the span. Nothing here gives an address or an agent.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Any
from urllib.parse import unquote

from partner.common.period import JST, jst_day, midnight
from partner.facts.access import counted, questions, rules
from partner.facts.access.agents import Verdict
from partner.facts.access.answers import AccessCounts, ApartView, Counts, PageView, Visit
from partner.facts.access.hours import KIND, Interval
from partner.facts.access.visits import Asked, asked, made, opened, posting_of
from partner.facts.models.coverage import Coverage
from partner.ledger.fields import MICROSECOND, from_microseconds

TIMEOUT = timedelta(seconds=rules.TIMEOUT_SECONDS)
_APART = {verdict.name.lower(): verdict.value for verdict in (Verdict.CRAWLER, Verdict.OWN, Verdict.PREFETCH)}
MEASURES = ("page_views", "visits", "single_page_visits", "top_page_views", "top_visits")


def counts(
    start: datetime, end: datetime, cut: datetime, timeout: timedelta = TIMEOUT, *, again: bool = False
) -> AccessCounts:
    """How many page views and visits, of the site and of the top page. Zeros also where nothing is covered: ask `covered`.

    Whole days at the usual time-out are counted once and kept; with `again` they are counted from the page views in any case.
    """
    span = _asked(start, end, cut, timeout)
    if again or timeout != TIMEOUT or not _are_days(start, end):
        return _counts(span)
    days = {day: Counts(*(getattr(one, name) for name in MEASURES)) for day, one in counted.of_days(span).items()}
    return _summed({day: one for day, one in days.items() if one != Counts()})


def days(start: datetime, end: datetime, cut: datetime) -> dict[date, counted.Day]:
    """All counts of each day on which there was any line that counts somehow, those that stand apart too. The span is of whole days."""
    return counted.of_days(_asked(start, end, cut, TIMEOUT))


def sensitivity(start: datetime, end: datetime, cut: datetime) -> dict[int, Counts]:
    """Page views and visits of whole days at a time-out of 15, 30 and 60 minutes, by minutes: how much the rule matters."""
    days = counted.of_days(_asked(start, end, cut, TIMEOUT)).values()
    views = sum(day.page_views for day in days)
    visits_ = {minutes: sum(_at(day, minutes) for day in days) for minutes in counted.SENSITIVITY}
    return {minutes: Counts(page_views=views, visits=number) for minutes, number in visits_.items()}


def by_page(start: datetime, end: datetime, cut: datetime, timeout: timedelta = TIMEOUT) -> dict[str, Counts]:
    """Per address: its page views, and the visits begun in the span that touched it. Most viewed first, then by address."""
    return dict(_by_page(_asked(start, end, cut, timeout)))


def page_counts(start: datetime, end: datetime, cut: datetime) -> dict[str, int]:
    """Per address its page views alone: a fraction of the time that the visits take."""
    return dict(_rows(_asked(start, end, cut, TIMEOUT), questions.PAGE_COUNTS))


def aside(start: datetime, end: datetime, cut: datetime) -> dict[str, int]:
    """Page views that do not count: `crawler`, `own` (the Centre's staff and probes), `prefetch` (asked for ahead)."""
    span = _asked(start, end, cut, TIMEOUT)
    if _are_days(start, end):
        days = counted.of_days(span).values()
        return {name: sum(getattr(day, name) for day in days) for name in _APART}
    found = dict(_rows(span, questions.ASIDE))
    return {name: found.get(verdict, 0) for name, verdict in _APART.items()}


def apart(
    start: datetime, end: datetime, cut: datetime, name: str, offset: int = 0, limit: int = 100
) -> list[ApartView]:
    """The page views behind one name of `aside`, in order of time."""
    query = f"{questions.APART_VIEWS} LIMIT $limit OFFSET $offset"
    rows = _rows(_asked(start, end, cut, TIMEOUT), query, verdict=_APART[name], limit=limit, offset=offset)
    return [ApartView(from_microseconds(at), *rest) for at, *rest in rows]


def posting_views(start: datetime, end: datetime, cut: datetime, prefix: str) -> dict[str, list[tuple[int, int]]]:
    """Per posting number, the page views of its own page: (microseconds since 1970, how many), in order of time.

    `prefix` is `jobs` or `trainings`. The numbers are those of the addresses: a posting need not be known, nor public then.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    query = questions.POSTINGS.format(posting=posting_of(prefix), person=Verdict.PERSON.value)
    for posting, at, views in _rows(_asked(start, end, cut, TIMEOUT), query):
        found.setdefault(unquote(posting), []).append((at, views))
    return found


def page_views(
    start: datetime, end: datetime, cut: datetime, offset: int = 0, limit: int = 100, *,
    page: str | Collection[str] | None = None, top: bool = False, prefix: str = "", posting: str = "",
) -> list[PageView]:  # fmt: skip
    """The single page views behind `counts`, in order of time: of one page or several, of the top page, of postings."""
    span = _asked(start, end, cut, TIMEOUT)
    pages = None if page is None else [page] if isinstance(page, str) else sorted(page)
    chosen = {
        "pages": pages,
        "top": top,
        "of_postings": bool(prefix),
        "posting": posting,
        "offset": offset,
        "limit": limit,
    }
    query = questions.PAGE_VIEWS.format(posting=posting_of(prefix) if prefix else "''")
    with made(span, whole=True) as engine:
        found = engine.execute(query, {**span.bounds, **chosen}).fetchall()
    return [_viewed(row, prefix) for row in found]


def _viewed(row: tuple[Any, ...], prefix: str) -> PageView:
    at, page, visitor, first, by, source, number, place = row
    return PageView(
        f"{from_microseconds(at):%Y%m%dT%H%M%S}-{place}", from_microseconds(at), page, _hash(visitor),
        _visit(first, by), source, prefix, unquote(number),
    )  # fmt: skip


def of_visit(name: str, cut: datetime) -> list[PageView]:
    """The page views of the visit with this name, in order of time; none where there is no such visit at the cut."""
    try:
        first_at = datetime.strptime(name[:15], "%Y%m%dT%H%M%S").replace(tzinfo=JST)
    except ValueError:
        return []
    span = _asked(first_at, first_at + timedelta(seconds=1), cut, TIMEOUT)
    with made(span) as engine:
        found = engine.execute(questions.OF_VISIT, {"start": span.bounds["start"]}).fetchall()
    return [view for row in found if (view := _viewed(row, "")).visit == name]


def visits(
    start: datetime, end: datetime, cut: datetime, offset: int = 0, limit: int = 100, *,
    top: bool = False, single: bool = False, page: str = "",
) -> list[Visit]:  # fmt: skip
    """The single visits behind the counts, in order of time: all, those that touched the top page or a page, or those of one view."""
    span = _asked(start, end, cut, TIMEOUT)
    chosen = {"top": top, "single": single, "page": page, "offset": offset, "limit": limit}
    with made(span) as engine:
        found = engine.execute(questions.LISTED_VISITS, {**span.bounds, **chosen}).fetchall()
    return [
        Visit(_visit(first, by), _hash(by), from_microseconds(first), from_microseconds(last), views, touched)
        for first, last, by, views, touched in found
    ]


def covered(start: datetime, end: datetime, cut: datetime) -> dict[str, list[Interval]]:
    """Per source with anything in the span: for which hours of it there are lines."""
    found: dict[str, list[Interval]] = {}
    rows = Coverage.objects.known_at(cut).filter(kind=KIND, loss=False, valid_from__lt=end, valid_to__gt=start)
    for row in rows.order_by("source", "valid_from"):
        found.setdefault(row.source, []).append((max(row.valid_from, start), min(row.valid_to, end)))
    return found


def gaps(cut: datetime) -> dict[str, list[Interval]]:
    """Per source: the hours without a line between its first and its last. Its reach is the end of the last of `covered`."""
    found: dict[str, list[Interval]] = {}
    known = covered(from_microseconds(0), cut + timedelta(days=1), cut)
    for source, hours in known.items():
        found[source] = [(before[1], after[0]) for before, after in pairwise(hours)]
    return found


def is_complete(start: datetime, end: datetime, cut: datetime) -> bool:
    """Whether every source heard of in the span, and one at least, covers it and a time-out on each side (rule 3).

    Declared losses are not looked at: they settle what this calls incomplete.
    """
    wide = (start - TIMEOUT, end + TIMEOUT)
    known = covered(*wide, cut)
    return bool(known) and all(hours == [wide] for hours in known.values())


def _asked(start: datetime, end: datetime, cut: datetime, timeout: timedelta) -> Asked:
    seconds = int(timeout.total_seconds())
    if not 0 < seconds <= rules.LONGEST_TIMEOUT:
        raise ValueError(f"a time-out of {seconds} s: over a month's end visitors are known for an hour only")
    return asked(start, end, cut, seconds)


def _are_days(start: datetime, end: datetime) -> bool:
    return all(at == midnight(jst_day(at)) for at in (start, end))


def _at(day: counted.Day, minutes: int) -> int:
    number: int = day.visits if minutes * 60 == rules.TIMEOUT_SECONDS else getattr(day, f"visits_{minutes}")
    return number


@lru_cache(maxsize=64)
def _counts(span: Asked) -> AccessCounts:
    values = {**span.bounds, "timeout": span.timeout * 1_000_000}
    with made(span, times_only=True) as engine:
        found = engine.execute(questions.COUNTED, values).fetchall()
        touched = dict(engine.execute(questions.TOUCHED, span.bounds).fetchall())
    days = {
        counted.jst_day_of(day): Counts(views, begun, single, top, touched.get(day, 0))
        for day, views, top, begun, single in sorted(found)
    }
    return _summed(days)


def _summed(days: dict[date, Counts]) -> AccessCounts:
    totals = {name: sum(getattr(day, name) for day in days.values()) for name in MEASURES}
    return AccessCounts(**totals, by_day=days)


@lru_cache(maxsize=16)
def _by_page(span: Asked) -> dict[str, Counts]:
    with made(span) as engine:
        found = engine.execute(questions.BY_PAGE, span.bounds).fetchall()
    return {page: Counts(page_views=views, visits=visits) for page, views, visits in found}


def _rows(span: Asked, query: str, **more: Any) -> list[tuple[Any, ...]]:
    if not span.within(jst_day(span.start), jst_day(span.end - MICROSECOND)):
        return []
    with opened(span) as engine:
        return engine.execute(query, {**span.bounds, **more}).fetchall()


def _hash(visitor: int) -> str:
    return f"{visitor & (2**64 - 1):016x}"


def _visit(first_at: int, visitor: int) -> str:
    return f"{from_microseconds(first_at):%Y%m%dT%H%M%S}-{_hash(visitor)}"
