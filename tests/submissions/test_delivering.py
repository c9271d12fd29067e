"""送付: a submission goes out once by each way, and the mail that arrives is what was sealed."""

import hashlib
from datetime import timedelta

import pytest

from partner.common.refusal import Refusal
from partner.outbox.models import OutgoingMail
from partner.outbox.sending import deliver as send
from partner.submissions.delivering import deliver, record_receipt
from partner.submissions.models import Delivery
from partner.submissions.reminding import remind
from tests.outbox.test_outbox import server  # noqa: F401 - a fixture
from tests.submissions.desk import CHECKER, REPORTER, refused


@pytest.fixture
def desk(desk_at):
    return desk_at("submitted")


def test_by_mail_with_plain_files_and_cover_letter_once(desk, server):  # noqa: F811
    now = desk.now()
    call = {
        "submission": desk.submission,
        "method": "mail",
        "recipient": "kantoku@example.jp",
        "by": REPORTER,
        "now": now,
    }
    first = deliver(**call)
    assert deliver(**call) == first
    assert send(now)["sent"] == 1
    (mail,) = server.mails
    assert mail["Subject"].strip() == "【提出】月次報告書 令和8年10月（2026年10月） 第1回"
    parts = {part.get_filename(): part.get_payload(decode=True) for part in mail.iter_attachments()}
    assert [name.rpartition(".")[2] for name in parts] == ["docx", "xlsx", "pdf"]
    sealed = {file.name: file.digest for file in desk.submission.files.all()}
    assert {name: hashlib.sha256(content).hexdigest() for name, content in parts.items()}.items() <= sealed.items()
    letter = mail.get_body().get_content()
    assert "監督職員" in letter
    assert all(digest in letter for name, digest in sealed.items() if name in parts)


@pytest.mark.parametrize(
    ("method", "more", "code"),
    [
        ("mail", {"recipient": " "}, "recipient_missing"), ("mail", {"recipient": "なし"}, "bad_address"),
        ("paper", {"recipient": "監督職員"}, "copies_missing"), ("transfer", {"recipient": "監督職員"}, "note_missing"),
        ("fax", {"recipient": "x"}, "unknown_method"),
    ],
)  # fmt: skip
def test_what_is_not_said_is_refused_and_nothing_goes_out(desk, method, more, code):
    refused(code, deliver, submission=desk.submission, method=method, by=REPORTER, now=desk.now(), **more)
    assert Delivery.objects.count() == 0
    assert OutgoingMail.objects.count() == 0


def test_files_too_large_for_mail_are_refused_with_the_other_ways(desk):
    from tests import ready

    ready.name("mail_size_limit_mb", "0")
    with pytest.raises(Refusal, match="大容量ファイル"):
        deliver(submission=desk.submission, method="mail", recipient="a@example.jp", by=REPORTER, now=desk.now())
    assert Delivery.objects.count() == 0


def test_a_receipt_has_its_evidence_and_its_time(desk):
    sent = deliver(
        submission=desk.submission, method="paper", recipient="監督職員", copies=2, by=REPORTER, now=desk.now()
    )
    now = desk.now()
    refused("evidence_missing", record_receipt, delivery=sent, received_at=now, evidence=" ", by=REPORTER, now=now)
    refused(
        "bad_moment",
        record_receipt,
        delivery=sent,
        received_at=now + timedelta(days=1),
        evidence="印",
        by=REPORTER,
        now=now,
    )
    refused(
        "bad_moment",
        record_receipt,
        delivery=sent,
        received_at=desk.submission.at - timedelta(days=1),
        evidence="印",
        by=REPORTER,
        now=now,
    )
    refused("not_yours", record_receipt, delivery=sent, received_at=now, evidence="印", by=CHECKER, now=now)
    record_receipt(delivery=sent, received_at=now, evidence="受領印のある送付状", by=REPORTER, now=now)
    assert sent.receipts.count() == 1


def test_reminders_go_to_whoever_acts_next_and_to_nobody_else(desk_at):
    from partner.accounts.models import User
    from partner.submissions.planning import assign
    from tests.submissions.desk import MANAGER

    desk = desk_at("written")
    for part, name in (("make", "reporter"), ("check", "checker")):
        user = User.objects.create(username=f"demo-{name}", display_name=name, role=name, email=f"{name}@example.jp")
        assign(report=None, part=part, duty="owner", user=user, by=MANAGER, now=desk.now())
    now = desk.now()
    assert remind(now) == remind(now) > 0
    ours = OutgoingMail.objects.filter(key__startswith=f"reminder:{desk.report.pk}:")
    assert [(mail.to_address, mail.purpose) for mail in ours] == [("reporter@example.jp", "reminder")]
    desk.cut()
    desk.on("ask_check", REPORTER)
    remind(desk.now())
    assert ours.last().to_address == "checker@example.jp"
