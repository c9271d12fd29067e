"""A7, incidents and expenses: what is counted just before, on and just after each border."""

from datetime import date

import pytest

from partner.common.period import fiscal_year, month, quarter
from partner.facts.periods import find_period
from partner.figures.engine import Evaluation
from partner.ledger import clock
from tests.cases import an_event, an_expense, an_incident, participants

pytestmark = [pytest.mark.both, pytest.mark.django_db]
SEPTEMBER, OCTOBER, NOVEMBER = (month(date(2026, n, 1)) for n in (9, 10, 11))
MONTHS = (SEPTEMBER, OCTOBER, NOVEMBER)


def value(key, period=OCTOBER, cut=None, **where):
    return Evaluation(cut or clock.cut()).value(key, period, where).value or 0


def by_month(key, **where):
    return [value(key, period, **where) for period in MONTHS]


@pytest.mark.parametrize(
    ("begins", "ends", "counted"),
    [
        ("2026-09-30 13:00", "2026-09-30 17:00", [1, 0, 0]),
        ("2026-09-30 13:00", "2026-10-01 00:00", [1, 0, 0]),  # until 24:00
        ("2026-09-30 13:00", "2026-10-01 00:00:00.000001", [0, 1, 0]),
        ("2026-09-30 13:00", "2026-10-01 17:00", [0, 1, 0]),  # over two days: the month of the last
        ("2026-10-31 18:00", "2026-11-01 00:00", [0, 1, 0]),
        ("2026-10-31 18:00", "2026-11-01 01:00", [0, 0, 1]),
    ],
)
def test_an_event_counts_in_the_month_of_its_last_day(begins, ends, counted):
    an_event("E-1", begins, ends)
    assert by_month("events.held") == counted
    assert value("events.held", find_period("event:E-1", clock.cut())) == 1


@pytest.mark.parametrize("state", ["planned", "cancelled"])
def test_only_what_was_held_counts(state):
    an_event("E-1", "2026-10-05 13:00", "2026-10-05 17:00", state, reason="見本")
    assert by_month("events.held") == [0, 0, 0]


def test_events_by_what_they_were():
    an_event("E-1", "2026-10-05 13:00", "2026-10-05 17:00", category="seminar", form="online")
    an_event("E-2", "2026-10-06 13:00", "2026-10-06 17:00", category="fair")
    assert [value("events.held", category=name) for name in ("seminar", "fair", "workshop")] == [1, 1, 0]
    assert [value("events.held", form=name) for name in ("online", "face_to_face", "hybrid")] == [1, 1, 0]
    assert value("events.held", quarter(date(2026, 10, 1))) == value("events.held", fiscal_year(2026)) == 2


def test_participants_by_what_they_are_and_how_they_came():
    participants("E-1", "2026-10-31", "full", applied=30, attended=20, online=5)
    participants("E-1", "2026-10-31", "student", applied=8, attended=10)
    participants("E-2", "2026-11-01", "full", applied=4, attended=3)
    assert by_month("events.participants") == [0, 30, 3]
    assert value("events.participants", participant="student") == 10
    whole = Evaluation(clock.cut()).value("events.participants", OCTOBER)
    assert (whole.measures["applied"], whole.measures["online"]) == (38, 5)
    an_event("E-1", "2026-10-30 10:00", "2026-10-31 17:00")
    assert value("events.participants", find_period("event:E-1", clock.cut())) == 30


@pytest.mark.parametrize(
    ("noticed", "received", "open_"),
    [
        ("2026-09-30 23:59:59.999999", [1, 0, 0], [1, 1, 1]),
        ("2026-10-01 00:00", [0, 1, 0], [0, 1, 1]),
        ("2026-10-31 23:59:59", [0, 1, 0], [0, 1, 1]),
        ("2026-11-01 00:00", [0, 0, 1], [0, 0, 1]),
    ],
)
def test_an_incident_without_an_end_stays_open(noticed, received, open_):
    an_incident("T-1", noticed)
    assert by_month("incidents.received") == received
    assert by_month("incidents.open") == open_
    assert by_month("incidents.handled") == [0, 0, 0]


