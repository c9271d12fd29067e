"""The portal's own page views: what becomes a line, that the line says what a web server's would, and where it lies."""

import ast
import logging
import os
import random
import re
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partner.facts.access import addresses, serving
from partner.facts.access.formats import named
from tests.facts.access.own_pages import FIREFOX, HOUR, MINUTE, NOON, TEN, page


def seen(
    path: str = "/jobs/7", answer: Any = None, *, trusted: tuple[str, ...] = (), method: str = "GET", **meta: str
) -> Any:
    """What is made of a request for the path."""
    request = RequestFactory().generic(method, path, HTTP_USER_AGENT=meta.pop("agent", FIREFOX), **meta)
    return serving.served(request, HttpResponse("page") if answer is None else answer, NOON, trusted)


def lines_in(folder: Path) -> list[bytes]:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("*.log"))).splitlines()


def pages_in(folder: Path) -> list[bytes]:
    """The lines of pages; the others only say that pages were served."""
    return [line for line in lines_in(folder) if b'"GET ' in line]


@pytest.fixture
def log(tmp_path: Path) -> Any:
    """`log(name)`: a log of this process, in a folder that need not be the product's."""

    def made(name: str = "spool") -> tuple[serving.OwnLog, Path]:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        return serving.OwnLog(lambda: folder), folder

    return made


# What is a page view


@pytest.mark.parametrize("answer", [HttpResponse("page"), HttpResponseNotModified(), StreamingHttpResponse([b"page"])])
def test_a_page_that_was_answered_is_one(answer):
    found = seen("/jobs/7?q=secret", answer)
    assert (found.target, found.status, found.address) == (b"/jobs/7", answer.status_code, b"127.0.0.1")


@pytest.mark.parametrize("status", [201, 206, 301, 302, 404, 429, 500])
def test_another_answer_is_none(status):
    assert seen(answer=HttpResponse("page", status=status)) is None


@pytest.mark.parametrize("method", ["HEAD", "POST", "OPTIONS"])
def test_another_request_is_none(method):
    assert seen(method=method) is None


@pytest.mark.parametrize("kind", ["application/json", "text/csv", "image/png", ""])
def test_what_is_not_html_is_none(kind):
    assert seen(answer=HttpResponse("page", content_type=kind or "application/octet-stream")) is None


@pytest.mark.parametrize(
    "path", ["/a.css", "/Logo.PNG", "/-/poll", "//desk//jobs", "/desk", "/%64esk/", "/healthz", "/admin/x"]
)
def test_what_no_rule_counts_is_none(path):
    assert seen(path, RAW_URI=path) is None


@pytest.mark.parametrize("path", ["/-a", "/desks", "/css", "/a.css/"])
def test_what_only_looks_alike_is_one(path):
    assert seen(path, RAW_URI=path) is not None


@pytest.mark.parametrize("header", ["HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_MOZ"])
def test_a_page_fetched_ahead_is_none(header):
    assert seen(**{header: "prefetch"}) is None
    assert seen(**{header: "Prefetch;prerender"}) is None
    assert seen(**{header: "other"}) is not None


# Who asked


@pytest.mark.parametrize(
    ("here", "said", "trusted", "who"),
    [
        ("192.0.2.1", "", (), "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", (), "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", ("10.0.0.0/8",), "192.0.2.1"),
        ("10.0.0.2", "203.0.113.9", ("10.0.0.0/8",), "203.0.113.9"),
        ("10.0.0.2", "198.51.100.1, 203.0.113.9", ("10.0.0.0/8",), "203.0.113.9"),
        ("10.0.0.2", "203.0.113.9, 10.0.0.7", ("10.0.0.0/8",), "203.0.113.9"),
        ("10.0.0.2", "203.0.113.9, 10.0.0.7", ("10.0.0.2",), "10.0.0.7"),
        ("10.0.0.2", "", ("10.0.0.0/8",), "10.0.0.2"),
        ("10.0.0.2", 'x" y', ("10.0.0.0/8",), "10.0.0.2"),
        ("", "203.0.113.9", ("unix",), "203.0.113.9"),
        ("", "203.0.113.9", ("10.0.0.0/8",), ""),
        ("::1", "2001:db8::7", ("::1",), "2001:db8::7"),
    ],
)
def test_only_a_trusted_proxy_is_asked_who_it_was(here, said, trusted, who):
    assert serving.client({"REMOTE_ADDR": here, "HTTP_X_FORWARDED_FOR": said}, trusted) == who


def test_a_setting_that_names_no_network_is_found_at_the_start(settings):
    settings.TRUSTED_PROXIES = ["10.0.0.0/99"]
    with pytest.raises(ImproperlyConfigured):
        serving.PageViewMiddleware(lambda request: HttpResponse())


# The line says what a web server's would

