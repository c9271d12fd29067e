"""Postings, mail services and inquiries of the demonstration: told as record() would, of people who were there."""

import random
from collections import defaultdict
from dataclasses import fields
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction

from partner.common.calendar import is_business_day
from partner.common.period import month, parse_period
from partner.demo.centre import Centre
from partner.demo.helpdesk import Helpdesk
from partner.demo.load import live
from partner.demo.mailing import Mailing
from partner.demo.postings import Board, _end, _last_day, boards
from partner.demo.story import ORGANIZATIONS, PEOPLE
from partner.demo.stretches import hour_of
from partner.demo.telling import Memory
from partner.facts import record
from partner.facts.models import OrganizationRegistration, PersonRegistration
from partner.facts.models.inquiries import InquiryEvent
from partner.facts.models.postings import JobEvent, JobPublication, TrainingEvent
from partner.facts.models.subscriptions import SubscriptionEvent
from partner.facts.streams import JOBS
from partner.figures import second
from partner.figures.engine import Evaluation
from partner.ledger import clock
from partner.ledger.fields import from_microseconds

UNTIL = date(2005, 12, 31)
EMPTY = {"organization": "", "organization_type": "", "field": "", "other_fields": "", "ends_at": None}
OCTOBER = month(date(2026, 10, 1))


@pytest.fixture(scope="module")
def told():
    """The sheets of the first two years, by kind; nothing is written."""
    centres = {rates.kind: Centre(rates, 1, 0.5) for rates in (PEOPLE, ORGANIZATIONS)}
    live(centres, UNTIL, lambda text: None)
    made = [board.tell(UNTIL, n) for n, board in enumerate(boards(1, 0.5, centres["organizations"].memory), 1)]
    made += Mailing(1, 0.5, centres["people"].memory).tell(UNTIL, 6) + Helpdesk(1, 0.5).tell(UNTIL, 7)
    return {taken.stream.kind: taken for taken in made}


def by_tick(rows):
    coming, going = defaultdict(list), defaultdict(list)
    for row in rows:
        coming[row["recorded_at"]].append(row)
        if row["superseded_at"] is not None:
            going[row["superseded_at"]].append(row["source_key"])
    return coming, going


def fact(model, row):
    """A row of a sheet as an unrecorded fact."""
    moments = {"happened_at", "ends_at"}
    values = {name: value for name, value in row.items() if name not in ("recorded_at", "superseded_at")}
    return model(**{
        name: from_microseconds(value) if name in moments and value is not None else value for name, value in values.items()
    })  # fmt: skip


@pytest.mark.both
@pytest.mark.parametrize("kind", ["jobs", "subscriptions", "inquiries"])
def test_the_spans_are_those_that_record_makes(told, kind, ledger_db, at_clock):
    taken = told[kind]
    model = taken.stream.told
    coming, going = by_tick(taken.rows)
    for tick in sorted(coming)[:60]:
        at_clock(from_microseconds(tick))
        with transaction.atomic():
            fresh = {row["source_key"]: fact(model, row) for row in coming[tick]}
            for key in going.get(tick, ()):
                record.correct(model.objects.believed().get(source_key=key), fresh.pop(key))
            record.record(list(fresh.values()))
    last = sorted(coming)[:60][-1]
    for derived, table in taken.stream.spans.items():
        names = [field.name for field in fields(derived)]
        recorded = sorted(table.objects.values_list("subject", *names, "recorded_at", "superseded_at"), key=repr)
        assert recorded == sorted(_kept(taken, derived, names, last), key=repr)
        assert recorded


def _kept(taken, derived, names, last):
    """The spans told up to the tick, as they were believed then."""
    for subject, spans in taken._spans.items():
        for one in spans:
            if type(one.span) is derived and one.recorded_at <= last:
                gone = one.superseded_at if one.superseded_at is not None and one.superseded_at <= last else None
                ticks = (one.recorded_at, gone)
                yield (subject, *(_plain(getattr(one.span, name)) for name in names), *map(_plain, ticks))


def _plain(value):
    return from_microseconds(value) if isinstance(value, int) and not isinstance(value, bool) else value


def registered(model, subject, at, known):
    return [
        span
        for span in model.objects.known_at(known).filter(subject=subject, valid_from__lte=at)
        if span.valid_to is None or span.valid_to > at
    ]


def test_publishers_are_registered_and_have_the_type_that_was_known_then(loaded):
    events = JobEvent.objects.filter(kind="published", happened_at__gte=OCTOBER.start)
    assert events.count() > 5
    for event in events:
        (span,) = registered(OrganizationRegistration, event.organization, event.happened_at, event.recorded_at)
        assert event.organization_type == span.organization_type


