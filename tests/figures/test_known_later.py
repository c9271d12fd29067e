"""M3, M7 and M8 on the other clock: what is told later changes later cuts alone."""

from datetime import date, datetime

import pytest

from partner.common.period import JST, month
from partner.facts import record
from partner.facts.streams import INQUIRIES, JOBS, SUBSCRIPTIONS
from partner.figures.engine import Evaluation
from partner.figures.records import difference
from partner.ledger import clock
from tests.happened import happened, tell

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_november")]
SEPTEMBER, OCTOBER, NOVEMBER = (month(date(2026, n, 1)) for n in (9, 10, 11))
JOB_KEYS = ("jobs.posted", "jobs.live", "jobs.open", "jobs.reopened", "jobs.closed")
INQUIRY_KEYS = tuple(f"inquiries.{key}" for key in ("received", "answered", "closed", "reopened", "open"))
SUBSCRIPTION_KEYS = tuple(f"subscriptions.{key}" for key in ("total", "new", "left"))


@pytest.fixture
def in_november(ledger_db, at_clock):
    """A fresh ledger; it is the morning of 5 November 2026."""
    at_clock(datetime(2026, 11, 5, 10, tzinfo=JST))


@pytest.fixture
def next_day(at_clock):
    """A call lets a day pass."""
    return lambda: at_clock(datetime(2026, 11, 6, 10, tzinfo=JST))


def numbers(keys, period=OCTOBER, cut=None):
    evaluation = Evaluation(cut or clock.cut())
    return [evaluation.value(key, period).value or 0 for key in keys]


def test_a_closing_withdrawn(next_day):
    _, closed = tell(JOBS, "J1 2026-10-05 published field=health\nJ1 2026-10-20 closed")
    before = clock.cut()
    assert numbers(JOB_KEYS) == [1, 1, 0, 0, 1]
    next_day()
    record.withdraw(closed)
    assert numbers(JOB_KEYS) == [1, 1, 1, 0, 0]
    assert numbers(JOB_KEYS, cut=before) == [1, 1, 0, 0, 1]
    assert [one["sign"] for one in difference("jobs.open", OCTOBER, before, clock.cut())] == [1]
    assert difference("jobs.live", OCTOBER, before, clock.cut()) == []


def test_a_reopening_stops_being_one_when_its_month_began_open(next_day):
    _, closed, _ = tell(JOBS, """
        J1 2026-09-05 published field=health
        J1 2026-09-20 closed
        J1 2026-10-20 reopened
    """)  # fmt: skip
    before = clock.cut()
    assert numbers(JOB_KEYS) == [0, 1, 1, 1, 0]
    next_day()
    later = happened(JOBS, "J1 2026-10-02 closed")
    later.source_key, later.ordinal = closed.source_key, closed.ordinal
    record.correct(closed, later)
    assert numbers(JOB_KEYS) == [0, 1, 1, 0, 1]
    assert numbers(JOB_KEYS, cut=before) == [0, 1, 1, 1, 0]


def test_spam_was_never_received_in_any_month_once_it_is_known(next_day):
    tell(INQUIRIES, "Q1 2026-09-10 received channel=mail\nQ1 2026-09-11 answered\nQ2 2026-09-10 received channel=form")
    before = clock.cut()
    assert numbers(INQUIRY_KEYS, SEPTEMBER) == [2, 1, 0, 0, 2]
    next_day()
    tell(INQUIRIES, "Q1 2026-11-05 12:00:00 spam")
    assert numbers(INQUIRY_KEYS, SEPTEMBER) == [1, 0, 0, 0, 1]
    assert numbers(INQUIRY_KEYS, NOVEMBER) == [0, 0, 0, 0, 1]
    assert numbers(INQUIRY_KEYS, SEPTEMBER, before) == [2, 1, 0, 0, 2]


def test_a_stop_withdrawn(next_day):
    _, stopped = tell(SUBSCRIPTIONS, "P1 2026-09-01 confirmed service=news\nP1 2026-10-20 stopped service=news")
    before = clock.cut()
    next_day()
    record.withdraw(stopped)
    assert numbers(SUBSCRIPTION_KEYS) == [1, 0, 0]
    assert numbers(SUBSCRIPTION_KEYS, cut=before) == [0, 0, 1]
