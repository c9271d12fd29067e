"""受領の証拠 as a file: brought with the receipt, kept under its digest, handed out to those who may see the submission."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partner.accounts.models import AuditEvent, User
from partner.common.refusal import Refusal
from partner.files import stored
from partner.ledger import clock
from partner.submissions import evidence
from partner.submissions.delivering import deliver
from partner.submissions.evidence import Brought, keep
from partner.submissions.expected import expected
from partner.submissions.models import Delivery, Receipt, Submission
from tests.submissions.desk import REPORTER

AsRole = Callable[[str], Client]
PDF = b"%PDF-1.7 fictional"
MAIL = b"From: kantoku@example.jp\r\nDate: Mon, 5 Oct 2026 09:30:00 +0900\r\nSubject: Re\r\n\r\nreceived\r\n"
GOOD = {
    "返信.eml": MAIL, "受領印.pdf": PDF, "画面.PNG": b"\x89PNG\r\n\x1a\n...", "写真.jpeg": b"\xff\xd8\xff\xe0...",
    "返信.msg": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA = tmp_path
    return tmp_path


def kept(folder: Path) -> list[Path]:
    return [path for path in (folder / "files").rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", GOOD)
def test_papers_pictures_and_mails_are_kept_under_their_digest(folder: Path, name: str) -> None:
    file = keep(Brought(name, [GOOD[name][:5], GOOD[name][5:]] if name.endswith("pdf") else [GOOD[name]]))
    assert file == evidence.Kept(hashlib.sha256(GOOD[name]).hexdigest(), name)
    assert stored.is_whole(file.digest)
    assert evidence.type_of(name) in evidence.TYPES.values()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("空.pdf", b"", "empty_file"), ("版.docx", b"PK\x03\x04", "bad_form"), ("偽.pdf", b"MZ\x90", "bad_form"),
        ("偽.eml", b"hello", "bad_form"), ("偽.eml", MAIL.replace(b"\r\n\r\n", b"\0\r\n\r\n"), "bad_form"), ("", PDF, "bad_form"),
        ("画面.html", b"<html>", "bad_form"), ("写真.png", PDF, "bad_form"), ("大.pdf", PDF + b"0" * evidence.MAX_BYTES, "too_large"),
    ],
)  # fmt: skip
def test_what_is_no_evidence_is_refused_and_nothing_is_kept(folder: Path, name: str, content: bytes, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        keep(Brought(name, [content] if content else []))
    assert caught.value.faults[0].code == code
    assert kept(folder) == []


def test_a_file_of_just_the_size_that_is_taken(folder: Path) -> None:
    assert keep(Brought("大.pdf", [PDF, b"0" * (evidence.MAX_BYTES - len(PDF))])).name == "大.pdf"


@pytest.fixture
def delivery(as_role: AsRole, folder: Path) -> Delivery:
    now = clock.now()
    submission = Submission.objects.create(
        report=expected("monthly", "2026-08"), version=1, request_key="k", cut=now, texts_at=now, due_at=now, at=now,
        canonical_digest="0" * 64, program="test", **REPORTER.signed,
    )  # fmt: skip
    return deliver(submission=submission, method="view", recipient="監督職員", by=REPORTER, now=now)


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=f"demo-{role}"))
    return client


def send(delivery: Delivery, name: str = "返信.eml", content: bytes | None = MAIL, **more: str) -> Any:
    at: datetime = delivery.at
    told: dict[str, Any] = {
        "act": "receipt",
        "delivery": delivery.pk,
        "received_at": f"{at:%Y-%m-%dT%H:%M:%S.%f}",
        "evidence": "監督職員の返信",
    }
    if content is not None:
        told["file"] = SimpleUploadedFile(name, content)
    return signed_in("reporter").post(f"/desk/submissions/{delivery.submission_id}/delivery/", {**told, **more}, follow=True)  # fmt: skip


def test_the_file_comes_back_to_those_who_may_see_the_submission_and_to_nobody_else(delivery: Delivery) -> None:
    page = send(delivery).content.decode()
    receipt = Receipt.objects.get()
    address = f"/desk/submissions/{delivery.submission_id}/receipts/{receipt.pk}/"
    assert (receipt.file_name, receipt.digest) == ("返信.eml", hashlib.sha256(MAIL).hexdigest())
    assert address in page
    assert receipt.digest in page
    for role in ("reporter", "checker", "manager", "jica"):
        answer = signed_in(role).get(address)
        assert b"".join(answer.streaming_content) == MAIL
        assert answer["Content-Disposition"].startswith("attachment;")
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert signed_in("counsellor").get(address).status_code == 403
    assert AuditEvent.objects.filter(action="exported").count() == 4
    stored.place_of(receipt.digest).write_bytes(b"other")
    assert signed_in("jica").get(address).status_code == 400


def test_another_submissions_number_and_a_receipt_without_file_lead_nowhere(delivery: Delivery) -> None:
    send(delivery, content=None)
    receipt = Receipt.objects.get()
    assert receipt.digest == ""
    for number in (delivery.submission_id, delivery.submission_id + 1):
        assert signed_in("reporter").get(f"/desk/submissions/{number}/receipts/{receipt.pk}/").status_code == 404


def test_a_refused_file_leaves_no_receipt_and_what_was_written_in_its_field(delivery: Delivery) -> None:
    answer = send(delivery, "返信.exe", b"MZ", evidence="電話の後の返信")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "添付できるのは、PDF、画像" in page
    assert 'value="電話の後の返信"' in page
    assert Receipt.objects.count() == 0
    assert "10 MBを超えています" in send(delivery, "大.pdf", PDF + b"0" * evidence.MAX_BYTES).content.decode()
    assert "空のファイルです" in send(delivery, "空.pdf", b"").content.decode()
    assert Receipt.objects.count() == 0
