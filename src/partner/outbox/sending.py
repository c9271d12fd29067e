"""Sends what is due. Nothing is ever sent twice by itself."""

import hashlib
import re
import smtplib
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction

from partner.files import stored
from partner.outbox import states
from partner.outbox.models import MailAttempt, MailOutcome, OutgoingMail
from partner.outbox.states import state_of

_ADDRESS = re.compile(r"\S+@\S+")
Kind = MailOutcome.Kind


def deliver(now: datetime) -> dict[str, int]:
    """Sends what is due, one after another; returns how many were sent, put off and refused."""
    counts = {"sent": 0, "deferred": 0, "refused": 0}
    done = OutgoingMail.objects.filter(attempts__outcomes__kind__in=(Kind.SENT, Kind.ARRIVED, Kind.DROPPED))
    for mail in OutgoingMail.objects.exclude(pk__in=done.values("pk")).order_by("id"):
        state = state_of(mail, now)
        if state.name == states.WAITING and state.due_at and state.due_at <= now:
            attempt = _claim(mail, (state.last.number if state.last else 0) + 1, now)
            if attempt is not None:
                outcome = _send(mail, attempt, now)
                counts[outcome.kind] += 1
    return counts


def _claim(mail: OutgoingMail, number: int, now: datetime) -> MailAttempt | None:
    """The right to send it this time; None where another one has it."""
    try:
        with transaction.atomic():
            return MailAttempt.objects.create(mail=mail, number=number, begun_at=now)
    except IntegrityError:
        return None


def _send(mail: OutgoingMail, attempt: MailAttempt, now: datetime) -> MailOutcome:
    """One conversation with the server. 4xx, silence and lost lines are put off; 5xx is final."""
    kind: str = Kind.SENT
    code, reply = None, ""
    try:
        message_of(mail, get_connection(timeout=settings.EMAIL_TIMEOUT)).send()
    except smtplib.SMTPRecipientsRefused as error:
        code, words = next(iter(error.recipients.values()))
        kind, reply = _kind_of(code), _words(words)
    except smtplib.SMTPResponseException as error:
        code, reply = error.smtp_code, _words(error.smtp_error)
        kind = _kind_of(code)
    except (OSError, smtplib.SMTPException) as error:
        kind, reply = Kind.DEFERRED, type(error).__name__
    return MailOutcome.objects.create(attempt=attempt, kind=kind, code=code, reply=reply[:200], at=now)


def _kind_of(code: int) -> str:
    return Kind.REFUSED if code >= 500 else Kind.DEFERRED


def _words(said: Any) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return _ADDRESS.sub("（宛先）", text)


def message_of(mail: OutgoingMail, connection: Any = None) -> EmailMessage:
    """The mail as it goes out: its number is made of its key, so that a receiver can tell a second copy."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    headers = {
        "Message-ID": f"<{hashlib.sha256(mail.key.encode()).hexdigest()[:32]}@{host}>",
        "Date": format_datetime(mail.queued_at),
        "Auto-Submitted": "auto-generated",
    }
    message = EmailMessage(
        mail.subject, mail.body, settings.DEFAULT_FROM_EMAIL, [mail.to_address], connection=connection, headers=headers
    )
    for file in mail.files.all():  # type: ignore[attr-defined]
        message.attach(file.name, stored.place_of(file.digest).read_bytes(), file.content_type)
    return message
