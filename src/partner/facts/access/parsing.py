"""A line of an access log: exactly the format, or malformed; and what it counts as (catalogue §3 rule 4)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache

from partner.facts.access import addresses, rules
from partner.facts.access.agents import Verdict, judged
from partner.ledger.fields import EPOCH

LONGEST_LINE = 1024 * 1024  # no server takes a request a tenth as long: a longer line is none of its log
SECOND = 1_000_000
JST_OFFSET = 9 * 3600

_QUOTED = rb'"([^"\\]*(?:\\.[^"\\]*)*)"'
_COMMON = (
    rb"(\S+) \S+ \S+ \[(\d\d/[A-Z][a-z]{2}/\d{4}):(\d\d:\d\d:\d\d) ([+-]\d{4})\] " + _QUOTED + rb" (\d{3}) (?:\d+|-)"
)
FORMATS = {"combined": re.compile(_COMMON + b" " + _QUOTED + b" " + _QUOTED), "common": re.compile(_COMMON)}
WITHOUT_ZONE = re.compile(rb"\S+ \S+ \S+ \[\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d\] ")
BEGINNING = re.compile(rb"\S+ \S+ \S+ \[")
_REQUEST = re.compile(rb"GET (\S+) HTTP/\d(?:\.\d)?")
_NAMES = (b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is exactly the format. `second` is since 1970 UTC; `agent` is None where the format has none."""

    second: int
    address: bytes
    request: bytes
    status: bytes
    agent: bytes | None


@dataclass(frozen=True, slots=True)
class PageView:
    """A page request that was answered; also those of crawlers and of the Centre's own."""

    page: str
    verdict: Verdict
    prefix: str = ""
    posting: str = ""


def parsed(line: bytes, layout: "re.Pattern[bytes]") -> Line | None:
    """The line, or None where it is malformed."""
    match = layout.fullmatch(line) if len(line) <= LONGEST_LINE else None
    if match is None:
        return None
    address, day, clock, zone, request, status, *more = match.groups()
    midnight, second = _midnight(day, zone), _of_day(clock)
    if midnight is None or second is None:
        return None
    return Line(midnight + second, address, request, status, more[1] if more else None)


def classified(line: Line, source: str) -> PageView | str:
    """The page view, or what the line is instead: `not_a_page_request` or `static`."""
    request = _REQUEST.fullmatch(line.request)
    if request is None or line.status not in (b"200", b"304"):
        return "not_a_page_request"
    path = addresses.normalised(request[1])
    if path is None:
        return "not_a_page_request"
    if addresses.is_static(path):
        return "static"
    page, valid = addresses.folded(path), rules.of(source, jst_date(line.second))
    if addresses.lies_under(page, valid.excluded):
        return "not_a_page_request"
    verdict = judged(line.address, line.agent, valid)
    for prefix, pattern in valid.postings:
        if match := pattern.fullmatch(page):
            return PageView(page, verdict, prefix, match[1])
    return PageView(page, verdict)


def guessed(lines: Iterable[bytes]) -> str:
    """The name of the format that most of these lines have; the first where none has."""
    few = list(lines)
    return max(FORMATS, key=lambda name: sum(FORMATS[name].fullmatch(line) is not None for line in few))


def jst_date(second: int) -> date:
    """The day in Japan."""
    return _date((second + JST_OFFSET) // 86400)


@lru_cache(maxsize=10_000)
def _date(day: int) -> date:
    return date.fromordinal(EPOCH.toordinal() + day)


@lru_cache(maxsize=10_000)
def _midnight(day: bytes, zone: bytes) -> int | None:
    """The second since 1970 at which the day began in that zone."""
    number, name, year = day.split(b"/")
    hours, minutes = int(zone[1:3]), int(zone[3:])
    if name not in _MONTHS or hours > 23 or minutes > 59:
        return None
    try:
        began = datetime(int(year), _MONTHS[name], int(number), tzinfo=UTC)
    except ValueError:  # 31/Feb
        return None
    offset = (hours * 60 + minutes) * 60
    return int(began.timestamp()) - (offset if zone[:1] == b"+" else -offset)


@lru_cache(maxsize=100_000)
def _of_day(clock: bytes) -> int | None:
    hours, minutes, seconds = int(clock[:2]), int(clock[3:5]), int(clock[6:])
    return None if hours > 23 or minutes > 59 or seconds > 59 else (hours * 60 + minutes) * 60 + seconds
