"""The demonstration tells its facts in bulk: they must be what partner.facts.record would have made of them."""

from collections import defaultdict
from dataclasses import astuple, fields, replace
from datetime import date, datetime

import pytest
from django.db import transaction

from partner.demo.centre import Centre
from partner.demo.load import live
from partner.demo.story import ORGANIZATIONS, PEOPLE
from partner.facts import record
from partner.facts.sequence import ApplicationSpan, RegistrationSpan
from partner.facts.streams import PARTIES
from partner.ledger.fields import from_microseconds, to_microseconds

pytestmark = pytest.mark.both
UNTIL = date(2004, 12, 31)
MADE = ("kind", "by_day", "level", "organization_type", "medium", "purposes", "merged_into", "ordinal", "source_key")
BY = {"by_name": "見本 花子", "by_role": "事務局"}


@pytest.fixture(scope="module")
def centres():
    """A short time in which more goes wrong than usual."""
    stories = [replace(rates, mistaken=0.03, late=0.02, twice=0.002) for rates in (PEOPLE, ORGANIZATIONS)]
    made = {rates.kind: Centre(rates, 1, 0.3) for rates in stories}
    live(made, UNTIL, lambda text: None)
    return made


def replay(party, memory, at_clock):
    """Hands the same events to record(), correct() and withdraw(), one batch after another."""
    coming, going = defaultdict(list), defaultdict(list)
    for key, event in memory.events:
        coming[event.recorded_at].append((key, event))
        if event.superseded_at is not None:
            going[event.superseded_at].append(event.source_key)
    for tick in sorted({*coming, *going}):
        at_clock(from_microseconds(tick))
        with transaction.atomic():
            rows = [row(party, *one) for one in coming[tick]]
            fresh = {one.source_key: one for one in rows}
            for key in going[tick]:
                old = party.event.objects.believed().get(source_key=key)
                new = fresh.pop(key, None)
                record.correct(old, new) if new else record.withdraw(old)
            record.record(list(fresh.values()))


def row(party, key, event):
    values = {name: getattr(event, name) for name in MADE}
    return party.event(subject=key, happened_at=from_microseconds(event.happened_at), **values, **BY)


def recorded(model, kind):
    """The spans as record() left them, in microseconds."""
    names = ("subject", *(field.name for field in fields(kind)), "recorded_at", "superseded_at")
    return sorted((tuple(map(plain, row)) for row in model.objects.values_list(*names)), key=repr)


def plain(value):
    return to_microseconds(value) if isinstance(value, datetime) else value


def simulated(memory, kind):
    return sorted(
        (
            (key, *astuple(kept.span), kept.recorded_at, kept.superseded_at)
            for key, kept in memory.spans
            if isinstance(kept.span, kind)
        ),
        key=repr,
    )


@pytest.mark.parametrize("kind", ["people", "organizations"])
def test_spans_and_their_ticks_are_those_that_record_makes(centres, ledger_db, at_clock, kind):
    party, memory = PARTIES[kind], centres[kind].memory
    replay(party, memory, at_clock)
    for model, span in ((party.registration, RegistrationSpan), (party.application, ApplicationSpan)):
        assert recorded(model, span) == simulated(memory, span)


def test_nothing_is_superseded_in_the_tick_that_recorded_it(centres):
    for centre in centres.values():
        for _, one in [*centre.memory.events, *centre.memory.spans]:
            assert one.superseded_at is None or one.superseded_at > one.recorded_at


def test_nothing_is_recorded_before_it_happened(centres):
    for centre in centres.values():
        assert all(event.happened_at <= event.recorded_at for _, event in centre.memory.events)


def test_corrections_and_withdrawals_are_among_what_is_replayed(centres):
    events = [event for _, event in centres["people"].memory.events]
    gone = [event.source_key for event in events if event.superseded_at is not None]
    believed = {event.source_key for event in events if event.superseded_at is None}
    assert any(key in believed for key in gone)  # corrected
    assert any(key not in believed for key in gone)  # withdrawn
