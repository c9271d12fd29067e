"""Logs of other formats are the same log: named ones, JSON, and those that a server's own format string describes."""

import json
from datetime import datetime, timedelta

import pytest

from partner.common.period import DAY, JST, midnight
from partner.common.refusal import Refusal
from partner.facts.access import asking
from partner.facts.access.formats import guessed, named
from partner.ledger import clock
from tests.facts.access import slow
from tests.facts.access.compared import is_crawler, must_agree, take
from tests.facts.access.logs import by_chance, line

pytestmark = pytest.mark.usefixtures("in_november")
NOON = datetime(2026, 10, 5, 12, tzinfo=JST)
NGINX = '$remote_addr - $remote_user [$time_iso8601] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $request_time'
APACHE = r"%{X}i %h %l %u %t %D \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\""


def fields(text: bytes) -> list[str] | None:
    return slow.split(text.decode("latin-1"))


def as_nginx(text: bytes) -> bytes:
    """The same line with an ISO time and the request's time, as a `log_format` of nginx gives it."""
    address, _, user, stamp, request, status, size, referrer, agent = fields(text)
    at = slow.moment(stamp).isoformat()
    return f'{address} - {user} [{at}] "{request}" {status} {size} "{referrer}" "{agent}" 0.012'.encode("latin-1")


def as_apache(text: bytes) -> bytes:
    head, quote, rest = text.partition(b'"')
    return b"- " + head + b"1234 " + quote + rest


def as_json(text: bytes) -> bytes:
    """What nginx writes with `escape=json`: the fields as they were, not as a log line escapes them."""
    address, _, _, stamp, request, status, size, _, agent = fields(text)
    plain = [word.replace('\\"', '"').replace("\\\\", "\\") for word in (request, agent)]
    said = {
        "remote_addr": address, "time_iso8601": slow.moment(stamp).isoformat(), "request": plain[0],
        "status": int(status), "body_bytes_sent": size, "http_user_agent": plain[1],
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False).encode()


def as_combined_time(text: bytes) -> bytes:
    return text + b" 0.012 -"


@pytest.mark.parametrize(
    ("layout", "written"),
    [(NGINX, as_nginx), (APACHE, as_apache), ("json", as_json), ("combined_time", as_combined_time)],
)
def test_the_same_lines_count_the_same_in_every_format(file, layout, written):
    lines = [text for text in by_chance(31, NOON, visitors=80) if slow.count([text], is_crawler).hours]
    take(file("a.log", [written(text) for text in lines]), layout=layout)
    must_agree(slow.count(lines, is_crawler))


@pytest.mark.parametrize(
    ("name", "written"), [("json", as_json), ("combined_time", as_combined_time), ("combined", bytes)]
)
def test_the_named_formats_are_recognised(name, written):
    assert guessed([written(line(NOON)), b"broken"]) == name


def test_visitors_and_pages_are_the_same_over_two_formats(file):
    quoted = r"Reader \"seven\" (C:\\Programs)"
    take(file("a.log", [line(NOON, target=r"/say\"so\"", agent=quoted)]))
    take(file("b.log", [as_json(line(NOON + timedelta(minutes=5), target=r"/say\"so\"", agent=quoted))]))
    found = asking.by_page(midnight(NOON.date()), midnight(NOON.date() + DAY), clock.cut())
    assert [(page, one.page_views, one.visits) for page, one in found.items()] == [("/say%22so%22", 2, 1)]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({}, "page_views"),
        ({"time_iso8601": "2026-10-05T03:00:00Z"}, "page_views"),
        ({"time_iso8601": None, "msec": "1791169200.123"}, "page_views"),
        ({"time_iso8601": None, "time_local": "05/Oct/2026:12:00:00 +0900"}, "page_views"),
        ({"time_iso8601": "2026-10-05T12:00:00"}, "malformed"),
        ({"time_iso8601": "2026-02-31T12:00:00+09:00"}, "malformed"),
        ({"remote_addr": ""}, "malformed"),
        ({"remote_addr": "192.0.2.1 192.0.2.2"}, "malformed"),
        ({"status": "2000"}, "malformed"),
        ({"status": None}, "malformed"),
        ({"status": 404}, "not_a_page_request"),
        ({"request": None, "request_method": "GET", "request_uri": "/a.css"}, "static"),
        ({"request": None, "request_method": "POST", "request_uri": "/"}, "not_a_page_request"),
        ({"http_user_agent": None}, "crawler"),
        ({"http_user_agent": "Googlebot/2.1", "http_sec_purpose": "prefetch"}, "crawler"),
        ({"http_sec_purpose": "prefetch;anonymous-client-ip"}, "prefetch"),
        ({"http_x_moz": "prefetch"}, "prefetch"),
        ({"http_purpose": ""}, "page_views"),
    ],
)
def test_json_lines(file, said, kind):
    usual = json.loads(as_json(line(NOON)))
    answer = take(
        file("a.log", [json.dumps(usual | said).encode()] + [as_json(line(NOON, method="POST"))] * 9), layout="json"
    )
    counted = {name for name in ("page_views", "malformed", "static", "crawler", "prefetch") if answer[name]}
    assert counted == {kind} - {"not_a_page_request"}
    assert answer["not_a_page_request"] == 9 + (kind == "not_a_page_request")


@pytest.mark.parametrize("text", [b"[]", b"3", b'"x"', b"{", b"\xff\xfe{}", b'{"remote_addr": {"a": 1}}', b"{}"])
def test_what_is_no_line_of_json_is_malformed(text):
    assert named("json").parse(text) is None


def test_prefetches_stand_apart_and_are_no_visit(file):
    asked_ahead = json.loads(as_json(line(NOON, address="192.0.2.9"))) | {"http_sec_purpose": "prefetch"}
    take(file("a.log", [as_json(line(NOON)), json.dumps(asked_ahead).encode()]))
    day = (midnight(NOON.date()), midnight(NOON.date() + DAY), clock.cut())
    assert asking.aside(*day)["prefetch"] == 1
    assert (asking.counts(*day).page_views, asking.counts(*day).visits) == (1, 1)


@pytest.mark.parametrize(
    "string",
    ["nonsense", "$remote_addr $status", "%h %t %r", "combined "],
)
def test_a_format_that_tells_too_little_is_refused(file, string):
    with pytest.raises(Refusal) as refused:
        take(file("a.log", [line(NOON)]), layout=string)
    assert refused.value.faults[0].code == "bad_format"


def test_a_log_goes_on_in_the_format_in_which_it_began(file):
    lines = [as_nginx(line(NOON + timedelta(minutes=n))) for n in range(4)]
    take(file("a.log", lines[:2]), layout=NGINX)
    assert take(file("a.log", lines))["page_views"] == 2
