"""The same log again, a log that has grown, two cuts, and hours without lines."""

import gzip
import os
from datetime import datetime, timedelta

import pytest

from partner.common.period import DAY, JST, midnight
from partner.common.refusal import Refusal
from partner.facts.access import asking, compacting, expiring, store
from partner.facts.access.engine import connected
from partner.facts.models import AccessBatch, AccessPart, Coverage
from partner.ledger import clock
from tests.facts.access import slow
from tests.facts.access.compared import is_crawler, known, must_agree, take
from tests.facts.access.logs import by_chance, line

pytestmark = pytest.mark.usefixtures("in_november")
NOON = datetime(2026, 10, 5, 12, tzinfo=JST)
HOUR = timedelta(hours=1)
MONTH = (datetime(2026, 10, 1, tzinfo=JST), datetime(2026, 11, 1, tzinfo=JST))


@pytest.mark.both
def test_the_same_log_again_adds_nothing_whatever_its_name_or_packing(file):
    lines = by_chance(1, NOON)
    first = take(file("access.log", lines))
    before, tick = known(), clock.last()
    for name in ("access.log", "renamed.log.1", "access.log.gz", "access.log.zst"):
        again = take(file(name, lines))
        assert (again["lines"], again["page_views"], again["files"][0]["state"]) == (0, 0, "known")
    assert first["files"][0]["state"] == "new"
    assert (known(), clock.last()) == (before, tick)
    assert AccessBatch.objects.count() == 1


def test_a_log_given_twice_in_one_call_counts_once(file):
    lines = by_chance(2, NOON)
    path, packed = file("a.log", lines), file("a.log.gz", lines)
    answer = take(path, packed, path)
    assert [one["state"] for one in answer["files"]] == ["new", "known", "known"]
    must_agree(slow.count(lines, is_crawler))


def test_the_same_lines_of_another_server_are_other_lines(file):
    path = file("a.log", [line(NOON)] * 3)
    take(path)
    assert take(path, source="www2.example.jp")["page_views"] == 3
    assert known()[NOON.date()][0] == 6


def test_equal_lines_of_a_log_are_real_and_all_count(file):
    assert take(file("a.log", [line(NOON)] * 19))["page_views"] == 19
    assert known()[NOON.date()][:2] == (19, 1)


@pytest.mark.parametrize("step", [1, 7, 40])
def test_a_log_that_grows_is_read_from_where_it_was_left(file, step):
    lines = by_chance(3, NOON, visitors=20)[:80]
    total = 0
    for end in range(step, len(lines) + step, step):
        total += take(file("access.log", lines[:end]))["lines"]
    assert total == len(lines[: end + step])
    must_agree(slow.count(lines, is_crawler))
    take(file("access.log.1.gz", lines))
    must_agree(slow.count(lines, is_crawler))


def test_only_complete_lines_are_taken_and_the_rest_when_it_is_there(file, tmp_path):
    lines = [line(NOON + timedelta(seconds=n)) for n in range(3)]
    path = tmp_path / "a.log"
    path.write_bytes(b"\n".join(lines))
    answer = take(path)
    assert (answer["lines"], answer["files"][0]["unfinished"]) == (2, True)
    path.write_bytes(b"\n".join(lines) + b"\n")
    assert (take(path)["lines"], take(path)["lines"]) == (1, 0)
    assert known()[NOON.date()][0] == 3


def test_a_days_many_parts_become_one_and_every_cut_still_reads_its_own(file, monkeypatch):
    monkeypatch.setattr(compacting, "MOST_PARTS", 4)
    cuts = []
    for number in range(1, 12):
        take(file("a.log", [line(NOON + n * HOUR / 2) for n in range(number)]))
        cuts.append(clock.last())
    assert AccessPart.objects.believed().count() <= 4
    assert [sum(day[0] for day in known(cut=cut).values()) for cut in cuts] == list(range(1, 12))
    on_disk = {str(path.relative_to(store.root())) for path in store.root().glob("days/*/*")}
    assert on_disk == set(AccessPart.objects.values_list("path", flat=True))


@pytest.mark.both
def test_a_late_file_changes_what_is_known_now_and_nothing_that_was_known_before(file):
    lines = by_chance(4, datetime(2026, 10, 5, 20, tzinfo=JST))
    late, early = lines[50:90], lines[:50] + lines[90:]
    take(file("early.log", early))
    before, cut = known(), clock.last()
    take(file("late.log", late))
    must_agree(slow.count(lines, is_crawler))
    assert known(cut=cut) == before == slow.count(early, is_crawler).days()
    assert known(cut=clock.ORIGIN) == {}


def test_what_the_parts_hold_is_what_their_digests_say(file):
    take(file("a.log", by_chance(5, NOON)))
    with store.workplace() as work, connected(work) as engine:
        for part in AccessPart.objects.all():
            assert store.digest_of(engine, [store.root() / part.path]) == (part.rows, part.digest)


def test_nothing_that_lasts_in_the_store_tells_an_address_or_an_agent(file, at_clock):
    take(file("a.log", [line(NOON, address="203.0.113.77", agent="Mozilla/5.0 Recognisable/7")]))
    (batch,) = AccessBatch.objects.all()
    assert [known[1:] for known in expiring.named(batch.key)] == [(b"203.0.113.77", b"Mozilla/5.0 Recognisable/7")]
    at_clock(datetime.fromtimestamp(expiring.path_of(batch.key).stat().st_mtime, JST) + 91 * DAY)
    take(file("b.log", [line(NOON + HOUR)]))
    assert expiring.named(batch.key) is None, "what identifies expires after 90 days"
    for path in store.root().rglob("*"):
        if path.is_file():
            assert not [told for told in (b"203.0.113.77", b"Recognisable") if told in path.read_bytes()], path
            assert path.parent.stat().st_mode & 0o077 == 0, path


