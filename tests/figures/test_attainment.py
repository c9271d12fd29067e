"""States of targets by definition D20: what is settled, what is foretold, which way is better."""

from decimal import Decimal

import pytest

from partner.figures.attainment import judge, rate
from partner.figures.forecasting import NOTHING, Forecast


def expected(value, low=None, high=None, method="share"):
    return Forecast(*(None if one is None else Decimal(one) for one in (value, low, high)), method)


def state(attained, target, forecast=NOTHING, *, lower=False, grows=True, over=False):
    return judge(attained, target, forecast, lower=lower, grows=grows, over=over)


@pytest.mark.parametrize(
    ("attained", "target", "forecast", "said"),
    [
        (5, None, expected(9), "unset"),
        (None, 10, NOTHING, ""),
        (10, 10, expected(12), "met"),  # what is reached stays reached
        (0, 0, NOTHING, "met"),
        (5, 10, NOTHING, ""),  # before the first month is over nobody can say
        (5, 10, expected(10), "expected"),
        (5, 10, expected(9), "attention"),  # without a range nobody says that it is lost
        (5, 10, expected(9, 7, 10), "attention"),
        (5, 10, expected(8, 7, 9), "missed"),  # even the high end misses
        (5, 10, expected(12, 10, 14), "expected"),
        (5, 10, expected(12, 8, 14), "expected"),  # the margin of 2 is half of the error of 4
        (5, 10, expected(11, 8, 14), "attention"),  # 1 is less than half of 3
        (5, 10, expected(11, 8, 14, "person"), "expected"),  # a person's word needs no margin
        (5, 10, expected(9, 8, 14, "person"), "attention"),
        (5, 10, expected(9, 8, 9, "person"), "missed"),
    ],
)
def test_what_is_counted_up(attained, target, forecast, said):
    assert state(attained, target, forecast) == said


@pytest.mark.parametrize(("attained", "said"), [(10, "met"), (9, "missed")])
def test_a_year_that_is_over_is_settled(attained, said):
    assert state(attained, 10, expected(attained), over=True) == said
    assert state(attained, 10, expected(attained), over=True, grows=False) == said


def test_what_can_still_be_lost_is_not_met_before_the_year_is_over():
    share, aim = Decimal("0.998"), Decimal("0.995")
    assert state(share, aim, expected("0.998"), grows=False) == "expected"
    assert state(share, aim, expected("0.998", "0.990", "0.999"), grows=False) == "attention"
    assert state(share, aim, expected("0.998"), grows=False, over=True) == "met"


def test_where_smaller_is_better():
    assert state(4, 3, expected(8), lower=True) == "missed"  # exceeded stays exceeded
    assert state(3, 3, expected(5, 3, 6), lower=True) == "attention"
    assert state(2, 3, expected(5, 4, 6), lower=True) == "missed"
    assert state(2, 3, expected(3), lower=True) == "expected"
    assert state(3, 3, expected(3), lower=True, over=True) == "met"
    assert state(50, 60, expected(50), lower=True, grows=False) == "expected"
    assert state(70, 60, expected(70, 55, 80), lower=True, grows=False) == "attention"


@pytest.mark.parametrize(
    ("attained", "target", "lower", "said"),
    [(5, 10, False, "0.5000"), (12, 10, False, "1.2000"), (20, 10, True, "0.5000"), (5, 0, False, None), (0, 10, True, None),
     (None, 10, False, None), (5, None, False, None), (0, 0, False, None)],
)  # fmt: skip
def test_the_rate_of_attainment(attained, target, lower, said):
    assert rate(attained, target, lower) == (None if said is None else Decimal(said))