def test_subscribers_are_registered_when_they_confirm(loaded):
    events = SubscriptionEvent.objects.filter(kind="confirmed", happened_at__gte=OCTOBER.start)
    assert events.count() > 10
    found = [registered(PersonRegistration, one.subject, one.happened_at, one.recorded_at) for one in events]
    assert sum(bool(spans) for spans in found) > 0.9 * len(found)  # some left within the days of the sheet
    known = PersonRegistration.objects.values_list("subject", flat=True)
    assert set(SubscriptionEvent.objects.values_list("subject", flat=True)) <= set(known)


@pytest.mark.parametrize("model", [JobEvent, TrainingEvent, SubscriptionEvent, InquiryEvent])
def test_nothing_is_told_before_it_happened_and_every_kind_of_event_is_there(loaded, model):
    rows = model.objects.values_list("kind", "happened_at", "recorded_at")
    assert all(happened < recorded for _, happened, recorded in rows)
    assert {kind for kind, _, _ in rows} == {code for code, _ in model._meta.get_field("kind").choices}


def test_the_office_publishes_on_business_days(loaded):
    days = {at.date() for at in JobEvent.objects.filter(kind="published").values_list("happened_at", flat=True)}
    assert all(map(is_business_day, days))


def test_no_holiday_makes_a_posting_end_before_it_began():
    """Ten days of holidays in 2019, and every New Year."""
    board, rng = Board(JOBS, "求人", 1, 1, Memory()), random.Random(1)
    for day in (date(2018, 12, 1) + timedelta(days=n) for n in range(180)):
        for _ in range(30):
            last = _last_day(rng, day)
            board._later(rng, day, "J", last)
            told = [{"kind": "published", "happened_at": hour_of(rng, day), "ends_at": _end(last)}]
            told += [fact for facts in board.agenda.values() for fact in facts]
            board.agenda.clear()
            events = [SimpleNamespace(**{**EMPTY, **fact, "ordinal": n}) for n, fact in enumerate(told)]
            assert JOBS.derive(events, lambda *_: False)


def test_some_is_corrected_and_some_is_told_after_the_month_was_reported(loaded):
    assert JobEvent.objects.filter(superseded_at__isnull=False).exists() or (
        TrainingEvent.objects.filter(superseded_at__isnull=False).exists()
    )
    late = [
        event for event in JobEvent.objects.filter(kind="closed") if (event.recorded_at - event.happened_at).days > 25
    ]
    assert late


def test_live_and_open_add_up_in_every_month(loaded):
    evaluation = Evaluation(clock.cut())
    period = month(date(2003, 10, 1))
    opened = {"jobs": 0, "trainings": 0, "inquiries": 0}
    while period.end <= clock.last():
        for kind in ("jobs", "trainings"):
            live_, posted, reopened = (
                evaluation.value(f"{kind}.{key}", period).value for key in ("live", "posted", "reopened")
            )
            assert live_ == opened[kind] + posted + reopened, (kind, period.key)
            opened[kind] = evaluation.value(f"{kind}.open", period).value
        received, closed, reopened, is_open = (
            evaluation.value(f"inquiries.{key}", period).value for key in ("received", "closed", "reopened", "open")
        )
        assert is_open == opened["inquiries"] + received - closed + reopened, period.key
        opened["inquiries"] = is_open
        period = month(period.until)
    assert period == month(date(2026, 11, 1))


@pytest.mark.parametrize("key", ["2026-10", "2026Q2", "FY2025"])
def test_each_number_counted_twice(loaded, key):
    found = second.compare(parse_period(key), clock.cut())
    mine = [one for one in found if one["key"].partition(".")[0] in ("jobs", "trainings", "subscriptions", "inquiries")]
    assert len(mine) == 18
    assert [one for one in mine if not one["same"]] == []


def test_an_october_that_a_centre_of_this_size_would_have(loaded):
    """At three hundredths: about nine new jobs, some ten open, two thousand subscriptions, four or five inquiries."""
    evaluation = Evaluation(clock.cut())
    year = parse_period("FY2025")
    assert 3000 * 0.03 * 0.8 < evaluation.value("jobs.posted", year).value < 4200 * 0.03 * 1.2
    assert 5 < evaluation.value("jobs.open", OCTOBER).value < 18
    assert 1000 < evaluation.value("subscriptions.total", OCTOBER).value < 3000
    assert JobPublication.objects.believed().filter(ended="expired").count() > 100
