"""From 作成中 to 受理: who may do what, when, and what is refused."""

from datetime import datetime

import pytest

from partner.accounts.models import User
from partner.common.period import JST
from partner.common.refusal import Refusal
from partner.facts import texts
from partner.facts.models.texts import GivenFigure
from partner.files import stored
from partner.ledger import clock
from partner.submissions import states
from partner.submissions.commenting import say
from partner.submissions.models import DueChange, Step, Submission
from partner.submissions.planning import assign, change_due
from partner.submissions.standing import Standing
from tests import ready
from tests.submissions.desk import CHECKER, JICA, MANAGER, REPORTER, Desk, actor, refused


@pytest.fixture
def desk(desk_at):
    return desk_at("written")


def test_from_making_to_acceptance(desk_at):
    desk = desk_at("approved")
    submission = desk.submit()
    desk.move("receive", REPORTER)
    desk.move("accept", JICA)
    assert [(step.name, step.state, step.by_name, step.by_role) for step in Standing(desk.report).steps] == [
        ("ask_check", "checking", "見本 花子", "報告担当"),
        ("check", "approving", "架空 健太", "点検"),
        ("approve", "approved", "想定 望月", "業務責任者"),
        ("submit", "submitted", "見本 花子", "報告担当"),
        ("receive", "received", "見本 花子", "報告担当"),
        ("accept", "accepted", "jica", "確認者（機構）"),
    ]
    assert submission.version == 1
    assert submission.is_on_time
    assert {file.format for file in submission.files.all()} >= {"pdf", "xlsx", "html", "csv", "json"}
    assert all(stored.is_whole(file.digest) for file in submission.files.all())
    given = GivenFigure.objects.get(cell="M1-1.07a")
    assert (given.period, given.value, given.submission) == ("2026-10", 2, 1)


def test_without_a_cut_nothing_goes_on(desk):
    refused("no_cut", desk.on, "ask_check", REPORTER)


def test_what_blocks_refuses_the_check_and_names_it(ledger_db, at_clock):
    ready.centre(at_clock)
    desk = Desk(at_clock)
    desk.cut()
    refusal = refused("blocked", desk.on, "ask_check", REPORTER)
    assert "下書き" in str(refusal.faults[0])
    assert desk.state == states.MAKING


@pytest.mark.parametrize("name", ["check", "approve"])
def test_nobody_checks_or_approves_his_own(desk, name):
    desk.cut()
    desk.on("ask_check", MANAGER)
    if name == "approve":
        desk.on("check", CHECKER)
    refused("four_eyes", desk.on, name, MANAGER)


@pytest.mark.parametrize(
    ("name", "by"),
    [("check", REPORTER), ("approve", REPORTER), ("approve", CHECKER), ("accept", MANAGER), ("send_back", REPORTER)],
)
def test_each_step_has_its_roles(desk, name, by):
    from partner.submissions.actions import allowed
    from partner.submissions.assignments import Assignments

    standing = Standing(desk.report)
    standing.__dict__["steps"] = [Step(name="x", state=states.MOVES[name].sources[0])]
    refused("not_yours", allowed, states.MOVES[name], standing, by, Assignments(desk.report))


def test_a_deputy_acts_and_the_row_says_for_whom(desk):
    User.objects.create(username="demo-checker", display_name="架空 健太", role="checker")
    deputy = User.objects.create(username="demo-office", display_name="例示 太郎", role="office")
    now = desk.now()
    assign(report=None, part="check", duty="owner", user=User.objects.get(username="demo-checker"), by=MANAGER, now=now)
    assign(report=desk.report, part="check", duty="deputy", user=deputy, by=MANAGER, now=now)
    desk.cut()
    desk.on("ask_check", REPORTER)
    step = desk.on("check", actor("office"))
    assert (step.by_name, step.by_role, step.for_name) == ("office", "事務局", "架空 健太")


def test_sending_back_needs_a_reason(desk):
    desk.cut()
    desk.on("ask_check", REPORTER)
    refused("comment_missing", desk.move, "return", CHECKER, "  ")
    desk.move("return", CHECKER, "M5の説明を足す。")
    assert desk.state == states.MAKING


def test_a_text_cannot_change_what_is_checked(desk):
    from partner.submissions.writing import write

    desk.cut()
    desk.on("ask_check", REPORTER)
    old = texts.texts_of("monthly", "2026-10", clock.last())["summary.changes"]
    refused(
        "not_open", write, report=desk.report, place="summary.changes", body="別の文", seen=old.recorded_at, by=REPORTER, now=desk.now()
    )  # fmt: skip
    from partner.submissions.writing import drafts_of

    assert drafts_of(desk.report)["summary.changes"][0].body == "別の文"  # nothing is lost