@pytest.mark.parametrize(
    ("handled", "done", "open_"),
    [
        ("2026-09-30 23:59:59.999999", [1, 0, 0], [0, 0, 0]),
        ("2026-10-01 00:00", [0, 1, 0], [1, 0, 0]),
        ("2026-10-31 23:59:59", [0, 1, 0], [1, 0, 0]),
        ("2026-11-01 00:00", [0, 0, 1], [1, 1, 0]),
    ],
)
def test_an_incident_is_open_until_it_is_handled(handled, done, open_):
    an_incident("T-1", "2026-09-10 10:00", handled_at=handled, measures="見本")
    assert by_month("incidents.handled") == done
    assert by_month("incidents.open") == open_


def test_the_law_of_open_incidents():
    an_incident("T-1", "2026-09-10 10:00", handled_at="2026-10-20 10:00", measures="見本")
    an_incident("T-2", "2026-10-01 10:00", handled_at="2026-10-01 10:00", measures="見本")  # handled as it was noticed
    an_incident("T-3", "2026-10-31 23:00", kind="leak", severity="serious")
    opened = by_month("incidents.open")
    for n in (1, 2):
        received, handled = by_month("incidents.received")[n], by_month("incidents.handled")[n]
        assert opened[n - 1] + received - handled == opened[n]
    assert value("incidents.open", kind="leak") == value("incidents.open", severity="serious") == 1


def test_a_leak_that_was_noticed_long_after_it_occurred_counts_when_it_was_noticed():
    an_incident("T-1", "2026-10-20 10:00", kind="leak", occurred_at="2025-06-02 09:00", inquiry="Q-7")
    assert by_month("incidents.received") == [0, 1, 0]
    assert value("incidents.received", fiscal_year(2025)) == 0


def test_a_year_holds_what_names_it_and_a_month_its_days():
    an_expense("B-1", "budget", "2026-04-01", 1_000_000)
    an_expense("S-1", "spent", "2026-10-31 23:59:59", 100_000)
    an_expense("S-2", "spent", "2026-11-01", 200_000)
    an_expense("S-3", "spent", "2026-10-10", 9_000, fiscal_year=2025)  # another year's money
    an_expense("A-1", "accrued", "2027-04-20", 30_000)
    assert by_month("expenses.spent") == [0, 110_000, 220_000]
    assert value("expenses.spent", quarter(date(2026, 10, 1))) == value("expenses.spent", fiscal_year(2026)) == 330_000
    assert value("expenses.accrued", fiscal_year(2026)) == 33_000
    assert value("expenses.accrued", fiscal_year(2027)) == value("expenses.accrued", month(date(2027, 4, 1))) == 0
    assert value("expenses.budget", fiscal_year(2026), item="event") == 1_100_000
    assert value("expenses.spent", fiscal_year(2025)) == 9_900


def test_two_rates_and_a_refund_add_up():
    an_expense("S-1", "spent", "2026-10-05", 10_000)
    an_expense("S-1", "spent", "2026-10-05", 5_000, rate=8, title="軽減")
    an_expense("S-2", "spent", "2026-10-20", -1_000, reason="返金")
    whole = Evaluation(clock.cut()).value("expenses.spent", OCTOBER)
    assert (whole.value, whole.measures) == (15_300, {"net": 14_000, "tax": 1_300})


def test_what_was_spent_for_an_event():
    an_event("E-1", "2026-10-05 13:00", "2026-10-05 17:00")
    an_expense("S-1", "spent", "2026-11-20", 10_000, event="E-1")
    an_expense("S-2", "spent", "2026-10-05", 500)
    assert value("expenses.spent", find_period("event:E-1", clock.cut())) == 11_000
