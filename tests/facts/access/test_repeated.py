"""A file that begins inside a loaded log is read on from its end; one that repeats a loaded log otherwise is refused."""

import random
from datetime import datetime, timedelta

import pytest

from partner.common.period import JST
from partner.common.refusal import Refusal
from partner.facts.access import anchors
from partner.facts.models import AccessBatch
from partner.ledger import clock
from tests.facts.access import slow
from tests.facts.access.compared import is_crawler, known, must_agree, take
from tests.facts.access.logs import by_chance, line

pytestmark = pytest.mark.usefixtures("in_november")
NOON = datetime(2026, 10, 5, 12, tzinfo=JST)


def counting(start: int, end: int) -> list[bytes]:
    """Lines all different, one each second."""
    return [line(NOON + timedelta(seconds=n), target=f"/page/{n}") for n in range(start, end)]


@pytest.mark.parametrize("few", [False, True])
@pytest.mark.parametrize(
    ("loaded", "begins", "ends"), [(400, 150, 600), (400, 350, 600), (400, 390, 500), (400, 1, 401), (400, 1, 402)]
)
def test_a_file_that_begins_inside_a_loaded_log_is_read_on_from_its_end(file, monkeypatch, few, loaded, begins, ends):
    if few:  # of a large log each sixteenth line is kept
        monkeypatch.setattr(anchors, "ANCHORED_LINES", 0)
        monkeypatch.setattr("partner.facts.access.scanned.ANCHORED_LINES", 0)
        monkeypatch.setenv("PARTNER_ACCELERATOR", "off")
    take(file("a.log", counting(0, loaded)))
    answer = take(file("b.log.gz", counting(begins, ends)))
    assert (answer["lines"], answer["files"][0]["state"]) == (ends - loaded, "grown")
    assert known()[NOON.date()][0] == ends
    assert take(file("b.log", counting(begins, ends + 30)))["lines"] == 30, "it is known by its own head from now on"
    assert take(file("a.log", counting(0, loaded)))["lines"] == 0


def test_a_file_that_lies_wholly_inside_adds_nothing(file):
    take(file("a.log", counting(0, 300)))
    tick = clock.last()
    answer = take(file("b.log", counting(100, 200)))
    assert (answer["lines"], answer["files"][0]["state"], clock.last()) == (0, "known", tick)


def test_it_is_found_in_a_log_that_grew_and_within_one_call(file):
    take(file("a.log", counting(0, 120)))
    take(file("a.log", counting(0, 260)))
    answer = take(file("b.log", counting(100, 300)), file("c.log", counting(280, 400)))
    assert [one["lines"] for one in answer["files"]] == [40, 100]
    assert known()[NOON.date()][0] == 400


def test_equal_lines_do_not_mislead_it(file):
    same = [line(NOON)] * 60
    take(file("a.log", [*counting(0, 10), *same, *counting(10, 100)]))
    answer = take(file("b.log", [*same[:55], *counting(10, 130)]))
    assert answer["lines"] == 30


@pytest.mark.both
@pytest.mark.parametrize("change", ["shuffled", "begins otherwise", "goes on otherwise", "every second"])
def test_a_copy_that_was_cut_anew_is_refused_by_name(file, change):
    lines = counting(0, 300)
    take(file("a.log", lines))
    shuffled = random.Random(1).sample(lines, 300)
    copies = {
        "shuffled": shuffled, "begins otherwise": [line(NOON, target="/new"), *lines],
        "goes on otherwise": [*lines[100:250], line(NOON, target="/new"), *lines[250:]],
        "every second": [*lines[::2], *counting(300, 400)],
    }  # fmt: skip
    before, tick = known(), clock.last()
    with pytest.raises(Refusal) as refused:
        take(file("copy.log", copies[change]))
    (fault,) = refused.value.faults
    assert (fault.code, fault.file) == ("repeats", "copy.log")
    assert "a.log" in fault.message
    assert (known(), clock.last(), AccessBatch.objects.count()) == (before, tick, 1)


def test_fewer_than_half_repeated_are_real_lines(file):
    lines = counting(0, 300)
    take(file("a.log", lines))
    again = [
        line(NOON, target="/new"),
        *lines[:100],
        *(line(NOON + timedelta(seconds=n), target=f"/other/{n}") for n in range(150)),
    ]
    assert take(file("b.log", again))["lines"] == 251


def test_another_server_may_have_the_same_lines(file):
    take(file("a.log", counting(0, 300)))
    assert take(file("b.log", counting(50, 300)), source="www2.example.jp")["lines"] == 250


def test_rotated_logs_whose_edges_overlap_by_seconds_are_whole(file):
    lines = by_chance(41, NOON, visitors=150)
    half = len(lines) // 2
    take(file("access.log.1", lines[:half]))
    take(file("access.log", lines[half:]))
    must_agree(slow.count(lines, is_crawler))
