"""送付: how a submission goes out, once by each way, with its cover letter; and the evidence that it arrived."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from partner.accounts.roles import may
from partner.common.refusal import Refusal
from partner.ledger import clock
from partner.master.book import Book
from partner.outbox.actions import Enclosed, queue
from partner.submissions.actions import Actor
from partner.submissions.agreed import number
from partner.submissions.evidence import Brought, keep
from partner.submissions.models import Delivery, Receipt, Submission, SubmittedFile
from partner.submissions.schedule import in_words

MAILED = ("docx", "xlsx", "pdf")
_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
Method = Delivery.Method


def files_of(submission: Submission, formats: Sequence[str] = MAILED) -> list[SubmittedFile]:
    """The files that go out, in the order of the formats."""
    found = {file.format: file for file in submission.files.all()}  # type: ignore[attr-defined]
    return [found[name] for name in formats if name in found]


def cover_letter(submission: Submission, book: Book) -> str:
    """送付状: to whom, what, under which contract, which files with their SHA-256. Speaks of no person but the sender's role."""
    report, at = submission.report, submission.at
    lines = [
        *book.contract("addressee", at).splitlines(), "", book.contract("contractor", at), "",
        f"{report.name}（{report.label}）の提出について", "",
        f"契約「{book.contract('contract_title', at)}」に基づき、標記の報告書（第{submission.version}回提出）を送付します。",
        f"提出期限：{in_words(submission.due_at)}　提出：{in_words(submission.at)}", "", "添付",
        *[f"・{file.name}（{file.size:,}バイト）\n　SHA-256 {file.digest}" for file in files_of(submission)], "",
        "届きましたら、確認画面の「受領する」を押すか、このメールに返信してください。",
    ]  # fmt: skip
    return "\n".join(lines)


def deliver(
    *, submission: Submission, method: str, recipient: str, by: Actor, now: datetime, copies: int = 0, note: str = ""
) -> Delivery:
    """Records one delivery; by mail it queues the mail in the same transaction. The same way twice gives the first one.

    Raises Refusal without a recipient, for paper without copies, and for files too large for mail.
    """
    if not may(by.role, "reports.submit"):
        raise Refusal("not_yours", "送付は、報告担当か業務責任者が記録します。")
    _must_be_said(method, recipient, copies, note)
    there = Delivery.objects.filter(submission=submission, method=method).first()
    if there is not None:
        return there
    key = f"submission:{submission.pk}" if method == Method.MAIL else ""
    sent = [{"name": file.name, "sha256": file.digest} for file in files_of(submission)]
    try:
        with transaction.atomic():
            if key:
                _queue(submission, key, recipient.strip(), by, now)
            return Delivery.objects.create(
                submission=submission, method=method, recipient=recipient.strip(), copies=copies, note=note.strip()[:400],
                mail_key=key, files=sent, at=now, **by.signed,
            )  # fmt: skip
    except IntegrityError:  # another tab was quicker
        return Delivery.objects.get(submission=submission, method=method)


def _must_be_said(method: str, recipient: str, copies: int, note: str) -> None:
    if method not in Method.values:
        raise Refusal("unknown_method", "送付の方法を選んでください。")
    if not recipient.strip():
        raise Refusal("recipient_missing", "送り先を書いてください。")
    if method == Method.PAPER and copies < 1:
        raise Refusal("copies_missing", "紙で提出した部数を書いてください。")
    if method == Method.TRANSFER and not note.strip():
        raise Refusal("note_missing", "使ったサービスと、送った日時の控えを書いてください。")


def _queue(submission: Submission, key: str, to: str, by: Actor, now: datetime) -> None:
    book = Book(clock.last())
    files = [Enclosed(file.name, file.digest, file.size, _TYPES[file.format]) for file in files_of(submission)]
    name = submission.report.name
    queue(
        key=key, purpose="submission", to=to, subject=f"【提出】{name} {submission.report.label} 第{submission.version}回",
        body=cover_letter(submission, book), by=(by.name, by.role_label), now=now, files=files,
        most=number(book, "mail_size_limit_mb", now),
    )  # fmt: skip


def record_receipt(
    *, delivery: Delivery, received_at: datetime, evidence: str, by: Actor, now: datetime, file: Brought | None = None
) -> Receipt:
    """That it arrived, and how one knows; with the file that shows it, if there is one.

    Raises Refusal without evidence, for a moment before it went out, and for a file that is none (`evidence.keep`).
    """
    if not (may(by.role, "reports.submit") or may(by.role, "reports.accept")):
        raise Refusal("not_yours", "受領は、報告担当、業務責任者か確認者が記録します。")
    if not evidence.strip():
        raise Refusal("evidence_missing", "受領の証拠（返信、受領印、画面の控えなど）を書いてください。")
    if received_at > now or received_at < delivery.submission.at:
        raise Refusal("bad_moment", "受領の日時は、提出の後、いまより前にしてください。")
    kept = keep(file) if file else None
    return Receipt.objects.create(
        delivery=delivery, received_at=received_at, evidence=evidence.strip()[:400], at=now, **by.signed,
        digest=kept.digest if kept else "", file_name=kept.name if kept else "",
    )  # fmt: skip