_AS_APACHE = {
    b"\n": rb"\n",
    b"\t": rb"\t",
    b'"': rb"\"",
    b"\\": rb"\\",
    b"\r": rb"\r",
    b"\v": rb"\v",
    b"\b": rb"\b",
    b"\f": rb"\f",
}


def by_apache(field: bytes) -> bytes:
    """A field as Apache escapes it: written apart from the product's."""
    return re.sub(rb'[^ -~]|["\\]', lambda sign: _AS_APACHE.get(sign[0], b"\\x%02x" % sign[0][0]), field)


octets = st.binary(max_size=60) | st.text(max_size=20).map(str.encode) | st.from_regex(rb"\A[ -~]{0,40}\Z")
targets = octets.map(lambda raw: b"/" + raw.replace(b" ", b"+").replace(b"\n", b"").replace(b"\r", b""))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(target=targets, agent=octets, status=st.sampled_from([200, 304]))
def test_whatever_is_sent_is_one_line_with_the_page_and_visitor_of_a_servers_line(
    tmp_path_factory, target, agent, status
):
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    request.META.update(RAW_URI=target.decode("latin-1"), HTTP_USER_AGENT=agent.decode("latin-1"))
    answer = HttpResponse(status=status)
    page_view = serving.served(request, answer, NOON)
    theirs = b'192.0.2.7 - - [20/Nov/2026:12:00:00 +0900] "GET %s HTTP/1.1" %d 5 "-" "%s"' % (
        by_apache(target), status, by_apache(agent) or b"-",
    )  # fmt: skip
    of_server = named("combined").parse(theirs)
    path = addresses.normalised(request_target(of_server.request))
    if page_view is None:
        assert path is None or addresses.is_static(path) or addresses.lies_under(path, ("/-", "/api", "/healthz", "/feeds", "/desk", "/admin"))  # fmt: skip
        return
    folder = tmp_path_factory.mktemp("spool")
    serving.OwnLog(lambda: folder).tell(NOON, page_view)
    (line,) = pages_in(folder)
    ours = named("combined").parse(line)
    assert len(line) == len(line.strip()), "nothing but the line"
    assert addresses.normalised(request_target(ours.request)) == path
    assert addresses.unescaped(ours.agent) == addresses.unescaped(of_server.agent)
    assert (ours.address, ours.second, ours.status) == (of_server.address, of_server.second, of_server.status)


def request_target(request: bytes) -> bytes:
    match = re.fullmatch(rb"GET (\S+) HTTP/1\.1", request)
    assert match
    return match[1]


@given(path=st.text(max_size=20), agent=st.text(max_size=20), address=st.text(max_size=20))
def test_no_server_however_odd_breaks_a_line(tmp_path_factory, path, agent, address):
    request = RequestFactory().get("/")
    request.META.update(PATH_INFO="/" + path, HTTP_USER_AGENT=agent, REMOTE_ADDR=address)
    page_view = serving.served(request, HttpResponse(), NOON)
    folder = tmp_path_factory.mktemp("spool")
    serving.OwnLog(lambda: folder).tell(NOON, page_view)
    assert all(named("combined").parse(line) for line in lines_in(folder))
    assert len(pages_in(folder)) == (page_view is not None)


def test_a_server_that_gives_only_the_decoded_path_gives_the_same_page():
    assert seen("/about/%E7%A0%94%20%7E/").target == b"/about/%E7%A0%94%20~/"
    assert seen("/jobs/7", RAW_URI="http://www.example.jp/jobs/7?x").target == b"http://www.example.jp/jobs/7"


# The files


def test_a_line_holds_no_query_no_referrer_and_no_user(log):
    own, folder = log()
    own.tell(NOON, seen("/jobs/7?mail=hanako", HTTP_REFERER="http://www.example.jp/hanako"))
    text = b"\n".join(lines_in(folder))
    assert b"hanako" not in text
    assert b'"GET /jobs/7 HTTP/1.1" 200 - "-" "Mozilla' in text


def test_files_are_of_one_hour_and_open_to_this_user_alone(log):
    own, folder = log()
    for minutes in (0, 59, 60):
        own.tell(TEN + minutes * MINUTE, page())
    files = sorted(folder.iterdir())
    assert [serving.hour_of(path) for path in files] == [TEN, TEN + HOUR]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    assert len(set(lines_in(folder))) == len(lines_in(folder)) == 5


def test_hours_of_service_in_which_nobody_came_are_told_with_the_next_request(log):
    own, folder = log()
    own.tell(TEN + 59 * MINUTE, None)
    own.tell(TEN + 3 * HOUR + 5 * MINUTE, None)
    own.tell(TEN + 3 * HOUR + 6 * MINUTE, None)
    told = [re.search(rb":(\d\d:\d\d):", line)[1] for line in lines_in(folder)]
    assert told == [b"10:59", b"11:00", b"12:00", b"13:05"]


