"""Texts of a report while people write them: saved as they type, then taken over into the report."""

from datetime import datetime
from typing import Any

from django.db import transaction

from partner.accounts.roles import may
from partner.common.refusal import Refusal
from partner.facts import texts
from partner.facts.models.texts import ReportText
from partner.submissions.actions import Actor, locked
from partner.submissions.models import ExpectedReport, TextDraft

_DRAFTS: Any = TextDraft.objects


def drafts_of(report: ExpectedReport) -> dict[str, list[TextDraft]]:
    """Place → what people are typing there, the latest first."""
    found: dict[str, list[TextDraft]] = {}
    for row in _DRAFTS.filter(kind=report.slug, period=report.period).order_by("-at"):
        found.setdefault(row.place, []).append(row)
    return found


def save_draft(
    *, report: ExpectedReport, place: str, body: str, seen: datetime | None, by: Actor, now: datetime
) -> TextDraft:
    """Keeps what the person has typed so far. Nothing of the report changes. Raises Refusal `too_long`, `not_yours`."""
    _must_write(by)
    if len(body) > texts.LONGEST:
        raise Refusal("too_long", f"文章が長すぎます（{len(body):,}字）。{texts.LONGEST:,}字までにしてください。")
    row, _ = _DRAFTS.update_or_create(
        kind=report.slug, period=report.period, place=place, login=by.login,
        defaults={"body": body, "seen": seen, "at": now, "by_name": by.name},
    )  # fmt: skip
    return row  # type: ignore[no-any-return]


def write(
    *, report: ExpectedReport, place: str, body: str, seen: datetime | None, by: Actor, now: datetime
) -> ReportText | None:
    """The text becomes the report's. Where another person was quicker it is refused, and what was typed is kept.

    Raises Refusal `changed_meanwhile`, `too_long`, `not_open` (it is being checked or was submitted), `not_yours`.
    """
    _must_write(by)
    try:
        with transaction.atomic():
            standing = locked(report)
            if not standing.is_open:
                raise Refusal(
                    "not_open",
                    f"この報告書は「{standing.state_label}」のため、本文を変えられません。書いたものは下書きに残っています。",
                )
            row = texts.write(
                report=report.slug, period=report.period, place=place, body=body, seen=seen, by=(by.name, by.role_label)
            )
            _DRAFTS.filter(kind=report.slug, period=report.period, place=place, login=by.login).delete()
            return row
    except Refusal as refusal:
        if refusal.faults[0].code in ("changed_meanwhile", "not_open"):
            save_draft(report=report, place=place, body=body, seen=seen, by=by, now=now)
        raise


def discard_draft(*, report: ExpectedReport, place: str, by: Actor) -> None:
    """The person's own unfinished words go."""
    _DRAFTS.filter(kind=report.slug, period=report.period, place=place, login=by.login).delete()


def _must_write(by: Actor) -> None:
    if not may(by.role, "reports.prepare"):
        raise Refusal("not_yours", "本文を書くのは、報告担当か業務責任者です。")
