"""Addresses as they are compared, and which lines are page requests."""

from datetime import date

import pytest

from partner.common.period import midnight
from partner.facts.access import addresses, rules, store
from partner.facts.access.formats import NAMED
from partner.facts.access.judging import Judging
from partner.facts.access.lists import Held, Lists
from partner.facts.access.plain import Scanner
from partner.facts.access.scanned import Block
from partner.facts.access.visitors import Visitors
from partner.ledger.fields import to_microseconds
from tests.facts.access.scanners import FRAME, scanners
from tests.facts.access.slow import tidy

NO_LISTS = Lists()
COMBINED = NAMED["combined"]


@pytest.mark.parametrize(
    ("target", "page"),
    [
        (b"/", "/"),
        (b"//", "/"),
        (b"/?a=1/2", "/"),
        (b"/en/", "/en"),
        (b"/en//", "/en"),
        (b"//jobs///7/", "/jobs/7"),
        (b"/%7euser", "/~user"),
        (b"/%7Euser", "/~user"),
        (b"/a%2fb", "/a%2Fb"),
        (b"/%e3%81%82", "/%E3%81%82"),
        ("/あ".encode(), "/%E3%81%82"),
        (rb"/\xe3\x81\x82", "/%E3%81%82"),
        (rb"/say\"so\"", "/say%22so%22"),
        (b"/100%", "/100%"),
        (b"/%zz", "/%zz"),
        (b"http://www.example.jp/jobs/", "/jobs"),
        (b"http://www.example.jp?x", "/"),
        (b"/a b", "/a%20b"),
        (b"/jobs/7#apply", "/jobs/7#apply"),
    ],
)
def test_an_address_is_compared_in_one_spelling(target, page):
    path = addresses.normalised(target)
    assert path is not None
    assert addresses.folded(path) == page


@pytest.mark.parametrize("target", [b"*", b"jobs", b"", b"www.example.jp:443"])
def test_what_is_no_path_is_no_page(target):
    assert addresses.normalised(target) is None


@pytest.mark.parametrize("target", ["/%41%2e%2D%5f/%c3%b6//x/", "/a%2", "/%", "//%2f//", "/~a.b-c_d"])
def test_both_spellings_of_an_address_agree_with_the_slow_counter(target):
    path = addresses.normalised(target.encode())
    assert path is not None
    assert addresses.folded(path) == tidy(target)


def seen(
    request: str, status: int = 200, agent: str = "Mozilla", source: str = "portal", lists: Lists = NO_LISTS
) -> str:
    """What one line counts as."""
    text = f'192.0.2.1 - - [05/Oct/2026:12:00:00 +0900] "{request}" {status} 1 "-" "{agent}"'
    judging = Judging(source, True, Visitors(store.root() / "keys"), lists)
    judging.rows(Scanner(COMBINED, FRAME).scan(Block(text.encode() + b"\n", 0)))
    (kind,) = +judging.counts or ["not_a_page_request"]
    return kind


@pytest.mark.parametrize(
    ("request_line", "status", "kind"),
    [
        ("GET / HTTP/1.1", 200, "page"),
        ("GET / HTTP/1.0", 304, "page"),
        ("GET /a HTTP/2", 200, "page"),
        ("GET / HTTP/1.1", 206, "not_a_page_request"),
        ("GET / HTTP/1.1", 301, "not_a_page_request"),
        ("GET / HTTP/1.1", 404, "not_a_page_request"),
        ("HEAD / HTTP/1.1", 200, "not_a_page_request"),
        ("POST / HTTP/1.1", 200, "not_a_page_request"),
        ("get / HTTP/1.1", 200, "not_a_page_request"),
        ("-", 408, "not_a_page_request"),
        ("", 400, "not_a_page_request"),
        (r"\x16\x03\x01", 400, "not_a_page_request"),
        ("GET /a.css HTTP/1.1", 200, "static"),
        ("GET /a.CSS?v=1 HTTP/1.1", 200, "static"),
        ("GET /a.mjs HTTP/1.1", 200, "static"),
        ("GET /a.css/ HTTP/1.1", 200, "page"),
        ("GET /css HTTP/1.1", 200, "page"),
        ("GET /a.css.html HTTP/1.1", 200, "page"),
        ("GET /a?b=c.css HTTP/1.1", 200, "page"),
        ("GET /healthz HTTP/1.1", 200, "not_a_page_request"),
        ("GET /healthzone HTTP/1.1", 200, "page"),
        ("GET /desk/ HTTP/1.1", 200, "not_a_page_request"),
        ("GET //desk//figures HTTP/1.1", 200, "not_a_page_request"),
        ("GET /-/poll HTTP/1.1", 200, "not_a_page_request"),
        ("GET /-a HTTP/1.1", 200, "page"),
    ],
)
def test_a_page_request_is_a_get_that_was_answered_and_is_no_file(request_line, status, kind):
    assert seen(request_line, status).replace("page_views", "page") == kind


