"""Logs made by chance with a seed: the same again for the same arguments."""

import random
from datetime import datetime, timedelta, timezone

from partner.common.period import JST

CUBOT = "Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/96.0 Mobile Safari/537.36"
PEOPLE = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 13_0) AppleWebKit/605.1.15 Version/16.1 Safari/605.1.15",
    r"Mozilla/5.0 (X11; \"quoted\"; rv:109.0) Gecko/20100101 Firefox/115.0",
    r"Browser with a backslash \\",
    CUBOT,
]
CRAWLERS = ["Googlebot/2.1 (+http://www.google.com/bot.html)", "curl/8.0.1", "ExampleCrawler/1.0", "", "-"]
PAGES = [
    "/", "/index.html", "/en/", "/jobs/J-0001", "/jobs/J-0001/", "/jobs/J%2D0002?from=mail", "/trainings/T-1", "//jobs//J-0001",
    "/jobs", "/about/%e7%a0%94", "/about/%E7%A0%94", "/%61bout", "/seminars.html?x=/a.css",
]  # fmt: skip
FILES = ["/style.css", "/Logo.PNG", "/app.js?v=3", "/report.pdf", "/a/b/font.woff2", "/feed.xml", "/robots.txt"]
APART = ["/-/poll", "/api/jobs", "/healthz", "/feeds/jobs", "/desk/", "/admin/login"]
BROKEN = [
    b"", b"hello", b'192.0.2.1 - - [01/Oct/2026:00:00:00 +0900] "GET / HTTP/1.1" 200 1 "-"',
    b'192.0.2.1 - - [31/Feb/2026:00:00:00 +0900] "GET / HTTP/1.1" 200 1 "-" "x"',
    b'192.0.2.1 - - [01/Oct/2026:24:00:00 +0900] "GET / HTTP/1.1" 200 1 "-" "x"',
    b'192.0.2.1 - - [01/Oct/2026:00:00:00] "GET / HTTP/1.1" 200 1 "-" "x"',
    b'192.0.2.1 - - [01/Oct/2026:00:00:00 +0900] "GET / HTTP/1.1" 200 1 "-" "x" more',
    b'192.0.2.1 - - [01/Oct/2026:00:00:00 +0900] "GET / HTTP/1.1" 200 1 "-" "never closed',
    b'192.0.2.1 - - [01/Oct/2026:00:00:00 +0900] "GET /a"b HTTP/1.1" 200 1 "-" "x"',
    b"\x00\xff\xfe\x01 raw bytes",
]  # fmt: skip
ZONES = [timezone(timedelta(minutes=minutes)) for minutes in (540, 540, 540, 0, -330, 345)]
THINKING = [0, 1, 40, 300, 900, 901, 1799, 1800, 1801, 3599, 3600, 3601, 7000]


def line(
    at: datetime, address: str = "192.0.2.1", target: str = "/", agent: str = PEOPLE[0], *,
    method: str = "GET", status: int = 200, zone: timezone | None = None,
) -> bytes:  # fmt: skip
    """One line of the combined format."""
    stamp = at.astimezone(zone or JST).strftime("%d/%b/%Y:%H:%M:%S %z")
    return f'{address} - - [{stamp}] "{method} {target} HTTP/1.1" {status} 512 "-" "{agent}"'.encode()


def by_chance(seed: int, start: datetime, visitors: int = 60, hours: int = 9) -> list[bytes]:
    """The lines of a few hours from `start` on, a few seconds out of order as a busy server writes them."""
    chance = random.Random(seed)
    made: list[tuple[datetime, bytes]] = []
    addresses = [f"192.0.2.{number}" for number in range(1, 20)] + ["2001:db8::1", "2001:db8::2", "proxy.example.jp"]
    for _ in range(visitors):
        address, agent = chance.choice(addresses), chance.choice(PEOPLE)  # behind one address there may be several
        at = start + timedelta(seconds=chance.randrange(hours * 3600))
        for _ in range(chance.randint(1, 7)):
            made.append((at, _some(chance, at, address, agent)))
            at += timedelta(seconds=chance.choice(THINKING))
    for _ in range(visitors // 2):
        at = start + timedelta(seconds=chance.randrange(hours * 3600))
        made.append((at, chance.choice([chance.choice(BROKEN), _crawled(chance, at)])))
    made.sort(key=lambda one: (one[0] + timedelta(seconds=chance.randint(-3, 3)), one[1]))
    lines = [text for _, text in made]
    return lines + lines[-2:]  # equal lines are real


def _some(chance: random.Random, at: datetime, address: str, agent: str) -> bytes:
    zone = chance.choice(ZONES)
    roll = chance.random()
    if roll < 0.7:
        return line(at, address, chance.choice(PAGES), agent, zone=zone, status=chance.choice([200, 200, 304]))
    if roll < 0.85:
        return line(at, address, chance.choice(FILES), agent, zone=zone)
    if roll < 0.95:
        return line(
            at, address, chance.choice(PAGES), agent, zone=zone, **chance.choice([{"status": 404}, {"method": "POST"}])
        )
    return line(at, address, chance.choice(APART), agent, zone=zone)


def _crawled(chance: random.Random, at: datetime) -> bytes:
    return line(at, "198.51.100.7", chance.choice(PAGES), chance.choice(CRAWLERS))
