"""Roll-ups carried to any cut, before their tick or after it, are what the facts themselves make."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partner.common.period import JST, midnight, month
from partner.common.refusal import Refusal
from partner.facts import record
from partner.facts.erasure import erase
from partner.facts.models import Identity, PersonEvent
from partner.facts.streams import ORGANIZATIONS, PEOPLE
from partner.figures import rollups
from partner.figures.counting import count_rows
from partner.figures.engine import Evaluation
from partner.figures.scopes import SCOPES
from partner.ledger import clock
from partner.ledger.fields import MICROSECOND
from partner.master.actions import set_from
from partner.master.book import Book
from partner.master.models import Code
from tests.databases import examples
from tests.figures.test_bridge import lived, lives
from tests.told import subject, told

pytestmark = pytest.mark.both
BEGIN = datetime(2026, 11, 3, tzinfo=JST)
MONTHS = [month(date(2026, n, 1)) for n in (8, 9, 10)]
LEVEL, BY_TYPE = ((), ("level",)), ((), ("level",), ("level", "organization_type"))
ASKED = {
    "people.total": (*LEVEL, ("level", "medium"), ("purpose",)),
    "people.suspended": LEVEL,
    "people.pending": LEVEL,
    "organizations.total": BY_TYPE,
    "organizations.suspended": BY_TYPE,
    "organizations.pending": BY_TYPE,
}
BY = ("仮設 恵", "管理者")


def must_equal_the_facts(cut, kinds=("people", "organizations")):
    rolled, counted = Evaluation(cut), Evaluation(cut, exact=True)
    rolled.prime("people", [period.end for period in MONTHS[:2]], ("level",))
    for key in (key for key in ASKED if key.startswith(kinds)):
        for period in MONTHS:
            for by in ASKED[key]:
                assert +rolled.counts(key, period, by) == +counted.counts(key, period, by), (key, period.key, by, cut)


def is_answered(kind, cut, period=MONTHS[-1]):
    """Whether a roll-up answers, so that the facts are not compared with themselves."""
    return rollups.grouped(SCOPES[kind](Book(cut)).in_force(period.end), ("level",), cut, count_rows) is not None


def around(ticks):
    """Just before, at and just after each."""
    return [tick + n * MICROSECOND for tick in ticks for n in (-1, 0, 1)]


def corrected(old, **changed):
    """What the source says now: the event with other values, or none where none are given."""
    if not changed:
        record.withdraw(old)
        return
    values = {field.attname: getattr(old, field.attname) for field in old._meta.concrete_fields} | changed
    for name in ("id", "recorded_at", "superseded_at"):
        del values[name]
    record.correct(old, type(old)(**values))


def mapped(code, reported_as):
    """From October on the level is reported in another column."""
    set_from(
        Code, keys={"list": "person_level", "code": code}, holds_from=midnight(date(2026, 10, 1)), reason="改定",
        values={"label": code, "label_en": "", "reported_as": reported_as, "position": 20}, by=BY,
    )  # fmt: skip


def does(party, number, kind, value):
    """One transaction of the property below."""
    if kind == "told":
        events = [one for n, story in enumerate(value) for one in lived(f"S{number}{n}", story, party)]
        if events:
            record.record(events)
    elif kind == "mapped":
        mapped(*value)
    else:
        which, days = value
        believed = list(party.event.objects.believed().order_by("pk"))
        if believed:
            old = believed[which % len(believed)]
            corrected(old, **({"happened_at": old.happened_at + timedelta(days=days)} if days else {}))


corrections = st.tuples(st.just("corrected"), st.tuples(st.integers(0, 50), st.integers(-40, 40)))
mappings = st.tuples(st.just("mapped"), st.sampled_from([("simple", "full"), ("simple", ""), ("full", "simple")]))
waits = st.sampled_from([timedelta(microseconds=1), timedelta(microseconds=2), timedelta(hours=1), timedelta(days=9)])
steps = st.tuples(st.one_of(st.tuples(st.just("told"), lives), corrections, corrections, mappings), waits)


@pytest.mark.django_db
@pytest.mark.parametrize("party", [PEOPLE, ORGANIZATIONS], ids=["people", "organizations"])
@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stories=lives, later=st.lists(steps, min_size=1, max_size=5), at=st.integers(0, 5))
def test_carried_to_any_cut_they_equal_the_facts(at_clock, party, stories, later, at):
    with transaction.atomic():
        ticks = [BEGIN]
        for number, ((kind, value), wait) in enumerate([(("told", stories), timedelta(0)), *later]):
            at_clock(ticks[-1] + wait)
            ticks.append(clock.cut(clock.now()))  # a tick of its own, though one transaction tells all
            try:
                with transaction.atomic():
                    does(party, number, kind, value)
            except Refusal:
                continue  # that correction makes no sequence: nothing was changed
        rollups.refresh(ticks[at % len(ticks)])
        for cut in around(ticks):
            must_equal_the_facts(cut, (party.kind,))
        transaction.set_rollback(True)


@pytest.fixture
def five_ticks(ledger_db, at_clock):
    """Told, told more, corrected and withdrawn, mapped otherwise, erased; a tick each, days apart."""

    def later_told():
        told("B 2026-10-31 left\nD 2026-10-02 registered full medium=press\nA 2026-11-02 moved full")
        told("P 2026-10-20 registered full type=ngo", ORGANIZATIONS)

    def corrected_and_withdrawn():
        left, moved = PersonEvent.objects.believed().get(kind="left"), PersonEvent.objects.believed().get(kind="moved")
        corrected(left, happened_at=midnight(date(2026, 9, 15)))
        corrected(moved)

    def erased():
        Identity.objects.create(subject=subject("A"), party=PEOPLE.code, number="J-A", name="架空 一子")
        erase(PEOPLE, "J-A", by=BY, reason="本人の申し出")

    def first():
        told(
            """
            A 2026-01-01 registered simple medium=sns purposes=job
            B 2026-08-31 registered full
            C 2026-09-30 23:59:59 registered full purposes=job,training
            E 2026-10-03 applied simple
            C 2026-10-09 suspended
            """
        )
        told("O 2026-09-01 registered simple type=company", ORGANIZATIONS)

    ticks = []
    for n, act in enumerate([first, later_told, corrected_and_withdrawn, lambda: mapped("simple", "full"), erased]):
        at_clock(BEGIN + timedelta(days=n))
        act()
        ticks.append(clock.cut())
    return ticks


@pytest.mark.parametrize("at", range(5))
def test_at_the_borders_of_every_tick(five_ticks, at):
    rollups.refresh(five_ticks[at])
    for cut in around(five_ticks):
        assert is_answered("people", cut)
        assert is_answered("organizations", cut)
        must_equal_the_facts(cut)
    assert rollups.differing(count_rows) == []


@pytest.mark.parametrize("at", [0, -1])
def test_too_far_from_a_tick_the_facts_are_counted(five_ticks, at, monkeypatch):
    rollups.refresh(five_ticks[at])
    far = five_ticks[-1 - at]
    assert is_answered("people", far)
    monkeypatch.setattr(rollups, "CARRIED", 1)
    assert not is_answered("people", far)
    assert is_answered("people", five_ticks[at])
    must_equal_the_facts(far)


def test_a_seal_reads_no_roll_up(five_ticks, monkeypatch):
    rollups.refresh()
    monkeypatch.setattr(rollups, "grouped", lambda *asked: pytest.fail("a roll-up was read"))
    sealed = Evaluation(five_ticks[1], exact=True)
    sealed.prime("people", [MONTHS[0].end], ("level",))
    assert sealed.value("people.total", MONTHS[-1]).value == 3


@pytest.mark.parametrize("forth", [True, False], ids=["later", "earlier"])
def test_what_is_carried_is_found_by_its_index(five_ticks, forth):
    if connection.vendor != "sqlite":
        pytest.skip("a planner that weighs statistics scans so small a table, and is right")
    first, *_, last = five_ticks
    tick, cut = (first, last) if forth else (last, first)
    carried = rollups._between(SCOPES["people"](Book(cut)).in_force(MONTHS[-1].end).rows, tick, cut)
    (came, recorded), (went, superseded) = [(sign, rows.order_by().explain()) for sign, rows in carried]
    assert (came, went) == ((1, -1) if forth else (-1, 1))
    assert "(recorded_at>? AND recorded_at<?)" in recorded
    assert "(superseded_at>? AND superseded_at<?)" in superseded
