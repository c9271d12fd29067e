"""M7: what is counted just before, on and just after each border."""

from datetime import date

import pytest

from partner.common.period import fiscal_year, month, quarter
from partner.facts.streams import SUBSCRIPTIONS
from partner.figures import second
from partner.figures.engine import Evaluation, figures
from partner.figures.records import records
from partner.ledger import clock
from tests.happened import tell
from tests.told import covered

pytestmark = [pytest.mark.both, pytest.mark.django_db]
SEPTEMBER, OCTOBER, NOVEMBER = (month(date(2026, n, 1)) for n in (9, 10, 11))
KEYS = ("total", "new", "left")


def value(key, period=OCTOBER, cut=None, **where):
    return Evaluation(cut or clock.cut()).value(f"subscriptions.{key}", period, where).value or 0


def numbers(period=OCTOBER, **where):
    """total, new, left."""
    return tuple(value(key, period, **where) for key in KEYS)


@pytest.mark.parametrize(
    ("at", "september", "october", "november"),
    [
        ("2026-09-30 23:59:59.999999", (1, 1), (1, 0), (1, 0)),
        ("2026-10-01", (0, 0), (1, 1), (1, 0)),
        ("2026-10-01 08:59:59", (0, 0), (1, 1), (1, 0)),
        ("2026-10-01 09:00:00", (0, 0), (1, 1), (1, 0)),
        ("2026-10-31 23:59:59.999999", (0, 0), (1, 1), (1, 0)),
        ("2026-11-01", (0, 0), (0, 0), (1, 1)),
    ],
)
def test_a_confirmation_belongs_to_the_month_in_japan(at, september, october, november):
    tell(SUBSCRIPTIONS, f"P1 {at} confirmed service=news")
    for period, expected in ((SEPTEMBER, september), (OCTOBER, october), (NOVEMBER, november)):
        assert numbers(period)[:2] == expected


@pytest.mark.parametrize(
    ("at", "total_october", "left_october", "left_november"),
    [
        ("2026-09-30 23:59:59", 0, 0, 0),
        ("2026-10-01", 0, 1, 0),
        ("2026-10-31", 0, 1, 0),
        ("2026-10-31 23:59:59.999999", 0, 1, 0),
        ("2026-11-01", 1, 0, 1),
    ],
)
def test_a_stop_on_the_last_day_is_that_months(at, total_october, left_october, left_november):
    tell(SUBSCRIPTIONS, f"P1 2026-01-01 confirmed service=news\nP1 {at} stopped service=news")
    assert (value("total"), value("left"), value("left", NOVEMBER)) == (total_october, left_october, left_november)


def test_both_services_of_one_person_count_each():
    tell(SUBSCRIPTIONS, """
        P1 2026-09-01 confirmed service=news
        P1 2026-10-02 confirmed service=express
        P2 2026-10-03 confirmed service=news
        P1 2026-10-20 stopped service=news
    """)  # fmt: skip
    assert numbers() == (2, 2, 1)
    assert numbers(service="news") == (1, 1, 1)
    assert numbers(service="express") == (1, 1, 0)


def test_whoever_confirms_again_is_new_again():
    tell(SUBSCRIPTIONS, """
        P1 2026-09-01 confirmed service=news
        P1 2026-10-02 stopped service=news
        P1 2026-10-03 confirmed service=news
    """)  # fmt: skip
    assert numbers(SEPTEMBER) == (1, 1, 0)
    assert numbers() == (1, 1, 1)


def test_what_bounces_stays_in_the_total_and_stands_beside_it():
    tell(SUBSCRIPTIONS, """
        P1 2026-09-01 confirmed service=news
        P2 2026-09-01 confirmed service=news
        P3 2026-09-01 confirmed service=express
        P1 2026-10-31 23:59:59 bounced service=news
        P3 2026-09-15 bounced service=express
        P3 2026-11-01 reached service=express
    """)  # fmt: skip
    covered("2026-09", "2026-10", "2026-11", kind="subscriptions")
    expected = {SEPTEMBER: (3, 1), OCTOBER: (3, 2)}
    for period, (total, bounced) in expected.items():
        figure = figures(period, clock.cut(), ["subscriptions.total"])["subscriptions.total"]
        assert (figure["value"], figure["measures"]) == (total, {"bounced": bounced})
    by = {row["code"]: (row["value"], row["measures"]["bounced"]) for row in figure["by"]["service"]}
    assert by == {"news": (2, 1), "express": (1, 1)}
    assert numbers() == (3, 0, 0)
    assert Evaluation(clock.cut()).value("subscriptions.total", month(date(2026, 8, 1))).measures == {"bounced": None}


def test_the_walk_adds_up_over_quarter_and_year():
    tell(SUBSCRIPTIONS, """
        P1 2026-04-01 confirmed service=news
        P2 2026-07-31 confirmed service=express
        P1 2026-08-01 stopped service=news
        P1 2026-09-30 confirmed service=news
        P3 2026-09-30 confirmed service=news
        P3 2026-09-30 stopped service=news
    """)  # fmt: skip
    for period, before in ((quarter(date(2026, 7, 1)), 1), (fiscal_year(2026), 0)):
        total, new, left = numbers(period)
        assert total == before + new - left == 2
    assert numbers(quarter(date(2026, 7, 1))) == (2, 3, 2)


def test_states_need_coverage():
    tell(SUBSCRIPTIONS, "P1 2026-09-01 confirmed service=news\nP1 2026-10-20 stopped service=news")
    before = clock.cut()
    assert Evaluation(before).value("subscriptions.new", OCTOBER).state == "missing"
    assert Evaluation(before).value("subscriptions.left", OCTOBER).state == "provisional"
    covered("2026-10", kind="subscriptions")
    state = Evaluation(clock.cut()).value("subscriptions.new", OCTOBER)
    assert (state.value, state.state) == (0, "final")


def test_every_number_opens_to_its_records_and_is_counted_a_second_time():
    tell(SUBSCRIPTIONS, """
        P1 2026-09-01 confirmed service=news
        P1 2026-10-05 bounced service=news
        P2 2026-10-02 confirmed service=express
        P3 2026-10-03 confirmed service=news
        P3 2026-10-04 stopped service=news
        P3 2026-10-09 confirmed service=news
    """)  # fmt: skip
    covered("2026-10", kind="subscriptions")
    cut = clock.cut()
    for key, figure in figures(OCTOBER, cut, [f"subscriptions.{key}" for key in KEYS]).items():
        assert records(key, OCTOBER, cut).count == figure["value"] == second.count(key, OCTOBER, cut)
        for row in figure["by"]["service"]:
            assert records(key, OCTOBER, cut, {"service": row["code"]}).count == row["value"]
        assert sum(row["value"] for row in figure["by"]["service"]) == figure["value"]
