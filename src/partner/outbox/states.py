"""Where a mail stands, from its attempts and what came of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from partner.outbox.models import MailAttempt, MailOutcome, OutgoingMail

# After the n-th attempt that was put off, so long until the next.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240, 720))
AT_WORK = timedelta(minutes=10)  # longer than any sending takes: who is silent for so long has died
WAITING, SENDING, SENT, FAILED, UNKNOWN, DROPPED = "waiting", "sending", "sent", "failed", "unknown", "dropped"
LABELS = {
    WAITING: "送信待ち", SENDING: "送信中", SENT: "送信済み", FAILED: "送れない", UNKNOWN: "送れたか不明", DROPPED: "取りやめ",
}  # fmt: skip
_Kind = MailOutcome.Kind


@dataclass(frozen=True)
class MailState:
    """The state, and from when on it is to be tried (waiting only)."""

    name: str
    due_at: datetime | None = None
    last: MailAttempt | None = None
    outcome: MailOutcome | None = None

    @property
    def label(self) -> str:
        """For people."""
        return LABELS[self.name]


def state_of(mail: OutgoingMail, now: datetime) -> MailState:
    """Where the mail stands at the moment."""
    rows: Any = mail.attempts  # type: ignore[attr-defined]
    attempts = list(rows.prefetch_related("outcomes"))
    if not attempts:
        return MailState(WAITING, mail.queued_at)
    last = attempts[-1]
    outcomes = list(last.outcomes.all())
    if not outcomes:
        return MailState(SENDING if now - last.begun_at < AT_WORK else UNKNOWN, None, last)
    outcome = outcomes[-1]
    if outcome.kind == _Kind.DEFERRED:
        return _put_off(attempts, last, outcome)
    if outcome.kind == _Kind.AGAIN:
        return MailState(WAITING, outcome.at, last, outcome)
    names = {_Kind.SENT: SENT, _Kind.ARRIVED: SENT, _Kind.DROPPED: DROPPED}
    return MailState(names.get(outcome.kind, FAILED), None, last, outcome)  # type: ignore[call-overload]


def _put_off(attempts: list[MailAttempt], last: MailAttempt, outcome: MailOutcome) -> MailState:
    """Tried again after a pause that grows; in the end it is given up. A person's word begins the count anew."""
    tries = 0
    for attempt in attempts:
        kinds = [row.kind for row in attempt.outcomes.all()]  # type: ignore[attr-defined]
        tries = 0 if _Kind.AGAIN in kinds else tries + 1
    if tries > len(PAUSES):
        return MailState(FAILED, None, last, outcome)
    return MailState(WAITING, outcome.at + PAUSES[tries - 1], last, outcome)
