"""Forecasts of a fiscal year: by share, by business days, carried; their ranges; the borders."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partner.figures.forecasting import (
    NOTHING,
    Course,
    needed,
    of_flow,
    of_level,
    of_whole_year,
    words,
)

counts = st.integers(min_value=1, max_value=10**6)


@st.composite
def courses(draw, least=0, most=8):
    """Earlier years, each with a part of its total reached."""
    number = draw(st.integers(least, most))
    found = []
    for year in range(2026 - number, 2026):
        total = draw(counts)
        found.append(Course(year, draw(st.integers(1, total)), total))
    return found


def test_without_history_business_days_decide_and_there_is_no_range():
    made = of_flow(122, [], 122, 244)
    assert (made.value, made.low, made.high, made.method) == (Decimal(244), None, None, "pace")
    assert "営業日" in words(made)


def test_before_the_first_day_nothing_can_be_said():
    assert of_flow(0, [], 0, 244) == NOTHING


def test_one_year_gives_a_share_but_no_range():
    made = of_flow(60, [Course(2025, 100, 200)], 122, 244)
    assert (made.value, made.low, made.high, made.method, made.years) == (120, None, None, "share", (2025,))


def test_two_years_give_the_range_of_the_method_s_own_errors():
    made = of_flow(60, [Course(2024, 40, 100), Course(2025, 60, 100)], 122, 244)
    # mean share ½; 2024 forecast by 2025's share came out 1.5 times, 2025 by 2024's two thirds
    assert (made.value, made.low, made.high) == (120, 80, 180)


def test_only_the_latest_five_years_count():
    old = [Course(2010, 1, 100)]
    recent = [Course(year, 50, 100) for year in range(2021, 2026)]
    assert of_flow(60, old + recent, 1, 2).years == (2021, 2022, 2023, 2024, 2025)
    assert of_flow(60, old + recent, 1, 2).value == 120


@pytest.mark.parametrize("odd", [Course(2025, 0, 0), Course(2025, 12, 10), Course(2025, -1, 10), Course(2025, 5, -10)])
def test_a_year_of_which_no_share_can_be_told_is_left_out(odd):
    assert of_flow(60, [Course(2024, 50, 100), odd], 1, 2).years == (2024,)


def test_shares_of_nothing_at_all_fall_back_to_business_days():
    assert of_flow(60, [Course(2024, 0, 100), Course(2025, 0, 80)], 61, 244).method == "pace"


def test_a_year_that_is_over_came_to_what_there_is():
    made = of_whole_year(37)
    assert (made.value, made.low, made.high, made.method) == (37, 37, 37, "over")


@given(counts, courses(least=1))
def test_history_that_was_wholly_reached_foretells_what_there_is(attained, earlier):
    whole = [Course(one.year, one.total, one.total) for one in earlier]
    made = of_flow(attained, whole, 244, 244)
    assert made.value == attained
    assert made.low in (None, attained)
    assert made.high in (None, attained)


@given(st.integers(0, 10**6), courses(), st.integers(1, 244))
def test_a_forecast_is_never_less_than_what_was_attained_and_lies_in_its_range(attained, earlier, passed):
    made = of_flow(attained, earlier, passed, 244).rounded(Decimal(1))
    assert made.value is not None
    assert made.value >= attained
    if len(made.years) < 2:
        assert made.low is None
        assert made.high is None
    else:
        assert made.low is not None
        assert made.high is not None
        assert attained <= made.low <= made.value <= made.high


@given(st.decimals(0, 1, places=4), courses())
def test_what_is_carried_stays_and_its_range_holds_it(value, earlier):
    shares = [Course(one.year, one.share, Decimal(1)) for one in earlier]
    made = of_level(value, shares, floor=0, ceiling=1)
    assert made.value == value
    if made.low is not None and made.high is not None:
        assert 0 <= made.low <= value <= made.high <= 1


def test_what_is_carried_changes_as_it_did_before():
    made = of_level(
        Decimal("4.30"),
        [Course(2024, Decimal("4.10"), Decimal("4.25")), Course(2025, Decimal("4.40"), Decimal("4.30"))],
    )
    assert (made.low, made.high) == (Decimal("4.20"), Decimal("4.45"))
    assert (of_level(4, [Course(2025, 3, 5)]).low, of_level(4, []).low) == (None, None)


@pytest.mark.parametrize(
    ("target", "attained", "months", "days", "pace"),
    [
        (400, 223, 5, 100, (Decimal("35.4"), Decimal("1.8"))),  # rounded up: who keeps the pace reaches it
        (400, 400, 5, 100, (0, 0)), (400, 500, 5, 100, (0, 0)), (0, 0, 5, 100, (0, 0)), (400, 300, 0, 0, (None, None)),
    ],
)  # fmt: skip
def test_the_pace_still_needed(target, attained, months, days, pace):
    assert needed(target, attained, months, days) == pace


@given(counts, counts, st.integers(1, 11))
def test_who_keeps_the_pace_reaches_the_target(target, attained, months):
    per_month, _ = needed(target, attained, months, 1)
    assert per_month is not None
    assert attained + per_month * months >= target
