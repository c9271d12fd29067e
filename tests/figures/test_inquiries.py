"""M8: what is counted just before, on and just after each border; and the law that binds its figures."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partner.common.period import fiscal_year, month, quarter
from partner.facts import record
from partner.facts.streams import INQUIRIES
from partner.facts.walking import SequenceError
from partner.figures import second
from partner.figures.engine import Evaluation, figures
from partner.figures.records import records
from partner.ledger import clock
from tests.databases import examples
from tests.happened import happened, tell
from tests.told import covered

pytestmark = [pytest.mark.both, pytest.mark.django_db]
SEPTEMBER, OCTOBER, NOVEMBER = (month(date(2026, n, 1)) for n in (9, 10, 11))
KEYS = ("received", "answered", "closed", "reopened", "open")


def value(key, period=OCTOBER, cut=None, **where):
    return Evaluation(cut or clock.cut()).value(f"inquiries.{key}", period, where).value or 0


def numbers(period=OCTOBER, **where):
    """received, answered, closed, reopened, open."""
    return tuple(value(key, period, **where) for key in KEYS)


@pytest.mark.parametrize(
    ("at", "september", "october", "november"),
    [
        ("2026-09-30 23:59:59.999999", (1, 1), (0, 1), (0, 1)),
        ("2026-10-01", (0, 0), (1, 1), (0, 1)),
        ("2026-10-01 08:59:59", (0, 0), (1, 1), (0, 1)),
        ("2026-10-01 09:00:00", (0, 0), (1, 1), (0, 1)),
        ("2026-10-31 23:59:59.999999", (0, 0), (1, 1), (0, 1)),
        ("2026-11-01", (0, 0), (0, 0), (1, 1)),
    ],
)
def test_an_inquiry_belongs_to_the_month_of_its_arrival_in_japan(at, september, october, november):
    tell(INQUIRIES, f"Q1 {at} received channel=form")
    for period, (received, open_) in ((SEPTEMBER, september), (OCTOBER, october), (NOVEMBER, november)):
        assert numbers(period) == (received, 0, 0, 0, open_)


@pytest.mark.parametrize(
    ("at", "october", "november"),
    [
        ("2026-09-30 23:59:59", (0, 0), (0, 0)),
        ("2026-10-01", (1, 0), (0, 0)),
        ("2026-10-31 23:59:59.999999", (1, 0), (0, 0)),
        ("2026-11-01", (0, 1), (1, 0)),
    ],
)
@pytest.mark.parametrize("how", ["closed", "merged"])
def test_a_close_and_a_merge_count_from_their_instant(how, at, october, november):
    tell(INQUIRIES, f"Q1 2026-09-10 received channel=form\nQ1 {at} {how}")
    assert (value("closed"), value("open")) == october
    assert (value("closed", NOVEMBER), value("open", NOVEMBER)) == november


def test_the_first_reply_counts_once_when_it_was_given():
    tell(INQUIRIES, """
        Q1 2026-09-10 received channel=form
        Q1 2026-10-31 23:59:59 answered
        Q2 2026-10-05 received channel=mail
        Q2 2026-11-01 answered
    """)  # fmt: skip
    assert [value("answered", period) for period in (SEPTEMBER, OCTOBER, NOVEMBER)] == [0, 1, 1]


def test_closed_and_reopened_in_one_month():
    tell(INQUIRIES, """
        Q1 2026-09-10 received channel=form
        Q1 2026-10-02 closed
        Q1 2026-10-10 reopened
        Q1 2026-10-20 closed
        Q1 2026-10-25 reopened
    """)  # fmt: skip
    assert numbers() == (0, 0, 2, 2, 1)


def test_breakdowns_by_channel_and_category():
    tell(INQUIRIES, """
        Q1 2026-10-01 received channel=form category=system
        Q2 2026-10-02 received channel=form
        Q3 2026-10-03 received channel=telephone category=posting
        Q1 2026-10-05 closed
        Q1 2026-10-09 reopened category=other
    """)  # fmt: skip

    def rows(key, dimension):
        found = Evaluation(clock.cut()).rows(f"inquiries.{key}", OCTOBER, (dimension,))
        return {row["code"]: row["value"] for row in found if row["value"]}

    assert rows("received", "channel") == {"form": 2, "telephone": 1}
    assert rows("received", "category") == {"system": 1, "posting": 1, "unknown": 1}
    assert rows("open", "category") == {"other": 1, "posting": 1, "unknown": 1}


def test_states_need_coverage():
    tell(INQUIRIES, "Q1 2026-10-05 received channel=form")
    assert Evaluation(clock.cut()).value("inquiries.received", SEPTEMBER).state == "missing"
    assert Evaluation(clock.cut()).value("inquiries.received", OCTOBER).state == "provisional"
    covered("2026-09", kind="inquiries")
    assert Evaluation(clock.cut()).value("inquiries.received", SEPTEMBER).value == 0


def test_every_number_opens_to_its_records():
    tell(INQUIRIES, """
        Q1 2026-09-01 received channel=form category=system
        Q1 2026-10-01 answered
        Q1 2026-10-02 closed
        Q1 2026-10-09 reopened
        Q2 2026-10-03 received channel=visit
        Q3 2026-10-03 received channel=mail
        Q3 2026-10-05 merged into=Q2
    """)  # fmt: skip
    covered("2026-10", kind="inquiries")
    cut = clock.cut()
    for key, figure in figures(OCTOBER, cut, [f"inquiries.{key}" for key in KEYS]).items():
        assert records(key, OCTOBER, cut).count == figure["value"]
        for dimension, parts in figure["by"].items():
            for row in parts:
                assert records(key, OCTOBER, cut, {dimension: row["code"]}).count == row["value"]
            assert sum(row["value"] for row in parts) == figure["value"]


# ── the law ──

happenings = st.tuples(
    st.sampled_from(("received", "answered", "closed", "reopened", "merged", "spam")),
    st.integers(0, 75),
    st.sampled_from(("", "00:00:00", "12:34:56")),
)
lives = st.lists(st.lists(happenings, max_size=8), min_size=1, max_size=5)
FIRST = date(2026, 8, 20)


def lived(name, story):
    """As many of the happenings as make a sequence, in their order."""
    events = []
    for kind, day, at in story:
        candidate = [*events, happened(INQUIRIES, f"{name} {FIRST + timedelta(days=day)} {at} {kind}")]
        try:
            INQUIRIES.derive(candidate, lambda *_: False)
        except SequenceError:
            continue
        events = candidate
    return events


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stories=lives)
def test_open_is_what_was_open_and_came_less_what_was_closed(stories):
    with transaction.atomic():
        events = [one for n, story in enumerate(stories) for one in lived(f"Q{n}", story)]
        if events:
            record.record(events)
        cut = clock.cut()
        periods = [month(date(2026, n, 1)) for n in range(7, 12)] + [quarter(date(2026, 10, 1)), fiscal_year(2026)]
        for period in periods:
            before = value("open", month(period.first - timedelta(days=1)), cut)
            received, _, closed, reopened, open_ = (value(key, period, cut) for key in KEYS)
            assert open_ == before + received - closed + reopened, period.key
            for key in KEYS:
                assert second.count(f"inquiries.{key}", period, cut) == value(key, period, cut), (key, period.key)
        transaction.set_rollback(True)