def test_nothing_is_excluded_of_a_foreign_site():
    assert seen("GET /desk/ HTTP/1.1", source="www.example.jp") == "page_views"


@pytest.mark.parametrize(
    "line",
    [
        b'192.0.2.1 - - [05/Oct/2026:12:00:00 +0900] "GET / HTTP/1.1" 200 1 "-" "x\\"',
        b' 192.0.2.1 - - [05/Oct/2026:12:00:00 +0900] "GET / HTTP/1.1" 200 1 "-" "x"',
        b'192.0.2.1 - - [05/Oct/2026:12:00:00 +0900] "GET / HTTP/1.1" 200 1 "-" "x" ',
        b'192.0.2.1  - - [05/Oct/2026:12:00:00 +0900] "GET / HTTP/1.1" 200 1 "-" "x"',
        b'192.0.2.1 - - [05/Oct/2026:12:00:60 +0900] "GET / HTTP/1.1" 200 1 "-" "x"',
        b'192.0.2.1 - - [05/Okt/2026:12:00:00 +0900] "GET / HTTP/1.1" 200 1 "-" "x"',
        b'192.0.2.1 - - [05/Oct/2026:12:00:00 +09:00] "GET / HTTP/1.1" 200 1 "-" "x"',
        b'192.0.2.1 - - [05/Oct/2026:12:00:00 JST] "GET / HTTP/1.1" 200 1 "-" "x"',
        b'192.0.2.1 - - [05/Oct/2026:12:00:00 +0960] "GET / HTTP/1.1" 200 1 "-" "x"',
        b'192.0.2.1 - - [05/Oct/0000:12:00:00 +0900] "GET / HTTP/1.1" 200 1 "-" "x"',
        b'192.0.2.1 - - [05/Oct/2026:12:00:00 +0900] "GET / HTTP/1.1" 20 1 "-" "x"',
        b'192.0.2.1 - - [05/Oct/2026:12:00:00 +0900] "GET / HTTP/1.1" 200 x "-" "x"',
        b'192.0.2.1 - - [05/Oct/2026:12:00:00 +0900] "GET / HTTP/1.1" 200 1',
    ],
)
def test_a_line_is_exactly_the_format_or_malformed(line):
    assert COMBINED.parse(line) is None
    for scanner in scanners(COMBINED):
        assert scanner.scan(Block(line + b"\n", 0)).malformed == 1


def test_settings_hold_from_their_day():
    dated = (rules.Dated(rules.ALWAYS, "old"), rules.Dated(date(2026, 10, 1), "new"))
    assert [rules.on(dated, day) for day in (date(2026, 9, 30), date(2026, 10, 1))] == ["old", "new"]


def test_who_is_the_centres_own_holds_from_its_day():
    for day, counted_as in ((date(2026, 10, 5), "own"), (date(2026, 10, 6), "page_views")):
        own = Lists(own_networks=(Held("192.0.2.0/24", to_microseconds(midnight(day)), 2**62),))
        assert seen("GET / HTTP/1.1", lists=own) == counted_as
