"""The calendar feed of due dates. Its address carries a signed name, since calendar programs do not sign in."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import signing

from partner.common.period import DAY
from partner.common.refusal import Refusal
from partner.submissions.ical import Entry, calendar
from partner.submissions.models import ExpectedReport

_SALT = "calendar-feed"


def key_of(login: str) -> str:
    """What stands in the address of a person's feed."""
    return signing.dumps(login, salt=_SALT)


def login_of(key: str) -> str:
    """Whose feed it is. Raises Refusal for an address that was made up."""
    try:
        return str(signing.loads(key, salt=_SALT))
    except signing.BadSignature:
        raise Refusal(
            "unknown_file", "この予定表の住所は使えません。期限カレンダーの画面で、新しい住所を写してください。"
        ) from None


def feed(now: datetime) -> bytes:
    """Due dates from half a year back to a year ahead."""
    rows: Any = ExpectedReport.objects
    found = rows.filter(due_at__gte=now - DAY * 180, due_at__lte=now + DAY * 366).prefetch_related(
        "due_changes", "waivers"
    )
    return calendar("PARTNER 報告書の提出期限", [_entry(row) for row in found if not row.is_waived])


def _entry(row: ExpectedReport) -> Entry:
    changes: list[Any] = sorted(row.due_changes.all(), key=lambda one: one.pk)  # type: ignore[attr-defined]
    return Entry(
        uid=f"{row.kind}-{row.period}@partner", at=row.due, label=f"提出期限：{row.name} {row.label}", description=row.rule,
        url=f"{settings.PUBLIC_URL}/desk/reports/{row.slug}/{row.period}/work/", changed_at=changes[-1].at if changes else row.made_at,
        sequence=len(changes),
    )  # fmt: skip
