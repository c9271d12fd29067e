"""A7, incidents and expenses on the other clock: what is told later changes later cuts alone."""

from datetime import date

import pytest

from partner.common.period import month
from partner.facts.periods import find_period
from partner.figures.engine import Evaluation
from partner.figures.records import difference
from partner.ledger import clock
from tests.cases import an_event, an_expense, an_incident, at, corrected

pytestmark = pytest.mark.both
OCTOBER, NOVEMBER = (month(date(2026, n, 1)) for n in (10, 11))


def value(key, period=OCTOBER, cut=None):
    return Evaluation(cut or clock.cut()).value(key, period).value or 0


@pytest.fixture
def told_twice(ledger_db, at_clock):
    """A call lets a day pass in a ledger of its own."""
    at_clock(at("2026-11-05 10:00"))
    return lambda: at_clock(at("2026-11-06 10:00"))


def test_a_corrected_event_leaves_the_older_cut_as_it_was(told_twice):
    row = an_event("E-1", "2026-10-05 13:00", "2026-10-05 17:00")
    before = clock.cut()
    told_twice()
    corrected(row, state="cancelled", reason="台風")
    assert value("events.held", cut=before) == 1
    assert value("events.held") == 0
    assert [one["sign"] for one in difference("events.held", OCTOBER, before, clock.cut())] == [-1]


def test_an_event_that_moved_moves_its_period_at_later_cuts_alone(told_twice):
    row = an_event("E-1", "2026-10-30 13:00", "2026-10-31 17:00")
    before = clock.cut()
    told_twice()
    corrected(row, valid_to="2026-11-01 17:00")
    assert find_period("event:E-1", before).last == date(2026, 10, 31)
    assert find_period("event:E-1", clock.cut()).last == date(2026, 11, 1)
    assert [value("events.held", cut=before), value("events.held"), value("events.held", NOVEMBER)] == [1, 0, 1]


def test_an_incident_handled_and_an_amount_corrected_later(told_twice):
    row, spent = an_incident("T-1", "2026-10-20 10:00"), an_expense("S-1", "spent", "2026-10-20", 1_000)
    before = clock.cut()
    told_twice()
    corrected(row, handled_at="2026-10-25 10:00", measures="見本")
    corrected(spent, net=2_000, tax=200)
    assert (value("incidents.open", cut=before), value("incidents.open")) == (1, 0)
    assert (value("expenses.spent", cut=before), value("expenses.spent")) == (1_100, 2_200)
