"""The web server's log of the last months: visits, crawlers, a monitor every quarter of an hour, and three lost hours."""

import random
import tempfile
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from partner.common.period import DAY, add_months, midnight
from partner.demo import story
from partner.demo.rows import BY
from partner.demo.stretches import chance
from partner.demo.surroundings import at, settled_on
from partner.demo.taken import Taken
from partner.facts.access.loading import load
from partner.ledger import clock
from partner.ledger.fields import to_microseconds

LOGGED_FROM = date(2025, 9, 1)
LOST = (date(2026, 10, 14), 2, 5)  # the disk was full from 2:00 to 5:00
SOURCE = "portal"
_AGENTS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile Safari/604.1",
    "Mozilla/5.0 (Linux; Android 15; CUBOT P80) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Mobile Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
)  # fmt: skip
_CRAWLER = "Mozilla/5.0 (compatible; examplebot/1.0; +http://bot.example/)"
_MONITOR = "curl/8.5"
_PAGES = ("/", "/jobs/", "/trainings/", "/about/", "/consultation/", "/news/", "/en/", "/faq/", "/organizations/")
_WEIGHTS = (30, 22, 9, 8, 7, 10, 4, 6, 4)


class _Numbers:
    """A board's numbers in the order of their first publication."""

    def __init__(self, taken: Taken) -> None:
        published = sorted((row["happened_at"], row["subject"]) for row in taken.rows if row["kind"] == "published")
        self._times = [at for at, _ in published]
        self.numbers = [number for _, number in published]

    def before(self, day: date) -> int:
        """How many were published before the day."""
        return bisect_left(self._times, to_microseconds(midnight(day)))


Boards = dict[str, _Numbers]


def tell(seed: int, scale: float, until: date, published: list[Taken]) -> int:
    """Loads the log month by month, each up to the day before it is taken in; returns the last tick."""
    last, logged = 0, LOGGED_FROM
    boards = {taken.stream.kind: _Numbers(taken) for taken in published}
    first = LOGGED_FROM
    with tempfile.TemporaryDirectory(prefix="partner-demo-") as folder:
        while (told := at(settled_on(first), 9, 15)).date() <= until:
            path = Path(folder) / f"access-{first:%Y-%m}.log"
            days = (logged + DAY * n for n in range((told.date() - logged).days))
            path.write_text("".join(line for day in days for line in _day(seed, scale, day, boards)), encoding="ascii")
            clock.told_until(told)
            load([path], source=SOURCE, by=BY)
            path.unlink()
            last, logged, first = to_microseconds(told), told.date(), add_months(first, 1)
    return last


def _day(seed: int, scale: float, day: date, boards: Boards) -> list[str]:
    """The day's lines in the order of time."""
    rng = chance(seed, scale, "visits", day)
    lines = [*_monitored(day), *_crawled(rng, day, scale, boards)]
    for _ in range(story.poisson(rng, 430 * scale * story.rhythm(day))):
        lines += _visit(rng, day, boards)
    lines.sort()
    return [text for moment, text in lines if not _is_lost(moment)]


def _is_lost(moment: datetime) -> bool:
    start = midnight(LOST[0])
    return start + timedelta(hours=LOST[1]) <= moment < start + timedelta(hours=LOST[2])


def _visit(rng: random.Random, day: date, boards: Boards) -> Iterator[tuple[datetime, str]]:
    """Someone looks at one page or several; now and then he comes back after a while."""
    hour = rng.choices(range(24), (2, 1, 1, 1, 1, 2, 4, 7, 10, 12, 12, 11, 13, 11, 11, 10, 9, 9, 9, 11, 13, 13, 9, 5))[
        0
    ]
    moment = midnight(day) + timedelta(seconds=hour * 3600 + rng.randrange(3600))
    address, agent = _address(rng), rng.choice(_AGENTS)
    for _ in range(min(12, 1 + int(rng.expovariate(0.45)))):
        page = rng.choices(_PAGES, _WEIGHTS)[0] if rng.random() < 0.72 else _posting(rng, day, boards)
        yield moment, _line(address, moment, page, 200, agent)
        if rng.random() < 0.35:
            yield moment, _line(address, moment, "/static/site.css", 200, agent)
        moment += timedelta(
            seconds=int(rng.expovariate(1 / 150)) + 3 if rng.random() < 0.96 else rng.choice((1800, 1801, 2600))
        )


def _posting(rng: random.Random, day: date, boards: Boards) -> str:
    """A posting's own page: mostly one that is public, sometimes one that was, seldom one that never was."""
    path = "jobs" if rng.random() < 0.8 else "trainings"
    board = boards[path]
    last = board.before(day)
    if not last or rng.random() < 0.01:
        return f"/{path}/{rng.randint(1, 900)}"
    return f"/{path}/{board.numbers[last - 1 - int(rng.random() ** 2 * min(last, 60))]}"


def _crawled(rng: random.Random, day: date, scale: float, boards: Boards) -> Iterator[tuple[datetime, str]]:
    for _ in range(int(160 * scale)):
        moment = midnight(day) + timedelta(seconds=rng.randrange(86400))
        yield moment, _line("192.0.2.77", moment, _posting(rng, day, boards), 200, _CRAWLER)


def _monitored(day: date) -> Iterator[tuple[datetime, str]]:
    for n in range(96):
        moment = midnight(day) + timedelta(minutes=15 * n, seconds=5)
        yield moment, _line("198.51.100.9", moment, "/healthz", 200, _MONITOR)


def _address(rng: random.Random) -> str:
    """Addresses of documentation networks alone: they belong to nobody."""
    if rng.random() < 0.3:
        return f"2001:db8:{rng.randrange(65536):x}:{rng.randrange(65536):x}::{rng.randrange(1, 65536):x}"
    return f"{rng.choice(('192.0.2', '198.51.100', '203.0.113'))}.{rng.randrange(1, 255)}"


def _line(address: str, moment: datetime, page: str, status: int, agent: str) -> str:
    stamp = moment.astimezone(UTC).strftime("%d/%b/%Y:%H:%M:%S +0000")
    return f'{address} - - [{stamp}] "GET {page} HTTP/1.1" {status} 5120 "-" "{agent}"\n'
