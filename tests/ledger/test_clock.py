"""Recorded time: ticks rise in the order of commits, and a cut gives the same rows for ever."""

import threading
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from partner.common.period import JST
from partner.common.refusal import Refusal
from partner.facts.models import PersonEvent, PersonRegistration
from partner.facts.record import record
from partner.ledger import clock
from partner.ledger.models import Clock, Erasure
from tests.told import event, told

pytestmark = pytest.mark.both
NOON = datetime(2026, 11, 9, 12, tzinfo=JST)


@pytest.fixture(autouse=True)
def _own_database(ledger_db):
    """Every test here commits."""


def test_a_transaction_has_one_tick_and_the_next_a_later_one(at_clock):
    at_clock(NOON)
    with transaction.atomic():
        first = clock.tick()
        assert clock.tick() == first == NOON
    with transaction.atomic():
        assert clock.tick() == NOON + timedelta(microseconds=1)


def test_a_clock_set_back_does_not_turn_the_ledger_back(at_clock):
    at_clock(NOON)
    told("A 2026-10-01 registered simple")
    at_clock(NOON - timedelta(hours=3))
    (later,) = told("B 2026-10-02 registered simple")
    assert later.recorded_at == NOON + timedelta(microseconds=1)


def test_a_tick_of_a_transaction_rolled_back_is_not_used_again(at_clock):
    at_clock(NOON)
    with pytest.raises(RuntimeError), transaction.atomic():
        clock.tick()
        raise RuntimeError
    at_clock(NOON + timedelta(hours=1))
    with transaction.atomic():
        assert clock.tick() == NOON + timedelta(hours=1)


def test_a_tick_rolled_back_here_and_committed_by_another_is_not_shared(at_clock):
    at_clock(NOON)
    with pytest.raises(RuntimeError), transaction.atomic():
        clock.tick()
        raise RuntimeError
    another = threading.Thread(target=told, args=("A 2026-10-01 registered simple",))
    another.start()
    another.join()
    assert clock.last() == NOON
    with transaction.atomic():
        assert clock.tick() == NOON + timedelta(microseconds=1)


def test_a_tick_inside_a_savepoint_rolled_back_is_taken_anew(at_clock):
    at_clock(NOON)
    with transaction.atomic():
        with pytest.raises(RuntimeError), transaction.atomic():
            clock.tick()
            raise RuntimeError
        at_clock(NOON + timedelta(hours=1))
        assert clock.tick() == clock.tick() == NOON + timedelta(hours=1)


def test_a_tick_needs_a_transaction():
    with pytest.raises(transaction.TransactionManagementError):
        clock.tick()


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (NOON + timedelta(microseconds=1), "in_the_future"),
        (clock.ORIGIN - timedelta(microseconds=1), "before_origin"),
    ],
)
def test_a_cut_outside_the_ledgers_time_is_refused(at_clock, at, code):
    at_clock(NOON)
    with pytest.raises(Refusal) as refused:
        clock.cut(at)
    assert refused.value.faults[0].code == code


def test_the_borders_of_the_ledgers_time_are_accepted(at_clock):
    at_clock(NOON)
    assert clock.cut(clock.ORIGIN) == clock.ORIGIN
    assert clock.cut(NOON) == NOON


def test_a_cut_raises_the_clock_so_that_nobody_records_below_it(at_clock):
    at_clock(NOON)
    told("A 2026-10-01 registered simple")
    asked = clock.cut(NOON)
    at_clock(NOON - timedelta(days=1))
    (late,) = told("B 2026-10-01 registered simple")
    assert late.recorded_at > asked
    assert PersonEvent.objects.known_at(asked).count() == 1


def test_now_is_the_last_committed_tick(at_clock):
    at_clock(NOON)
    (first,) = told("A 2026-10-01 registered simple")
    assert clock.cut() == first.recorded_at


def believed():
    return clock.remembered("people", lambda: sorted(row.pk for row in PersonEvent.objects.believed()))


