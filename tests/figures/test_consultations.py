"""M5 and surveys: what is counted just before, on and just after each border; shares, means and states."""

from datetime import date
from decimal import Decimal

import pytest

from partner.common.period import fiscal_year, month, quarter
from partner.facts import record
from partner.figures import second
from partner.figures.declare import find
from partner.figures.engine import Evaluation, figures
from partner.figures.records import difference, records
from partner.ledger import clock
from tests.consulted import answers, booking, case, instant, tell
from tests.told import covered

pytestmark = [pytest.mark.both, pytest.mark.django_db]
SEPTEMBER, OCTOBER, NOVEMBER = (month(date(2026, n, 1)) for n in (9, 10, 11))
KEYS = ("in_person", "online", "email", "total", "cancelled", "no_show")
BORDERS = [
    ("2026-09-30 23:59:59.999999", SEPTEMBER),
    ("2026-10-01", OCTOBER),
    ("2026-10-01 08:59:59", OCTOBER),
    ("2026-10-01 09:00:00", OCTOBER),
    ("2026-10-31 23:59:59.999999", OCTOBER),
    ("2026-11-01", NOVEMBER),
]


def value(key, period=OCTOBER, cut=None, **where):
    return Evaluation(cut or clock.cut()).value(f"consultations.{key}", period, where).value or 0


def numbers(period=OCTOBER, cut=None):
    """in_person, online, email, total, cancelled, no_show."""
    return tuple(value(key, period, cut) for key in KEYS)


# ── consultations ──


@pytest.mark.parametrize(("at", "expected"), BORDERS)
def test_a_consultation_counts_on_the_day_it_was_held_in_japan(at, expected):
    tell(booking, f"2026-08-20 10:00 held face_to_face at={at}")
    for period in (SEPTEMBER, OCTOBER, NOVEMBER):
        assert numbers(period) == ((1, 0, 0, 1, 0, 0) if period == expected else (0,) * 6)


@pytest.mark.parametrize(("at", "expected"), BORDERS)
@pytest.mark.parametrize("outcome", ["cancelled", "no_show"])
def test_cancelled_and_no_shows_are_listed_where_they_were_booked_and_in_no_count(outcome, at, expected):
    tell(booking, f"{at} {outcome} online")
    for period in (SEPTEMBER, OCTOBER, NOVEMBER):
        assert numbers(period)[:4] == (0, 0, 0, 0)
        assert value(outcome, period) == (period == expected)


@pytest.mark.parametrize(("at", "expected"), BORDERS)
def test_a_case_by_mail_counts_when_it_was_answered(at, expected):
    tell(case, f"2026-08-20 10:00 .. {at}")
    for period in (SEPTEMBER, OCTOBER, NOVEMBER):
        assert numbers(period) == ((0, 0, 1, 1, 0, 0) if period == expected else (0,) * 6)


def test_online_is_of_those_in_person_and_never_added():
    tell(booking, """
        2026-10-05 10:00 held face_to_face
        2026-10-06 10:00 held online
        2026-10-07 10:00 held online
        2026-10-08 10:00 booked online
        2026-10-09 10:00 cancelled
        2026-10-12 10:00 no_show
    """)  # fmt: skip
    tell(case, "2026-10-05 .. 2026-10-06\n2026-10-07 ..")
    assert numbers() == (3, 2, 1, 4, 1, 1)
    rows = Evaluation(clock.cut()).rows("consultations.in_person", OCTOBER, ("channel",))
    assert [(row["code"], row["value"]) for row in rows] == [("face_to_face", 1), ("online", 2)]


def test_months_add_up_to_quarter_and_year():
    tell(booking, """
        2026-03-31 23:59:59 held online
        2026-04-01 held online
        2026-09-30 23:59:59 held face_to_face
        2026-10-01 held face_to_face
        2026-12-31 23:59:59 held face_to_face
        2027-01-01 held face_to_face
        2027-03-31 23:59:59 held online
        2027-04-01 held online
    """)  # fmt: skip
    tell(case, "2026-12-31 .. 2026-12-31\n2026-12-31 .. 2027-01-01")
    assert numbers(quarter(date(2026, 10, 1)))[:4] == (2, 0, 1, 3)
    assert numbers(fiscal_year(2026))[:4] == (6, 2, 2, 8)


