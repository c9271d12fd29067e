"""A generated access log of a portal: combined format, about 240 bytes a line, in the order in which a server writes it.

The same arguments give the same bytes on every machine: chance comes from `random.Random(seed).random()` alone, whose
sequence Python promises to keep for a whole-number seed, and every other number from whole-number arithmetic. The log is
written ten minutes at a time, so memory grows with how busy the site is, by about 1 MB per million lines of a month.

Run as a module: `python -m benchmarks.access_log FILE --lines=1000000 --seed=1 --first=2026-10-01 --days=31`.
"""

import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, chain, product
from pathlib import Path
from typing import TypeVar

Some = TypeVar("Some")

SLOT = 600
CRAWLED, SPOILT = 80, 1  # of 1,000 lines
VISITORS = 22  # per 1,000 lines; some of them never come
_HOURS = (5, 3, 2, 2, 2, 3, 6, 9, 13, 17, 18, 17, 22, 18, 17, 17, 17, 17, 17, 18, 22, 24, 20, 12)
_WEEKDAYS = (11, 11, 11, 10, 10, 7, 8)  # Monday first
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SECONDS = [b"%02d +0900] " % second for second in range(60)]

_CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0"
_SYSTEMS = (
    "Windows NT 10.0; Win64; x64",
    "Macintosh; Intel Mac OS X 10_15_7",
    "X11; Linux x86_64",
    "Linux; Android 10; K",
)
_BROWSERS = (_CHROME + " Safari/537.36", _CHROME + " Safari/537.36 Edg/{}.0.0.0", "Gecko/20100101 Firefox/{}.0")
_TELEPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS {}_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{}.0 Mobile/15E148 Safari/604.1"
AGENTS = [
    agent.encode("latin-1")
    for agent in (
        *(f"Mozilla/5.0 ({system}) {browser.format(edition, edition)}" for system, browser, edition in product(_SYSTEMS, _BROWSERS, range(110, 131))),
        *(_TELEPHONE.format(edition, edition) for edition in range(14, 19) for _ in range(18)),
        *(r"Mozilla/5.0 (X11; Linux x86_64; rv:" + f"{edition}.0" + r") Gecko/20100101 \"Kiosk\" Firefox/115.0" for edition in range(5)),
        r"Portal reader C:\\Programs\\reader.exe 3.1",
        "Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 20) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36",
        "Caf\xe9 mobile/2.0 (Linux; Android 9)",  # not UTF-8
    )
]  # fmt: skip
CRAWLERS = [
    (b"%b - - [" % address, agent)
    for agent in (
        b"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", b"Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        b"Mozilla/5.0 (compatible; ExampleSpider/1.4; +https://spider.example/about)", b"python-requests/2.32.3", b"curl/8.5.0", b"Wget/1.21.4",
        b"UptimeRobot/2.0; http://www.uptimerobot.com/", b"check_http/v2.3.3 (nagios-plugins 2.3.3)", b"Go-http-client/2.0", b"Java/17.0.9", b"-",
        rb"ExampleCrawler/1.0 (\"research\"; crawl@example.org)",
    )
    for address in (b"100.127.255.7", b"100.127.254.11", b"2001:db8:ffff::c0")
]  # fmt: skip

_SITE = b"https://portal.example.jp"
_SEARCHED = (
    "%E7%A0%94%E7%A9%B6",
    "%e5%8a%a9%e6%95%99",
    "data+science",
    "%E7%94%9F%E7%89%A9%E5%AD%A6&field=%E7%90%86%E5%AD%A6",
)
_VIEWED = (
    "/", "/jobs", "/index.html", "/jobs?page=2", "/search?q={}", "/trainings", "/en/", "/about", "/jobs/?field=info&sort=new", "/faq.html", "/en",
    "/about/%E7%A0%94%E7%A9%B6", "/about/%e7%a0%94%e7%a9%b6", "/%61bout", "/news/2026/10/", "//jobs//", "/index.html?from=mail", "/guide/researchers.html",
)  # fmt: skip
_ANSWERS = (b' HTTP/1.1" 200 18342 "', b' HTTP/2.0" 200 7211 "', b' HTTP/1.1" 304 - "', b' HTTP/1.1" 200 31007 "')


def _targets() -> Iterator[str]:
    """Most viewed first: the pages that every portal has, then postings, each also with a query or a sign written otherwise."""
    for number, target in enumerate(_VIEWED * 6):
        yield target.format(_SEARCHED[number % 4])
    for number in range(1, 2000):
        kind, sign = ("trainings", "T") if number % 5 == 0 else ("jobs", "J")
        ending = ("", "", "", "?from=mail", "/", "?utm_source=sns&utm_medium=post", "#apply")[number % 7]
        yield f"/{kind}/{sign}{('-', '-', '%2D')[number % 3]}{number % 1250:04}{ending}"
    yield from (f"/news/2026/{number % 12 + 1:02}/{number:03}.html" for number in range(300))
    yield from ("/search?q=\x8c\xa4\x8b\x86", "/caf\xe9", "/search?q=a\\x22b", "/jobs/a%20b")


PAGES = [
    (target.encode("latin-1"), _SITE + target.encode("latin-1"), _ANSWERS[number % 4])
    for number, target in enumerate(_targets())
]
REFERRERS = [
    *[b"-"] * 5, *[b"https://search.example/"] * 8, b"https://search.example/results?q=%E7%A0%94%E7%A9%B6%E8%80%85+%E5%8B%9F%E9%9B%86&hl=ja",
    b"https://www.univ.example.ac.jp/career/links.html", rb"https://search.example/?q=\"postdoc\"+\xe7", b"https://news.example/article/20261001",
    b"https://mail.example/\xff", *[_SITE + b"/"] * 2,
]  # fmt: skip
FILES = [
    (f"/static/{name}".encode(), b" HTTP/1.1\" %b \"" % sent)
    for name in (
        "css/site.4f2a91c0.css", "css/print.css", "js/menu.77be01aa.js", "js/search.js?v=3", "img/logo.svg", "img/Photo-01.JPG", "img/head.webp",
        "fonts/plex-jp.woff2", "img/icons/mail.png", "docs/guideline.pdf", "js/app.mjs",
    )
    for sent in (b"200 5120", b"200 48211", b"304 -")
] + [(b"/favicon.ico", b" HTTP/1.1\" 200 1150 \""), (b"/robots.txt", b" HTTP/1.1\" 200 68 \""), (b"/sitemap.xml", b" HTTP/1.1\" 200 9120 \"")]  # fmt: skip
OTHERS = [
    b'"POST /contact HTTP/1.1" 302 - "', b'"HEAD / HTTP/1.1" 200 - "', b'"GET /old/page.html HTTP/1.1" 404 162 "', b'"GET /desk/ HTTP/1.1" 200 900 "',
    b'"GET /jobs/J-9999 HTTP/1.1" 404 162 "', b'"GET /api/jobs?near=1 HTTP/1.1" 200 3301 "', b'"GET /en HTTP/1.1" 301 178 "',
    b'"POST /accounts/login/ HTTP/1.1" 200 4100 "', b'"GET /-/poll HTTP/1.1" 200 12 "', b'"GET /feeds/jobs HTTP/1.1" 200 8800 "',
]  # fmt: skip
OTHERS_PER_PAGE = 0.077
PAGES_OF_A_VISIT = (1, 1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5, 6, 8, 11, 16)
FIRST_FILES, LATER_FILES = (2, 2, 3, 5), (0, 0, 1, 1, 1, 2, 2)
_AFTER = b'"GET / HTTP/1.1" 200 512 "-" "Mozilla/5.0'
BROKEN = [  # what stands before the moment, and what stands after it where there is one
    (b"100.64.0.9 - - [", _AFTER + b"\n"), (b"100.64.0.9 - [", _AFTER + b'"\n'), (b"100.64.0.9 - - [", b'"GET / HTTP/1.1" 200\n'),
    (b"100.64.0.9 - - [", b'"GET /a"b HTTP/1.1" 200 9 "-" "-"\n'), (b"100.64.0.9 - - [", b'"GET / HTTP/1.1" 2x0 9 "-" "-"\n'),
    (b'100.64.0.9 - - [31/Feb/2026:00:00:00 +0900] "GET / HTTP/1.1" 200 9 "-" "-"\n', b""), (b"hello\n", b""), (b"\x00\x01\xff\xfe\x16\x03\n", b""),
    (b"\n", b""), (b"100.64.0.9 - - [", _AFTER + b'" and more\n'), (b"100.64.0.9 - - [", b'"GET / HTTP/1.1" 200 9\n'),
]  # fmt: skip


def write(path: Path, lines: int, seed: int = 1, first: date = date(2026, 10, 1), days: int = 31) -> None:
    """Writes exactly so many lines. The last visits go on for some minutes after the last day."""
    with path.open("wb") as file:
        file.writelines(made(lines, seed, first, days))


def made(lines: int, seed: int, first: date, days: int) -> Iterator[bytes]:
    """The same, some minutes of lines at a time. Seconds are counted from the first day's first moment in Japan."""
    log = _Log(lines, seed, first)
    for slot, quota in enumerate(quotas(lines, first, days)):
        log.fill(slot * SLOT, quota)
        yield log.taken((slot + 1) * SLOT)
    yield log.taken(None)


def quotas(lines: int, first: date, days: int) -> Iterator[int]:
    """How many lines there are to be by the end of each slot: more by day than by night, fewer at weekends."""
    slots = 3600 // SLOT
    weekdays = [_WEEKDAYS[(first + timedelta(days=n)).weekday()] for n in range(days)]
    weights = list(chain.from_iterable([day * hour] * slots for day in weekdays for hour in _HOURS))
    total = sum(weights)
    return (lines * so_far // total for so_far in accumulate(weights))


class _Log:
    """Lines that are made but not written yet, by the second in which they are to be written."""

    def __init__(self, lines: int, seed: int, first: date) -> None:
        self._chance = random.Random(seed).random  # noqa: S311 no secret
        self._first, self._seed, self._lines = first, seed, lines
        self._population = max(1, lines * VISITORS // 1000)
        self._made = self._crawled = self._broken = 0
        self._due: defaultdict[int, list[bytes]] = defaultdict(list)
        self._minutes: dict[int, bytes] = {}

    def fill(self, start: int, quota: int) -> None:
        """Makes lines until there are so many; those of this slot's visits may be due much later."""
        while self._made < quota:
            at = start + int(self._chance() * SLOT)
            if self._crawled * 1000 < self._made * CRAWLED:
                self._crawl(at)
            elif self._broken * 1000 < self._made * SPOILT:
                self._break(at)
            else:
                self._visit(at)

    def taken(self, end: int | None) -> bytes:
        """The lines that are due before the second, or all, in order."""
        due = self._due
        seconds = sorted(second for second in due if end is None or second < end)
        self._minutes.clear()
        return b"".join(chain.from_iterable(due.pop(second) for second in seconds))

    def _stamp(self, at: int) -> bytes:
        minute = self._minutes.get(at // 60)
        if minute is None:
            day, rest = divmod(at // 60, 1440)
            on = self._first + timedelta(days=day)
            minute = f"{on.day:02}/{_MONTHS[on.month - 1]}/{on.year}:{rest // 60:02}:{rest % 60:02}:".encode()
            self._minutes[at // 60] = minute
        return minute + SECONDS[at % 60]

    def _put(self, at: int, line: bytes) -> None:
        """A line carries the moment of the request, and is written when it has been answered: up to 3 s later."""
        if self._made == self._lines:
            return
        self._made += 1
        late = int(self._chance() * 40)
        self._due[at + late if late < 4 else at].append(line)

    def _crawl(self, at: int) -> None:
        self._crawled += 1
        address, agent = _some(self._chance, CRAWLERS)
        roll = self._chance()
        target = _some(self._chance, FILES)[0] if roll < 0.04 else self._page()[0]
        status = b"404 162" if 0.04 <= roll < 0.08 else b"200 8192"
        self._put(at, b'%b%b"GET %b HTTP/1.1" %b "-" "%b"\n' % (address, self._stamp(at), target, status, agent))

    def _break(self, at: int) -> None:
        self._broken += 1
        before, after = _some(self._chance, BROKEN)
        self._put(at, before + self._stamp(at) + after if after else before)

    def _visit(self, at: int) -> None:
        """The pages of one visit, each with its files and, now and then, something that is no page view."""
        chance, put = self._chance, self._put
        head, tail = _visitor(int(chance() * self._population), self._seed)
        came_from, files = _some(chance, REFERRERS), FIRST_FILES
        for _ in range(_some(chance, PAGES_OF_A_VISIT)):
            url, referrer, answer = self._page()
            line = head + self._stamp(at) + b'"GET ' + url + answer + came_from + tail
            put(at, line)
            if chance() < 0.002:
                put(at, line)  # clicked twice within a second
            came_from = referrer
            for _ in range(_some(chance, files)):
                name, sent = _some(chance, FILES)
                then = at + int(chance() * 3)
                put(then, head + self._stamp(then) + b'"GET ' + name + sent + referrer + tail)
            if chance() < OTHERS_PER_PAGE:
                put(at + 1, head + self._stamp(at + 1) + _some(chance, OTHERS) + referrer + tail)
            files = LATER_FILES
            at += self._thinking()

    def _page(self) -> tuple[bytes, bytes, bytes]:
        """A page's address, its referrer field and its answer; the first of the list are viewed most."""
        roll = self._chance()
        return PAGES[int(roll * roll * roll * len(PAGES))]

    def _thinking(self) -> int:
        """Seconds until the next page: mostly under two minutes, now and then at the very border of a visit."""
        roll = self._chance()
        if roll < 0.0192:
            return 1799 + int(roll / 0.0064)
        if roll < 0.06:
            return 600 + int(self._chance() * 6000)
        return 2 + int(self._chance() * self._chance() * 400)


def _visitor(number: int, seed: int) -> tuple[bytes, bytes]:
    """How the lines of a visitor begin and end. A fifth come from behind a shared address, an eighth by IPv6."""
    mixed = (number * 2654435761 + seed * 40503 + 12345) & 0xFFFFFFFF
    place = number // 50 if number % 5 == 0 else number
    if number % 8 == 3:
        address = b"2001:db8:%x:%x::%x" % (place & 0xFFFF, place >> 16, mixed & 0xFFFF)
    else:
        place = (place * 1664525 + seed) & 0x3EFFFF
        address = b"100.%d.%d.%d" % (64 + (place >> 16), place >> 8 & 255, place & 255)
    return address + b" - - [", b'" "' + AGENTS[(mixed >> 8) % len(AGENTS)] + b'"\n'


def _some(chance: Callable[[], float], among: Sequence[Some]) -> Some:
    return among[int(chance() * len(among))]


def _named(arguments: list[str], name: str, otherwise: str) -> str:
    return next((word.partition("=")[2] for word in arguments if word.startswith(f"--{name}=")), otherwise)


if __name__ == "__main__":
    said = sys.argv[2:]
    write(
        Path(sys.argv[1]), int(_named(said, "lines", "1000000")), int(_named(said, "seed", "1")),
        date.fromisoformat(_named(said, "first", "2026-10-01")), int(_named(said, "days", "31")),
    )  # fmt: skip
