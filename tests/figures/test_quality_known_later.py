"""Targets and forecasts on the other clock: what is agreed or said later changes later cuts alone."""

from datetime import date, datetime
from typing import Any

import pytest

from partner.common.period import JST
from partner.ledger import clock
from tests.figures.test_quality import Q1, one, say, target, three_years

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("ledger_db", "in_october")]


@pytest.fixture
def in_october(at_clock: Any) -> None:
    at_clock(datetime(2026, 10, 10, tzinfo=JST))


def test_a_target_changed_within_the_year_is_measured_by_the_one_at_the_period_s_end():
    three_years()
    before = clock.cut()
    target("3")
    middle = clock.cut()
    target("30", since=date(2026, 8, 1), status="proposed")
    assert (one(period=Q1).target, one(period=Q1).state) == (3, "met")
    changed = one()
    assert (changed.target, changed.state) == (30, "missed")
    assert [(row["value"], row["from"], row["status"]) for row in changed.told["targets"]] == [
        ("3", "2026-04-01", "確定"), ("30", "2026-08-01", "要協議"),
    ]  # fmt: skip
    assert (one(cut=middle).target, one(cut=before).target) == (3, None)  # as it was known then


def test_a_person_s_word_stands_for_the_computed_forecast():
    three_years()
    target("12")
    before = clock.cut()
    say("13")
    said = one()
    assert (said.forecast.value, said.forecast.method, said.computed.value, said.state) == (
        13,
        "person",
        10,
        "expected",
    )
    assert said.told["reason"] == "催しを3件予定する。"
    assert (one(cut=before).state, one(period=Q1).person) == ("attention", None)