def test_states_need_every_source():
    assert Evaluation(clock.cut()).value("consultations.total", OCTOBER).state == "missing"
    covered("2026-10", kind="consultations")
    found = figures(OCTOBER, clock.cut(), [f"consultations.{key}" for key in KEYS])
    states = {key: (one["value"], one["state"]) for key, one in found.items()}
    assert states["consultations.in_person"] == (0, "final")
    assert states["consultations.email"] == (None, "missing")
    assert states["consultations.total"][1] != "final"
    covered("2026-10", kind="mail_cases")
    assert Evaluation(clock.cut()).value("consultations.total", OCTOBER).state == "final"
    assert Evaluation(clock.cut()).value("consultations.total", SEPTEMBER).state == "missing"


def test_a_correction_leaves_what_was_known_before(at_clock):
    at_clock(instant("2026-11-06 10:00"))
    (first,) = tell(booking, "2026-10-05 10:00 held face_to_face")
    covered("2026-10", kind="consultations")
    then = clock.cut()
    at_clock(instant("2026-11-12 10:00"))
    clock.cut(instant("2026-11-12 10:00"))  # a tick of its own, also where one transaction tells all
    mended = booking("2026-10-05 10:00 no_show")
    mended.source_key = first.source_key
    record.correct(first, mended)
    now = clock.cut()
    assert (numbers(cut=then), numbers(cut=now)) == ((1, 0, 0, 1, 0, 0), (0, 0, 0, 0, 0, 1))
    assert [one["sign"] for one in difference("consultations.in_person", OCTOBER, then, now)] == [-1]


# ── surveys ──

TOLD = """
    R1 2026-10-01 invited
    R2 2026-10-02 invited
    R3 2026-10-03 invited
    R4 2026-10-31 23:59:59 invited
    R1 2026-10-02 completed q1=5 q2=4 q5=given
    R2 2026-10-03 completed q1=4
    R3 2026-10-04 partial q1=1 q3=1
    no2:R1 2026-10-05 invited
    no2:R1 2026-10-06 completed
"""


def survey(period=OCTOBER, key="consultations.survey"):
    return figures(period, clock.cut(), [key])[key]


def measures(found):
    return tuple(found["measures"][name] for name in ("invited", "partial", "response_rate", "mean"))


def test_completed_answers_alone_make_the_figure_and_the_mean():
    answers(TOLD)
    found = survey()
    assert (found["value"], measures(found)) == (2, (4, 1, "0.5000", "4.33"))
    every = survey(key="surveys.answers")
    assert (every["value"], measures(every)) == (3, (5, 1, "0.6000", "4.33"))


def test_each_question_has_its_own_number_and_mean():
    answers(TOLD)
    covered("2026-10", kind="survey_answers")
    rows = {row["code"]: (row["value"], row["measures"]["mean"]) for row in survey()["by"]["question"]}
    assert rows == {
        "consultation.q1": (2, "4.50"), "consultation.q2": (1, "4.00"), "consultation.q3": (0, None),
        "consultation.q4": (0, None), "consultation.q5": (1, None),
    }  # fmt: skip
    assert all(row["multiple"] for row in survey()["by"]["question"])
    partial = {row["code"][-2:]: row["measures"]["partial"] for row in survey()["by"]["question"]}
    assert partial == {"q1": 1, "q2": 0, "q3": 1, "q4": 0, "q5": 0}


def test_each_answer_is_counted_so_that_shares_can_be_said_with_their_n():
    answers(TOLD)
    rows = {row["code"]: row["value"] for row in survey()["by"]["answer"] if row["value"]}
    assert rows == {
        "consultation.q1.5": 1, "consultation.q1.4": 1, "consultation.q2.4": 1, "consultation.q5.given": 1,
    }  # fmt: skip


