"""A5 and the surveys of events: who was asked and answered, by event, version and answer; the tables agree with the figure."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from partner.common.period import JST, fiscal_year, month
from partner.facts.periods import find_period
from partner.figures.engine import Evaluation
from partner.figures.tabulated import tabulate
from partner.ledger import clock
from tests.surveyed import answered, event, many, plan
from tests.told import covered

pytestmark = [pytest.mark.both, pytest.mark.django_db]
SEPTEMBER = month(date(2026, 9, 1))


@pytest.fixture(autouse=True)
def later(at_clock: Any) -> None:
    at_clock(datetime(2026, 10, 1, 9, tzinfo=JST))


def told(survey: str = "no6", number: str = "E-1") -> Any:
    cut = clock.cut()
    return tabulate(Evaluation(cut), survey, find_period(f"event:{number}", cut))


def test_an_event_has_its_answers_whenever_they_arrived_and_no_others():
    event("E-1")
    event("E-2", "2026-09-15")
    many("no6", "2026-09-13", (2, "q1=5"), event="E-1")
    many("no6", "2026-10-30", (1, "q1=3"), event="E-1", name="late")
    many("no6", "2026-09-13", (4, "q1=1"), event="E-2")
    many("no7", "2026-09-13", (1, "q1=1"), event="E-1")
    found = told()
    assert (found.completed, found.of("no6.q1").mean) == (3, Decimal("4.33"))
    value = Evaluation(clock.cut()).value("surveys.answers", found.period, {"survey": "no6"})
    assert (value.value, value.measures["mean"]) == (3, Decimal("4.33"))


def test_requests_count_where_they_were_recorded_and_the_plans_number_where_not():
    event()
    plan(invited=40)
    many("no6", "2026-09-13", (10, "q1=5"), event="E-1")
    found = told()
    assert (found.invited, found.is_planned, found.rate) == (40, True, Decimal("0.2500"))
    answered("no6", "A 2026-09-12 invited\nB 2026-09-12 invited", event="E-1")
    found = told()
    assert (found.invited, found.is_planned) == (2, False)
    value = Evaluation(clock.cut()).value("surveys.answers", found.period, {"survey": "no6"})
    assert value.measures["invited"] == 2


def test_the_figure_takes_the_agreed_plans_number_once_a_survey_and_event():
    event()
    plan(version="1", invited=40)
    plan(version="2", invited=70, state="proposed")
    plan("no7", invited=30)
    many("no6", "2026-09-13", (10, "q1=5"), event="E-1")
    value = Evaluation(clock.cut()).value("surveys.answers", find_period("event:E-1", clock.cut()))
    assert (value.measures["invited"], value.measures["response_rate"]) == (70, Decimal("0.1429"))


def test_a_plan_alone_is_no_answer():
    event()
    plan()
    assert told().state == "missing"
    assert Evaluation(clock.cut()).value("surveys.answers", find_period("event:E-1", clock.cut())).value is None


@pytest.mark.parametrize(("closes", "state"), [("2026-09-30", "final"), ("2026-10-01", "provisional")])
def test_an_events_survey_is_final_once_its_closing_day_is_over(closes, state):
    event()
    plan(closes=closes)
    many("no6", "2026-09-13", (2, "q1=5"), event="E-1")
    found = told()
    value = Evaluation(clock.cut()).value("surveys.answers", found.period)
    assert (found.state, value.state) == (state, state)


def test_answers_after_the_closing_are_counted_and_counted_apart():
    event()
    plan(closes="2026-09-20")
    many("no6", "2026-09-20", (3, "q1=5"), event="E-1")
    many("no6", "2026-09-21", (2, "q1=1"), event="E-1", name="late")
    assert (told().completed, told().late) == (5, 2)


def test_each_version_of_the_questionnaire_is_counted_apart():
    event()
    many("no6", "2026-09-13", (3, "q1=5"), event="E-1", version="2")
    many("no6", "2026-09-13", (1, "q1=1"), event="E-1", version="1", name="old")
    assert told().versions == {"1": 1, "2": 3}


def test_a_share_has_those_who_answered_the_question_below_it():
    event()
    many("no6", "2026-09-13", (3, "q1=5 q5=student"), (1, "q1=4"), event="E-1")
    answered("no6", "P 2026-09-13 partial q1=1 q5=worker", event="E-1")
    found = told()
    assert (found.completed, found.partial, found.of("no6.q1").n, found.of("no6.q5").n) == (4, 1, 4, 3)
    assert found.of("no6.q1").counts == {"no6.q1.5": 3, "no6.q1.4": 1}


def test_one_question_by_another_counts_those_who_answered_both():
    event()
    many(
        "no6",
        "2026-09-13",
        (3, "q1=5 q5=student"),
        (2, "q1=4 q5=student"),
        (1, "q1=5 q5=worker"),
        (7, "q1=1"),
        event="E-1",
    )
    found = told().cross("no6.q5", "no6.q1")
    assert found == {"no6.q5.student": {"no6.q1.5": 3, "no6.q1.4": 2}, "no6.q5.worker": {"no6.q1.5": 1}}


def test_a_year_counts_what_arrived_in_it_and_agrees_with_the_figure():
    plan("no2", "", begins="2026-07-01", closes="2026-07-31", invited=100)
    many("no2", "2026-07-15", (6, "q1=4 q5=weekly"), (4, "q1=2"))
    many("no2", "2026-03-31", (5, "q1=1"), name="before")
    covered("2026-07", kind="survey_answers")
    evaluation, year = Evaluation(clock.cut()), fiscal_year(2026)
    found = tabulate(evaluation, "no2", year)
    assert (found.completed, found.of("no2.q1").mean, found.rate) == (10, Decimal("3.20"), Decimal("0.1000"))
    rows = {
        row["code"]: row["value"] for row in evaluation.rows("surveys.answers", year, ("answer",), {"survey": "no2"})
    }
    assert (rows["no2.q1.4"], rows["no2.q1.2"], rows["no2.q1.5"]) == (6, 4, 0)
    assert found.of("no2.q1").counts["no2.q1.4"] == 6
