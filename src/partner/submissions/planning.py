"""Decided ahead: another due date with its ground, and who answers for which part."""

from datetime import date, datetime

from django.db import transaction

from partner.accounts.models import User
from partner.accounts.roles import may
from partner.common.refusal import Refusal
from partner.submissions.actions import Actor, locked
from partner.submissions.assignments import PARTS
from partner.submissions.blocking import ITEM
from partner.submissions.models import Assignment, DueChange, ExpectedReport
from partner.submissions.periods import ends_on


def change_due(
    *,
    report: ExpectedReport,
    kind: str,
    due_at: datetime,
    ground: str,
    agreed_on: date | None,
    by: Actor,
    now: datetime,
) -> DueChange:
    """Records an extension or an agreed date. The date fixed when made stays beside it.

    Raises Refusal without a ground or the day of the agreement, before the period's end, and once it was submitted.
    """
    _must_decide(by)
    if not ground.strip():
        raise Refusal("ground_missing", "変更の根拠（合意の相手と方法）を書いてください。")
    if agreed_on is None:
        raise Refusal("agreed_on_missing", "合意した日を入力してください。")
    if agreed_on > now.date():
        raise Refusal("agreed_ahead", "合意した日が、今日より後になっています。")
    if kind not in DueChange.Kind.values:
        raise Refusal("unknown_change", "変更の種類を選んでください。")
    last = ends_on(report)
    if last and due_at.date() <= last:
        raise Refusal("never_met", f"期限が対象期間（{last:%Y-%m-%d}まで）の終わりより前では、守ることができません。")
    with transaction.atomic():
        standing = locked(report)
        if standing.submissions:
            raise Refusal("submitted_already", "すでに提出されているため、期限は変えられません。")
        return DueChange.objects.create(
            report=report,
            kind=kind,
            due_at=due_at,
            ground=ground.strip()[:400],
            agreed_on=agreed_on,
            at=now,
            **by.signed,
        )


def assign(
    *, report: ExpectedReport | None, part: str, duty: str, user: User | None, by: Actor, now: datetime
) -> Assignment:
    """From now on the person (nobody, for None) has the duty; without a report, for all of them."""
    _must_decide(by)
    if part not in PARTS and not ITEM.fullmatch(part):
        raise Refusal("unknown_part", "担当する部分を選んでください。")
    if duty not in Assignment.Duty.values:
        raise Refusal("unknown_duty", "担当か代理を選んでください。")
    if user is not None and not (user.is_active and may(user.role, "reports.see")):
        raise Refusal(
            "cannot_act", f"{user.display_name or user.username}さんは、報告書を開く権限がないか、利用を終えています。"
        )
    name = (user.display_name or user.username) if user else ""
    return Assignment.objects.create(
        report=report, part=part, duty=duty, login=user.username if user else "", name=name, at=now, **by.signed
    )


def _must_decide(by: Actor) -> None:
    if not may(by.role, "reports.assign"):
        raise Refusal("not_yours", "担当と期限の変更は、業務責任者が決めます。")
