"""Laws of the derivation, for any events: spans never overlap, the bridge holds, parts give what the whole gives."""

import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from partner.common.period import DAY, JST
from partner.facts.models import Identity, PersonApplication, PersonRegistration
from partner.facts.models.registrations import EventKind as K
from partner.facts.sequence import _RANK, SequenceError, derive
from tests.databases import examples
from tests.facts.sheets import csv_file, take

FIRST = datetime(2026, 1, 1, tzinfo=JST)
BEGIN, CHANGE, END = {"registered", "returned"}, {"moved", "retyped", "restated"}, {"left", "removed", "merged"}
_files = itertools.count(1)
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Event:
    """What the derivation reads of an event."""

    kind: str
    happened_at: datetime
    ordinal: int
    level: str = ""
    organization_type: str = ""
    medium: str = ""
    purposes: str = ""
    merged_into: str = ""


TIMES = st.one_of(
    st.integers(0, 12).map(lambda n: FIRST + n * DAY),
    st.integers(0, 12 * 24).map(lambda n: FIRST + timedelta(hours=n)),
)
KINDS = [kind for kind in K if kind not in (K.RETYPED, K.MERGED)]


@st.composite
def anything(draw: Any) -> list[Event]:
    """Events of any kind at any time."""
    drawn = draw(st.lists(st.tuples(st.sampled_from(KINDS), TIMES, st.sampled_from(["full", "simple"])), max_size=14))
    return [
        Event(str(kind), at, n, level=level if kind in (K.APPLIED, K.REGISTERED, K.RETURNED, K.MOVED) else "",
              purposes=";job;" if kind == K.REPURPOSED else "")
        for n, (kind, at, level) in enumerate(drawn, 1)
    ]  # fmt: skip


def holds(events: list[Event]) -> bool:
    try:
        derive(events)
    except SequenceError:
        return False
    return True


@st.composite
def sequences(draw: Any) -> list[Event]:
    """Events that make a sequence: of any events, those that can be added one after the other."""
    kept = [Event("registered", FIRST + draw(st.integers(0, 3)) * DAY, 0, level="simple")]
    for event in draw(anything()):
        if holds([*kept, event]):
            kept.append(event)
    return kept


@settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
@given(anything())
def test_events_that_make_no_sequence_are_refused_by_name_and_with_a_reason(events):
    assume(not holds(events))
    with pytest.raises(SequenceError, match="。") as caught:
        derive(events)
    assert caught.value.event in events


@CALM
@given(sequences())
def test_spans_follow_each_other_and_never_overlap(events):
    registrations, applications = derive(events)
    for spans in (registrations, applications):
        for one, other in itertools.pairwise(spans):
            assert one.valid_to is not None
            assert one.valid_from <= one.valid_to <= other.valid_from
    for one, other in itertools.pairwise(registrations):
        assert (one.ended in CHANGE) == (other.begun in CHANGE)
        if one.ended in CHANGE:
            assert (one.ended, one.valid_to) == (other.begun, other.valid_from)
        assert other.previous_level == (one.level if other.begun == "moved" else "")
    assert registrations[0].begun == "registered"
    assert [span.begun for span in registrations].count("registered") == 1
    assert all((span.valid_to is None) == (span.ended == "") for span in [*registrations, *applications])


@CALM
@given(sequences())
def test_every_event_is_counted_once(events):
    registrations, applications = derive(events)
    for kind in (*BEGIN, "moved"):
        assert [e.kind for e in events].count(kind) == [span.begun for span in registrations].count(kind)
    for kind in END:
        assert [e.kind for e in events].count(kind) == [span.ended for span in registrations].count(kind)
    assert [e.kind for e in events].count("applied") == len(applications)


@CALM
@given(sequences(), st.randoms())
def test_the_order_of_reading_does_not_matter(events, chance):
    shuffled = list(events)
    chance.shuffle(shuffled)
    assert derive(shuffled) == derive(events)


@CALM
@given(st.lists(sequences(), min_size=1, max_size=4), TIMES, TIMES)
def test_the_bridge(people, one, other):
    start, end = min(one, other), max(one, other)
    spans = [span for events in people for span in derive(events)[0]]

    def in_force(at: datetime, level: str) -> int:
        return sum(s.valid_from < at and (s.valid_to is None or s.valid_to >= at) and s.level == level for s in spans)

    def begun(level: str, *how: str) -> int:
        return sum(start <= s.valid_from < end and s.begun in how and s.level == level for s in spans)

    def ended(level: str, *how: str) -> int:
        return sum(
            s.valid_to is not None and start <= s.valid_to < end and s.ended in how and s.level == level for s in spans
        )

    for level in ("full", "simple"):
        new, left = begun(level, *BEGIN), ended(level, *END)
        moved = begun(level, "moved") - ended(level, "moved")
        assert begun(level, "restated") == ended(level, "restated")
        assert in_force(end, level) == in_force(start, level) + new - left + moved


def believed(model: Any, number: str) -> list[tuple[Any, ...]]:
    rows = model.objects.believed().filter(subject=Identity.objects.get(number=number).subject)
    names = [name for name in ("valid_from", "valid_to", "begun", "ended", "level", "previous_level", "suspended")
             if hasattr(model, name)]  # fmt: skip
    return sorted(tuple(str(getattr(row, name)) for name in names) for row in rows)


def sheet(number: str, events: list[Event]) -> list[list[str]]:
    return [
        [f"{number}-{e.ordinal}", number, e.kind, f"{e.happened_at:%Y-%m-%d %H:%M}", e.level, e.purposes.strip(";")]
        for e in events
    ]


@pytest.mark.both
@settings(max_examples=examples(40), deadline=None, suppress_health_check=list(HealthCheck))
@given(sequences(), st.randoms(), st.integers(1, 4))
def test_parts_in_any_order_give_the_spans_of_the_whole(in_november, tmp_path, events, chance, count):
    parts: list[list[Event]] = [[] for _ in range(count)]
    for event in events:
        chance.choice(parts).append(event)
    parts = [part for part in parts if part]
    places = {(event.happened_at, _RANK[K(event.kind)]) for event in events}
    assume(len(places) == len(events))  # between equals the order of first recording decides
    loaded: list[Event] = []
    for part in parts:  # whatever the order, as long as what is there makes a sequence each time
        loaded += part
        assume(holds(loaded))
    number = next(_files)
    take(csv_file(tmp_path / f"{number}.csv", sheet(f"w{number}", events), "登録目的"))
    for place, part in enumerate(parts):
        take(csv_file(tmp_path / f"{number}-{place}.csv", sheet(f"p{number}", part), "登録目的"))
    for model in (PersonRegistration, PersonApplication):
        assert believed(model, f"p{number}") == believed(model, f"w{number}")
    again = take(csv_file(tmp_path / f"{number}-again.csv", sheet(f"p{number}", events[::-1]), "登録目的"))
    assert again["unchanged"] == len(events)