def test_nothing_is_claimed_of_hours_in_which_lines_were_lost(tmp_path):
    folders = [tmp_path, tmp_path / "no folder", tmp_path]
    own = serving.OwnLog(lambda: folders.pop(0))
    for hours in (0, 1, 3):
        own.tell(TEN + hours * HOUR, page())
    told = [re.search(rb":(\d\d):", line)[1] for line in lines_in(tmp_path)]
    assert told == [b"10", b"10", b"13", b"13"]


def test_no_two_lines_are_equal_of_whatever_process(log):
    both = [log()[0], log()[0]]
    for own in both * 3:
        own.tell(NOON, page())
    lines = lines_in(log()[1])
    assert len(set(lines)) == len(lines) == 8


def test_a_clock_that_was_wrong_by_months_claims_nothing(log):
    own, folder = log()
    own.tell(TEN - timedelta(days=40), None)
    own.tell(TEN, None)
    own.tell(TEN - timedelta(days=40), None)
    assert len(lines_in(folder)) == 3


def test_a_forked_process_has_a_file_of_its_own(log):
    own, folder = log()
    own.tell(NOON, page(b"/of-the-parent"))
    child = os.fork()
    if not child:
        own.tell(NOON, page(b"/of-the-child"))
        os._exit(0)
    os.waitpid(child, 0)
    own.tell(NOON, page(b"/of-the-parent"))
    found = sorted((len(path.read_bytes().splitlines()), b"child" in path.read_bytes()) for path in folder.iterdir())
    assert found == [(2, True), (3, False)]


def test_of_a_killed_process_no_line_is_missing_that_was_told(log):
    chance = random.Random(20261124)
    for number in range(12):
        own, folder = log(f"spool{number}")
        heard, says = os.pipe()
        child = os.fork()
        if not child:
            for count in range(1_000_000):
                own.tell(NOON, page(b"/jobs/%d" % count))
                os.write(says, b"x")
        os.close(says)
        told = 0
        until = chance.randrange(1, 400)
        while told < until:
            told += len(os.read(heard, until - told))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        while more := os.read(heard, 4096):
            told += len(more)
        os.close(heard)
        assert told <= len(pages_in(folder)) <= told + 1
        assert all(named("combined").parse(line) for line in lines_in(folder))


_FULL = """
import logging, resource, sys
from pathlib import Path
import django
django.setup()
from partner.facts.access import serving
from tests.facts.access.own_pages import NOON, page

said = []
logging.getLogger("partner.facts.access.serving").addFilter(lambda record: said.append(record.getMessage()))
folder = Path(sys.argv[1])
own = serving.OwnLog(lambda: folder)
own.tell(NOON, page(b"/first"))
_, most = resource.getrlimit(resource.RLIMIT_FSIZE)
size = max(path.stat().st_size for path in folder.iterdir())
for limit, target, times in ((size - 30, b"/lost", 5), (size + 30, b"/cut", 1), (most, b"/again", 1)):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))
    for _ in range(times):
        own.tell(NOON, page(target))
print(own.lost, said)
"""


def test_on_a_full_disk_lines_are_lost_counted_and_said_once(tmp_path):
    folder = tmp_path / "spool"
    folder.mkdir()
    root = Path(serving.__file__).parents[4]
    environ = {**os.environ, "PYTHONPATH": f"{root / 'src'}:{root}", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", _FULL, str(folder)], capture_output=True, check=True, env=environ
    )  # the limit is of a process
    lost, _, said = done.stdout.decode().strip().partition(" ")
    assert lost == "6"
    first, second = ast.literal_eval(said)
    assert first.endswith("File too large")
    assert second.endswith("lines lost: 6")
    assert "/lost" not in said
    assert all(named("combined").parse(line) for line in lines_in(folder))
    assert sorted(line.split()[6] for line in pages_in(folder)) == [b"/again", b"/first"]


def test_a_folder_that_cannot_be_written_to_breaks_no_page(tmp_path, caplog):
    here = tmp_path / "spool"
    here.write_text("no folder")
    own = serving.OwnLog(lambda: here)
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            own.tell(NOON, page())
    assert (own.lost, len(caplog.records)) == (3, 1)
    here.unlink()
    here.mkdir()
    own.tell(NOON + HOUR, page())
    assert len(pages_in(here)) == 1
    assert [record.getMessage() for record in caplog.records] == [
        "page views cannot be recorded and are lost: Not a directory",
        "page views are recorded again; lines lost: 3",
    ]


def test_a_file_that_cannot_be_named_is_not_left_behind(log, monkeypatch):
    own, folder = log()

    def fails(path: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", fails)
    own.tell(NOON, page())
    assert (own.lost, list(folder.iterdir())) == (1, [])
