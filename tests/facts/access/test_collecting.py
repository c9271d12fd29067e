"""The portal's own lines on their way into the store: each once, whatever is interrupted, and none stays longer than it must."""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from partner.common.refusal import Refusal
from partner.facts.access import asking, collecting, serving
from partner.ledger import clock
from tests.facts.access.own_pages import FIREFOX, HOUR, MINUTE, NOON, TEN, page

BY = ("試験", "試験")


@pytest.fixture
def site(ledger_db, at_clock):
    """`site(at, path)`: a page of the running site is asked for at that moment, by a new process if that is wished."""
    client = Client(HTTP_USER_AGENT=FIREFOX)

    def ask(at: datetime, path: str = "/accounts/login/", **more: Any) -> int:
        at_clock(at)
        return client.get(path, **more).status_code

    return ask


def counted() -> tuple[int, int]:
    found = asking.counts(TEN - HOUR, NOON + HOUR, clock.cut())
    return found.page_views, found.visits


@pytest.mark.both
def test_pages_of_the_site_are_counted_once_their_hour_is_over(site, at_clock):
    assert site(TEN) == site(TEN + 20 * MINUTE) == site(TEN + 51 * MINUTE) == 200
    assert site(TEN + 51 * MINUTE, REMOTE_ADDR="192.0.2.9") == 200
    assert site(TEN + 52 * MINUTE, "/") == 302
    assert site(TEN + 52 * MINUTE, "/nowhere/") == 404
    assert site(TEN + 52 * MINUTE, HTTP_USER_AGENT="curl/8.0") == 200
    at_clock(TEN + 59 * MINUTE)
    assert collecting.collect(by=BY)["taken"] == 0
    assert collecting.collect(by=BY, is_all=True)["page_views"] == 4
    site(TEN + HOUR)
    answer = collecting.collect(by=BY)
    assert (answer["lines"], answer["gone"], answer["kept"]) == (0, 1, 1)
    at_clock(NOON)
    collecting.collect(by=BY)
    assert counted() == (5, 3)
    assert asking.aside(TEN, NOON, clock.cut())["crawler"] == 1
    assert list(asking.covered(TEN, NOON, clock.cut())) == ["portal-pages"]


def test_hours_with_service_and_no_page_are_covered(site, at_clock):
    site(TEN - 2 * HOUR, "/nowhere/")
    site(TEN + HOUR, "/nowhere/")
    at_clock(NOON)
    collecting.collect(by=BY)
    (span,) = asking.covered(TEN - 3 * HOUR, NOON, clock.cut())["portal-pages"]
    assert span == (TEN - 2 * HOUR, TEN + HOUR + timedelta(seconds=1))
    assert counted() == (0, 0)


@pytest.fixture
def filled(in_november) -> Any:
    """`filled(hours)`: the spool as a process left it that has ended; six pages an hour."""

    def made(hours: int = 1, begin: datetime = TEN - 6 * HOUR) -> int:
        own = serving.OwnLog(serving.folder)
        for number in range(hours * 6):
            own.tell(begin + number * 10 * MINUTE, page())
        return hours * 6

    return made


def taken_views() -> int:
    return asking.counts(TEN - 24 * HOUR, NOON, clock.cut()).page_views


def test_a_file_stays_while_its_process_may_write_to_it(in_november):
    own = serving.OwnLog(serving.folder)
    own.tell(TEN, page())
    assert collecting.collect(by=BY)["kept"] == 1
    assert collecting.collect(by=BY)["lines"] == 0, "its lines were taken"
    own.tell(TEN + MINUTE, page())
    own.tell(NOON, None)
    answer = collecting.collect(by=BY)
    assert (answer["page_views"], answer["kept"]) == (1, 1)
    assert taken_views() == 2


def test_what_a_process_that_has_ended_left_of_the_present_hour_is_taken(filled, at_clock):
    at_clock(NOON + 55 * MINUTE)
    views = filled(begin=NOON)
    assert collecting.collect(by=BY)["page_views"] == views
    assert list(serving.folder().iterdir()) == []


def test_a_file_that_grows_while_it_is_taken_stays(filled, monkeypatch):
    filled()
    (path,) = serving.folder().iterdir()

    def load_and_grow(files: Any, **more: Any) -> Any:
        answer = load(files, **more)
        with path.open("ab") as file:
            file.write(path.read_bytes().splitlines(keepends=True)[-1].replace(b":4", b":5"))
        monkeypatch.setattr(collecting, "load", load)
        return answer

    load = collecting.load
    monkeypatch.setattr(collecting, "load", load_and_grow)
    assert collecting.collect(by=BY)["kept"] == 1
    assert collecting.collect(by=BY)["kept"] == 0
    assert taken_views() == 7


def test_a_half_line_of_a_process_that_died_goes_with_its_file(filled):
    views = filled()
    (path,) = serving.folder().iterdir()
    with path.open("ab") as file:
        file.write(b"192.0.2.1 - x [20/Nov/20")
    (serving.folder() / path.name.replace("-", "-9", 1)).write_bytes(b"192.0")
    (serving.folder() / "20261120T03-1-aa.new").touch()
    assert collecting.collect(by=BY)["page_views"] == views
    assert list(serving.folder().iterdir()) == []


def test_a_refused_file_holds_up_no_other_and_is_named(filled):
    views = filled(hours=2)
    bad = serving.folder() / "20261120T01-7-bad.log"
    bad.write_bytes(b"nothing of a log\n" * 20)
    with pytest.raises(Refusal) as refused:
        collecting.collect(by=BY)
    assert [fault.file for fault in refused.value.faults] == [bad.name]
    assert list(serving.folder().iterdir()) == [bad]
    assert taken_views() == views


def test_no_line_stays_longer_than_what_identifies_may(in_november):
    for days in (89, 91):
        (serving.folder() / f"{NOON - timedelta(days=days):%Y%m%dT%H}-7-bad.log").write_bytes(
            b"nothing of a log\n" * 20
        )
    with pytest.raises(Refusal):
        collecting.collect(by=BY)
    assert len(list(serving.folder().iterdir())) == 1


@pytest.mark.both
def test_two_collectors_at_once_take_every_line_once(filled, ledger_db):
    views = filled(hours=3)
    both = [ledger_db.start("access", "collect", "--json") for _ in range(2)]
    answers = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0], answers
    assert taken_views() == views
    assert list(serving.folder().iterdir()) == []
    again = ledger_db.command("access", "collect")
    assert again.stdout.startswith("ポータルの閲覧記録　取り込んだファイル0（残り0）：行0"), again


@pytest.mark.slow
def test_a_killed_collector_loses_and_doubles_nothing(filled):
    from tests.facts.apart import killed

    chance = random.Random(20261124)
    views = filled(hours=1, begin=TEN - 20 * HOUR)
    _, whole = killed(collect_apart, after=None)
    for number in range(12):
        views += filled(hours=1, begin=TEN + (number - 18) * HOUR)
        killed(collect_apart, after=chance.uniform(0.05, whole * 1.2))
    collecting.collect(by=BY)
    assert taken_views() == views
    assert list(serving.folder().iterdir()) == []


def collect_apart() -> None:
    collecting.collect(by=BY)