def test_the_cut_can_be_taken_again_before_the_approval_only(desk):
    first = desk.cut()
    again = desk.cut()
    assert again.cut > first.cut
    desk.on("ask_check", REPORTER)
    desk.on("check", CHECKER)
    refused("not_open", desk.cut)


def test_a_new_cut_after_the_check_was_asked_for_stops_the_check(desk):
    from tests.told import told

    desk.cut()
    desk.on("ask_check", REPORTER)
    told("C 2026-10-25 registered full medium=sns")
    desk.cut()
    refused("changed_since", desk.on, "check", CHECKER)


def test_an_open_comment_stops_and_a_settled_one_does_not(desk):
    desk.cut()
    said = say(report=desk.report, body="校数を入れてください。", place="M1-1.07a", by=CHECKER, now=desk.now())
    refused("open_comment", desk.on, "ask_check", REPORTER)
    say(report=desk.report, body="入れました。", parent=said, settles=True, by=REPORTER, now=desk.now())
    desk.on("ask_check", REPORTER)
    assert desk.state == states.CHECKING


def test_a_double_click_submits_once(desk_at):
    desk = desk_at("approved")
    now = desk.now()
    first, again = desk.submit(now=now), desk.submit(now=now)
    assert first == again
    assert Submission.objects.count() == 1
    refused("wrong_state", desk.submit, key="another tab")


def test_sent_back_and_submitted_again_under_a_new_number(desk_at):
    desk = desk_at("approved")
    first = desk.submit()
    desk.move("receive", REPORTER)
    refused("comment_missing", desk.move, "send_back", JICA)
    desk.move("send_back", JICA, "M6の欠測の原因を書いてください。")
    assert desk.state == states.SENT_BACK
    desk.approved()
    second = desk.submit(key="k2")
    standing = Standing(desk.report)
    assert (first.version, second.version) == (1, 2)
    assert standing.sent_at == first.at  # the first time stays
    assert [step.name for step in standing.round][-1] == "submit"
    assert first.files.get(format="json").digest == second.files.get(format="json").digest or first.cut != second.cut


def test_withdrawn_before_the_receipt_only(desk_at):
    desk = desk_at("approved")
    desk.submit()
    desk.move("withdraw", MANAGER, "誤りを見つけた。")
    assert desk.state == states.WITHDRAWN
    desk.approved()
    desk.submit(key="k2")
    desk.move("receive", JICA)
    refused("wrong_state", desk.move, "withdraw", MANAGER, "遅すぎる")


def test_what_is_late_needs_a_word_why_and_stays_late(desk_at, at_clock):
    desk = desk_at("approved")
    late = datetime(2026, 11, 10, 9, tzinfo=JST)
    at_clock(late)
    refused("late", desk.submit, now=late)
    submission = desk.submit(now=late, comment="集計の誤りを直したため。")
    assert not submission.is_on_time
    assert Standing(desk.report).is_late(late)


def test_an_agreed_extension_moves_the_due_moment_and_the_first_one_stays(desk, at_clock):
    due = datetime(2026, 11, 12, 17, tzinfo=JST)
    day = datetime(2026, 11, 6, tzinfo=JST).date()
    call = {"report": desk.report, "kind": "extended", "due_at": due, "by": MANAGER, "now": desk.now()}
    refused("ground_missing", change_due, ground=" ", agreed_on=day, **call)
    refused("not_yours", change_due, ground="監督職員と合意", agreed_on=day, **{**call, "by": REPORTER})
    change_due(ground="監督職員と電子メールで合意", agreed_on=day, **call)
    desk.approved()
    late = datetime(2026, 11, 10, 9, tzinfo=JST)
    at_clock(late)
    submission = desk.submit(now=late)
    assert submission.is_on_time
    assert submission.due_at == due
    assert submission.report.due_at == datetime(2026, 11, 9, 17, tzinfo=JST)
    assert DueChange.objects.count() == 1


def test_a_due_date_that_cannot_be_met_is_refused(desk):
    with pytest.raises(Refusal, match="守ることができません"):
        change_due(
            report=desk.report, kind="agreed", due_at=datetime(2026, 10, 20, 17, tzinfo=JST), ground="合意",
            agreed_on=datetime(2026, 10, 1, tzinfo=JST).date(), by=MANAGER, now=desk.now(),
        )  # fmt: skip


def test_no_row_of_the_past_can_be_changed(desk):
    from django.db import DatabaseError, transaction

    desk.cut()
    desk.on("ask_check", REPORTER)
    for change in (
        lambda: Step.objects.update(comment="x"),
        lambda: Step.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError, match="refused"), transaction.atomic():
            change()