def test_all_surveys_by_their_number():
    answers(TOLD)
    covered("2026-10", kind="survey_answers")
    rows = {
        row["code"]: (row["value"], row["measures"]["invited"]) for row in survey(key="surveys.answers")["by"]["survey"]
    }
    assert (rows["consultation"], rows["no2"], rows["no1"]) == ((2, 4), (1, 1), (0, 0))


@pytest.mark.parametrize(("at", "expected"), BORDERS)
def test_an_answer_counts_when_it_arrived(at, expected):
    answers(f"R1 2026-08-20 invited\nR1 {at} completed q1=5")
    for period in (SEPTEMBER, OCTOBER, NOVEMBER):
        found = Evaluation(clock.cut()).value("consultations.survey", period)
        assert (found.value or 0, found.measures["mean"]) == ((1, Decimal("5.00")) if period == expected else (0, None))


def test_the_means_of_months_are_not_averaged():
    answers("R1 2026-10-05 completed q1=5\nR2 2026-11-05 completed q1=1\nR3 2026-11-06 completed q1=1")
    found = Evaluation(clock.cut()).value("consultations.survey", quarter(date(2026, 10, 1)))
    assert (found.value, found.measures["mean"]) == (3, Decimal("2.33"))


def test_a_mean_is_rounded_half_up_and_a_rate_without_requests_is_none():
    answers("\n".join(f"R{n} 2026-10-05 completed q1={score}" for n, score in enumerate((5, 4, 4, 4, 4, 4, 4, 4))))
    assert measures(survey()) == (0, 0, None, "4.13")


def test_no_answers_on_covered_days_are_zero_and_on_others_missing():
    covered("2026-10", kind="survey_answers")
    found = survey()
    assert (found["value"], found["state"], measures(found)) == (0, "final", (0, 0, None, None))
    assert (survey(SEPTEMBER)["value"], survey(SEPTEMBER)["state"]) == (None, "missing")


def test_requests_alone_are_records_too():
    answers("R1 2026-10-05 invited")
    found = survey()
    assert (found["value"], found["state"], measures(found)) == (0, "provisional", (1, 0, "0.0000", None))


# ── every number ──


def whole_month():
    tell(booking, """
        2026-10-05 10:00 held face_to_face
        2026-10-06 10:00 held online
        2026-10-07 10:00 cancelled
        2026-10-08 10:00 no_show
        2026-09-30 10:00 held online at=2026-10-01
        2026-10-31 10:00 held online at=2026-11-01
    """)  # fmt: skip
    tell(case, "2026-10-05 .. 2026-10-06\n2026-10-07 .. 2026-11-02\n2026-10-08 ..")
    answers(TOLD)
    for kind in ("consultations", "mail_cases", "survey_answers"):
        covered("2026-10", kind=kind)


def test_every_number_opens_to_its_records():
    whole_month()
    cut = clock.cut()
    for key in (*(f"consultations.{key}" for key in (*KEYS, "survey")), "surveys.answers"):
        found = figures(OCTOBER, cut, [key])[key]
        assert records(key, OCTOBER, cut).count == found["value"]
        for dimension, rows in found["by"].items():
            for row in rows:
                assert records(key, OCTOBER, cut, {dimension: row["code"]}).count == row["value"], (key, row["code"])
            if not any(row.get("multiple") for row in rows):
                assert sum(row["value"] for row in rows) == found["value"]


def test_every_headline_is_the_same_by_plain_sql():
    whole_month()
    cut = clock.cut()
    for period in (SEPTEMBER, OCTOBER, NOVEMBER, quarter(date(2026, 10, 1)), fiscal_year(2026)):
        for key in (*(f"consultations.{key}" for key in (*KEYS, "survey")), "surveys.answers"):
            found = Evaluation(cut).value(key, period).value or 0
            assert second.count(key, period, cut) == found, (key, period.key)


def test_each_says_what_it_is_made_of():
    assert find("consultations.total").sources == ("consultations", "mail_cases")
    assert find("consultations.survey").measures == ("invited", "partial", "response_rate", "mean")
    assert {find(f"consultations.{key}").type for key in (*KEYS, "survey")} == {"flow"}