def test_keys_are_of_their_month_and_a_used_one_stays(file, at_clock):
    take(file("a.log", [line(NOON)]))
    keys = store.root() / "keys"
    assert [path.name for path in keys.iterdir()] == ["2026-10"]
    secret = (keys / "2026-10").read_bytes()
    take(file("b.log", [line(NOON + HOUR), line(datetime(2026, 11, 1, 0, 59, 59, tzinfo=JST))]))
    assert (keys / "2026-10").read_bytes() == secret
    at_clock(datetime.fromtimestamp((keys / "2026-10").stat().st_mtime, JST) + 91 * DAY)
    take(file("c.log", [line(NOON + 2 * HOUR)]))
    assert (keys / "2026-10").read_bytes() != secret, "what identifies expires 90 days after its last use"


def covered(source="portal"):
    return asking.covered(*MONTH, clock.cut()).get(source)


def test_hours_with_lines_are_covered_and_the_last_one_up_to_its_last_line(file):
    take(file("a.log", [line(NOON), line(NOON + HOUR, target="/a.css"), line(NOON + 3 * HOUR, status=404)]))
    reach = NOON + 3 * HOUR + timedelta(seconds=1)
    assert covered() == [(NOON, NOON + 2 * HOUR), (NOON + 3 * HOUR, reach)]
    assert asking.gaps(clock.cut()) == {"portal": [(NOON + 2 * HOUR, NOON + 3 * HOUR)]}
    take(file("b.log", [line(NOON + 2 * HOUR), line(NOON + 4 * HOUR, target="/b")]))
    assert covered() == [(NOON, NOON + 4 * HOUR + timedelta(seconds=1))]
    assert asking.gaps(clock.cut()) == {"portal": []}
    assert Coverage.objects.believed().filter(kind="access").count() == 1


def test_the_order_of_files_makes_no_difference_to_what_is_covered(file):
    pieces = [[line(NOON + n * HOUR, target=f"/{n}")] for n in (0, 1, 2, 5, 6)]
    for number, piece in enumerate(pieces):
        take(file(f"{number}.log", piece), source="in-order")
    for number, piece in reversed(list(enumerate(pieces))):
        take(file(f"{number}.log", piece), source="backwards")
    assert covered("in-order") == covered("backwards") == [
        (NOON, NOON + 3 * HOUR), (NOON + 5 * HOUR, NOON + 6 * HOUR + timedelta(seconds=1)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "complete"),
    [
        (MONTH[0] - HOUR / 2, MONTH[1] + HOUR / 2, True),
        (MONTH[0] - HOUR / 2, MONTH[1] + HOUR / 2 - timedelta(seconds=2), False),
        (MONTH[0], MONTH[1] + HOUR / 2, False),
    ],
)
def test_a_month_is_complete_with_half_an_hour_on_both_sides(file, first, last, complete):
    hourly = [first + n * HOUR for n in range((last - first) // HOUR + 1)]
    take(file("a.log", [line(at) for at in (*hourly, last)]))
    assert asking.is_complete(*MONTH, clock.cut()) is complete
    assert not asking.is_complete(MONTH[0], MONTH[1] + DAY, clock.cut())


def test_a_month_is_complete_only_when_every_server_is(file):
    hourly = [MONTH[0] - HOUR + n * HOUR for n in range(31 * 24 + 3)]
    take(file("a.log", [line(at) for at in hourly]), source="www1")
    assert asking.is_complete(*MONTH, clock.cut())
    take(file("b.log", [line(at) for at in hourly if at.day != 9]), source="www2")
    assert not asking.is_complete(*MONTH, clock.cut())


def test_a_shorter_and_a_rewritten_log_are_refused_and_nothing_changes(file):
    lines = [line(NOON + timedelta(seconds=n), target=f"/page/{n}") for n in range(200)]
    take(file("a.log", lines))
    tick = clock.last()
    for name, other in (
        ("shorter", lines[:150]),
        ("rewritten", [*lines[:150], line(NOON, target="/something/else"), *lines[151:]]),
    ):
        with pytest.raises(Refusal) as refused:
            take(file("a.log", other))
        assert (refused.value.faults[0].code, refused.value.faults[0].file) == (name, "a.log")
    assert clock.last() == tick


def test_a_file_without_a_row_is_swept_and_is_never_counted(file):
    take(file("a.log", [line(NOON)]))
    (part,) = AccessPart.objects.all()
    orphan = store.root() / "days" / "2026-10-05" / "0123456789abcdef.parquet"
    orphan.write_bytes((store.root() / part.path).read_bytes())
    assert known()[NOON.date()][0] == 1
    store.sweep(clock.now())
    assert orphan.exists(), "it may belong to a load that has not ended"
    old = (clock.now() - 2 * HOUR).timestamp()
    os.utime(orphan, (old, old))
    os.utime(store.root() / part.path, (old, old))
    take(file("b.log", [line(NOON + HOUR)]))
    assert not orphan.exists()
    assert known()[NOON.date()][0] == 2


def test_a_packed_log_may_have_been_packed_in_pieces(tmp_path):
    path = tmp_path / "a.log.gz"
    path.write_bytes(gzip.compress(line(NOON) + b"\n") + gzip.compress(line(NOON + HOUR) + b"\n"))
    assert take(path)["page_views"] == 2
    assert midnight(NOON.date()) < NOON
