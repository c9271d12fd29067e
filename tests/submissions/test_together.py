"""Two at once: one submission, one text, one step; the other one reads why, and nothing of his is lost."""

import threading

import pytest
from django.db import connections

from partner.common.refusal import Refusal
from partner.facts import texts
from partner.ledger import clock
from partner.submissions.models import Step, Submission
from partner.submissions.sealing import submit
from partner.submissions.writing import drafts_of, write
from tests.submissions.desk import CHECKER, MANAGER, REPORTER, actor

pytestmark = pytest.mark.both


def together(*calls):
    """Runs the calls at once; what each returned, or the code of its refusal."""
    barrier, answers = threading.Barrier(len(calls)), {}

    def run(n, call):
        barrier.wait()
        try:
            answers[n] = call()
        except Refusal as refusal:
            answers[n] = refusal.faults[0].code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n, call)) for n, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[n] for n in range(len(calls))]


@pytest.fixture
def desk(desk_at):
    return desk_at("written")


@pytest.fixture(autouse=True)
def _one_format(monkeypatch):
    monkeypatch.setattr("partner.submissions.sealing.FORMATS", {"json": None})


def test_two_tabs_submit_once(desk_at):
    desk = desk_at("approved")
    now = desk.now()
    answers = together(*(
        lambda key=key: submit(report=desk.report, by=REPORTER, now=now, request_key=key) for key in ("one", "two")
    ))  # fmt: skip
    assert Submission.objects.count() == 1
    assert Step.objects.filter(name="submit").count() == 1
    assert sorted(type(answer).__name__ for answer in answers) == ["Submission", "str"]


def test_the_same_form_twice_at_once_gives_one_submission_to_both(desk_at):
    desk = desk_at("approved")
    now = desk.now()
    call = {"report": desk.report, "by": REPORTER, "now": now, "request_key": "one"}
    first, second = together(lambda: submit(**call), lambda: submit(**call))
    assert first == second == Submission.objects.get()


def test_two_take_the_same_step_and_one_is_told(desk):
    desk.cut()
    desk.on("ask_check", REPORTER)
    answers = together(lambda: desk.on("check", CHECKER), lambda: desk.on("check", MANAGER))
    assert Step.objects.filter(name="check").count() == 1
    assert any(answer in ("wrong_state", "changed_meanwhile") for answer in answers)


def test_two_writers_of_one_text(desk):
    place, now = "summary.changes", desk.now()
    seen = texts.texts_of("monthly", "2026-10", clock.last())[place].recorded_at
    other = actor("manager")
    answers = together(
        lambda: write(report=desk.report, place=place, body="報告担当の文", seen=seen, by=REPORTER, now=now),
        lambda: write(report=desk.report, place=place, body="責任者の文", seen=seen, by=other, now=now),
    )
    assert answers.count("changed_meanwhile") == 1
    kept = texts.texts_of("monthly", "2026-10", clock.last())[place].body
    (draft,) = drafts_of(desk.report)[place]
    assert {kept, draft.body} == {"報告担当の文", "責任者の文"}  # nothing is lost
