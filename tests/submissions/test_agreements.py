"""合意事項・打合簿・変更契約: what needs a day, what needs evidence, who may say what."""

from datetime import date, datetime

import pytest

from partner.common.period import JST
from partner.common.refusal import Refusal
from partner.submissions.agreements.keeping import (
    open_question,
    record_amendment,
    record_minutes,
    say,
    state_of,
)
from partner.submissions.agreements.opening import QUESTIONS
from partner.submissions.models import Agreement, AgreementNote, Minutes
from tests.submissions.desk import CHECKER, JICA, REPORTER

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NOW = datetime(2026, 11, 6, 9, tzinfo=JST)
DAY = date(2026, 11, 5)
KIND = AgreementNote.Kind


@pytest.fixture(autouse=True)
def clock_stands(at_clock):
    at_clock(NOW)


def first():
    return Agreement.objects.get(code="A01")


def agreed(by=REPORTER, **more):
    values = {"agreed_on": DAY, "holds_from": date(2026, 10, 1)}
    return say(agreement=first(), kind=KIND.AGREED, text="提案のとおり。", by=by, now=NOW, **{**values, **more})


def meeting(**more):
    values = {
        "held_on": DAY,
        "subject": "定例",
        "attendants": "架空課",
        "body": "協議した。",
        "decisions": "A01を合意。",
        "by": REPORTER,
        "now": NOW,
    }
    return record_minutes(**{**values, **more})


def test_the_questions_of_the_contract_are_there_to_begin_with():
    assert list(Agreement.objects.order_by("code").values_list("code", flat=True)) == [one.code for one in QUESTIONS]
    assert all(state_of(row) == "open" for row in Agreement.objects.all())


def test_an_agreement_needs_days_and_evidence():
    for more, code in (
        ({"agreed_on": None}, "day_missing"),
        ({"holds_from": None}, "day_missing"),
        ({"agreed_on": date(2026, 11, 7)}, "agreed_ahead"),
        ({}, "no_evidence"),
    ):
        with pytest.raises(Refusal) as refused:
            agreed(**more)
        assert refused.value.faults[0].code == code
    say(agreement=first(), kind=KIND.ANSWER, text="よい。", by=JICA, now=NOW)
    assert state_of(first()) == "answered"
    agreed()
    assert state_of(first()) == "agreed"
    say(agreement=first(), kind=KIND.PROPOSAL, text="改めたい。", by=REPORTER, now=NOW)
    assert state_of(first()) == "open"
    with pytest.raises(Refusal, match="打合簿"):
        agreed()
    assert agreed(minutes=meeting()).minutes.number == 1


def test_each_side_speaks_for_itself():
    for kind, by in ((KIND.ANSWER, REPORTER), (KIND.PROPOSAL, JICA), (KIND.AGREED, CHECKER)):
        with pytest.raises(Refusal, match="権限"):
            say(agreement=first(), kind=kind, text="。", by=by, now=NOW)


def test_minutes_are_numbered_and_replaced_once():
    one = meeting()
    other = meeting(subject="定例（訂正）", corrects=one)
    assert (one.number, other.number) == (1, 2)
    with pytest.raises(Refusal, match="すでに訂正"):
        meeting(corrects=one)
    for more in (
        {"subject": " "},
        {"attendants": ""},
        {"body": ""},
        {"held_on": None},
        {"held_on": date(2026, 11, 7)},
        {"by": JICA},
    ):
        with pytest.raises(Refusal):
            meeting(**more)
    assert Minutes.objects.count() == 2


def test_new_questions_and_amendments_go_on_counting():
    row = open_question(subject="件", question="点", proposal="案", until_agreed="", concerns="", by=REPORTER, now=NOW)
    assert row.code == f"A{len(QUESTIONS) + 1:02}"
    with pytest.raises(Refusal, match="提案"):
        open_question(subject="件", question="点", proposal=" ", until_agreed="", concerns="", by=REPORTER, now=NOW)
    made = record_amendment(
        concluded_on=DAY, holds_from=date(2027, 4, 1), subject="期間", change="延長。", by=REPORTER, now=NOW
    )
    assert made.number == 1
    with pytest.raises(Refusal, match="締結日"):
        record_amendment(
            concluded_on=date(2026, 11, 7), holds_from=DAY, subject="期間", change="延長。", by=REPORTER, now=NOW
        )