def test_what_a_tick_knows_is_made_once_until_the_next(at_clock):
    at_clock(NOON)
    told("A 2026-10-01 registered simple")
    first = believed()
    assert believed() is first
    another = threading.Thread(target=told, args=("B 2026-10-02 registered simple",))
    another.start()
    another.join()
    assert len(believed()) == len(first) + 1 == 2
    with clock.reading():  # a page sees one moment, and the next page the next
        asked = believed()
        told("C 2026-10-03 registered simple")
        assert len(believed()) == len(asked) + 1


def test_nothing_is_remembered_of_what_may_be_rolled_back(at_clock):
    at_clock(NOON)
    told("A 2026-10-01 registered simple")
    with pytest.raises(RuntimeError), transaction.atomic():
        told("B 2026-10-02 registered simple")
        assert len(believed()) == 2
        raise RuntimeError
    told("C 2026-10-03 registered simple")  # at the tick that B had
    assert len(believed()) == 2
    assert len(clock._remembered) <= 16


def test_telling_is_refused_once_something_is_recorded():
    told("A 2026-10-01 registered simple")
    with pytest.raises(Refusal), clock.telling():
        pass
    assert not Clock.objects.get().telling


def test_an_erasure_of_an_earlier_tick_permits_nothing():
    (row,) = told("A 2026-10-01 registered simple")
    with transaction.atomic():
        Erasure.objects.create(old_key=row.subject, new_key="new", tick=clock.tick())
    with pytest.raises(DatabaseError, match="ledger"), transaction.atomic():
        clock.tick()
        PersonEvent.objects.filter(pk=row.pk).update(subject="new")
    assert PersonEvent.objects.get(pk=row.pk).subject == row.subject


def test_concurrent_writers_with_cuts_in_between_every_cut_asked_again():
    """Four writers and two who ask, one of them for the very moment: what a cut showed while they wrote, it shows for ever."""
    seen: list[tuple[datetime, list[int]]] = []
    running = threading.Event()
    running.set()
    errors: list[BaseException] = []

    def guarded(work):
        def run():
            try:
                work()
            except BaseException as error:
                errors.append(error)
            finally:
                connection.close()

        return run

    def writer(name: str):
        def write():
            for n in range(12):
                told(f"{name}{n} 2026-10-{n + 1:02} registered simple\n{name}{n} 2026-10-{n + 2:02} moved full")

        return write

    def asker(moment):
        def ask():
            while running.is_set():
                cut = clock.cut(moment())
                seen.append((cut, _rows(cut)))

        return ask

    asking = [threading.Thread(target=guarded(asker(moment))) for moment in (lambda: None, clock.now)]
    writing = [threading.Thread(target=guarded(writer(name))) for name in "WXYZ"]
    for thread in asking + writing:
        thread.start()
    for thread in writing:
        thread.join()
    running.clear()
    for thread in asking:
        thread.join()
    assert errors == []
    assert len({cut for cut, _ in seen}) > 10
    assert any(0 < len(rows) < 96 for _, rows in seen)
    for cut, rows in seen:
        assert _rows(cut) == rows
    assert len(_rows(clock.cut())) == 96


def _rows(cut: datetime) -> list[int]:
    return list(PersonRegistration.objects.known_at(cut).order_by("id").values_list("id", flat=True))


def test_ticks_rise_in_the_order_of_commits():
    """A writer that began first and commits last has the later tick."""
    order: list[str] = []
    began, committed = threading.Event(), threading.Event()

    def slow():
        try:
            with transaction.atomic():
                record([event("S 2026-10-01 registered simple")])
                began.set()
                order.append("slow")
        finally:
            connection.close()
            committed.set()

    thread = threading.Thread(target=slow)
    thread.start()
    began.wait(10)
    (fast,) = told("F 2026-10-01 registered simple")
    order.append("fast")
    thread.join()
    slow_tick = PersonEvent.objects.get(subject__endswith="S").recorded_at
    assert order == ["slow", "fast"]
    assert slow_tick < fast.recorded_at
