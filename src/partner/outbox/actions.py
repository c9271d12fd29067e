"""Queue a mail, and decide where nobody can know whether it went out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from partner.common.refusal import Refusal
from partner.files import stored
from partner.outbox import states
from partner.outbox.models import MailFile, MailOutcome, OutgoingMail
from partner.outbox.states import state_of

_MEGABYTE = 1024 * 1024
Kind = MailOutcome.Kind


@dataclass(frozen=True)
class Enclosed:
    """A kept file that goes with a mail."""

    name: str
    digest: str
    size: int
    content_type: str = "application/octet-stream"


def queue(
    *, key: str, purpose: str, to: str, subject: str, body: str, by: tuple[str, str], now: datetime,
    files: Sequence[Enclosed] = (), most: int = 10,
) -> OutgoingMail:  # fmt: skip
    """Puts a mail in the outbox; the same key again gives the mail that is there.

    Raises Refusal for an address that is none, a subject of several lines, files of more than `most` megabytes, and
    where the same key asks for something else.
    """
    _must_be_good(to, subject, files, most)
    with transaction.atomic():
        there = OutgoingMail.objects.filter(key=key).first()
        if there is None:
            mail = OutgoingMail.objects.create(
                key=key,
                purpose=purpose,
                to_address=to,
                subject=subject,
                body=body,
                queued_at=now,
                by_name=by[0],
                by_role=by[1],
            )
            MailFile.objects.bulk_create(
                MailFile(mail=mail, name=one.name, digest=one.digest, size=one.size, content_type=one.content_type)
                for one in files
            )
            return mail
    if (there.to_address, there.subject, there.body) != (to, subject, body):
        raise Refusal(
            "queued_already", "同じ用件のメールが、別の内容ですでに送信箱にあります。送信記録を確かめてください。"
        )
    return there


def _must_be_good(to: str, subject: str, files: Sequence[Enclosed], most: int) -> None:
    try:
        validate_email(to)
    except ValidationError:
        raise Refusal("bad_address", f"宛先「{to[:80]}」はメールアドレスとして読めません。") from None
    if "\n" in subject or "\r" in subject or not subject.strip():
        raise Refusal("bad_subject", "件名は1行で書いてください。")
    size = sum(one.size for one in files)
    if size > most * _MEGABYTE:
        raise Refusal(
            "mail_too_large",
            f"添付が合わせて{size / _MEGABYTE:.1f} MBあり、上限の{most} MBを超えます。大容量ファイル送受信サービスか確認画面を使ってください。",
        )
    for one in files:
        if not stored.is_whole(one.digest):
            raise Refusal("file_damaged", f"添付する「{one.name}」が見つからないか、壊れています。")


def decide(*, mail: OutgoingMail, kind: str, reason: str, by: str, now: datetime) -> MailOutcome:
    """A person's word on a mail that failed, or of which nobody knows: もう一度送る, 届いたと確認, 取りやめ."""
    if kind not in (Kind.AGAIN, Kind.ARRIVED, Kind.DROPPED):
        raise Refusal("unknown_step", "もう一度送る、届いたと確認、取りやめのどれかを選んでください。")
    if not reason.strip():
        raise Refusal("comment_missing", "理由か、確かめた方法を書いてください。")
    with transaction.atomic():
        state = state_of(mail, now)
        if state.name not in (states.FAILED, states.UNKNOWN) or state.last is None:
            raise Refusal("wrong_state", f"このメールは「{state.label}」です。決めることはありません。")
        return MailOutcome.objects.create(attempt=state.last, kind=kind, reply=reason.strip()[:200], at=now, by_name=by)
