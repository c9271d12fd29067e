"""Periods that facts name."""

from datetime import date

import pytest

from partner.common.refusal import Refusal
from partner.facts.periods import find_period
from partner.ledger import clock
from tests.cases import an_event, an_incident, at

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def days(text, cut=None):
    period = find_period(text, cut or clock.cut())
    return period.first, period.last


def test_months_quarters_and_years_are_read_as_ever():
    assert [find_period(text, clock.cut()).key for text in ("2026-10", "2026Q2", "FY2026")] == [
        "2026-10",
        "2026Q2",
        "FY2026",
    ]


@pytest.mark.parametrize(
    ("begins", "ends", "last"),
    [
        ("2026-10-30 13:00", "2026-10-31 17:00", date(2026, 10, 31)),
        ("2026-10-30 13:00", "2026-11-01 00:00", date(2026, 10, 31)),
        ("2026-10-30 13:00", "2026-11-01 00:00:00.000001", date(2026, 11, 1)),
        ("2026-10-30 00:00", "2026-10-30 00:00", date(2026, 10, 30)),
    ],
)
def test_the_days_of_an_event(begins, ends, last):
    an_event("E-1", begins, ends)
    assert days("event:E-1") == (date(2026, 10, 30), last)
    assert find_period("event:E-1", clock.cut()).event == "E-1"


def test_an_incident_up_to_each_of_its_reports():
    an_incident("T-1", "2026-10-05 23:59:59")
    an_incident("T-2", "2026-10-06 00:00", handled_at="2026-10-20 09:00", measures="見本")
    assert days("incident:T-1/first") == (date(2026, 10, 5), date(2026, 10, 5))
    assert days("incident:T-1/interim-2", at("2027-01-15 10:00"))[1] == date(2027, 1, 15)
    assert days("incident:T-2/full") == (date(2026, 10, 6), date(2026, 10, 20))
    period = find_period("incident:T-2/interim-12", clock.cut())
    assert (period.incident, period.stage) == ("T-2", "interim-12")


@pytest.mark.parametrize(
    "text",
    [
        "event:", "event:E 1", "event:E-1/first", "incident:T-1", "incident:T-1/last", "incident:T-1/interim-0",
        "incident:T-1/interim-", "service:E-1", "2026-13",
    ],
)  # fmt: skip
def test_what_cannot_be_read(text):
    an_event("E-1", "2026-10-30 13:00", "2026-10-31 17:00")
    an_incident("T-1", "2026-10-05")
    with pytest.raises(ValueError, match="読めません"):
        find_period(text, clock.cut())


@pytest.mark.parametrize(("text", "code"), [("event:E-9", "unknown_event"), ("incident:T-9/full", "unknown_incident")])
def test_what_nobody_told_of(text, code):
    with pytest.raises(Refusal) as caught:
        find_period(text, clock.cut())
    assert caught.value.faults[0].code == code
