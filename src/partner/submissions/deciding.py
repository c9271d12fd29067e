"""受理 and 差戻し, and the clock of the time in which JICA checks."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from partner.common.calendar import add_business_days
from partner.common.period import JST
from partner.common.refusal import Refusal
from partner.master.book import present
from partner.submissions import states
from partner.submissions.actions import Actor, add_step, allowed, locked
from partner.submissions.agreed import agreed, number
from partner.submissions.assignments import Assignments
from partner.submissions.expected import extra_days
from partner.submissions.models import Step, Submission
from partner.submissions.publishing import publish
from partner.submissions.reviewing import sealed, ticks_of
from partner.submissions.states import MOVES


def check_until(received_at: datetime) -> datetime:
    """Until when JICA checks: so many business days from the day after the receipt (検査の期間)."""
    days = number(present(), "client_check_days", received_at)
    return _at_five(add_business_days(received_at.astimezone(JST).date(), days, extra_days()))


def resubmit_until(sent_back_at: datetime) -> datetime:
    """Until when a report that was sent back is submitted again."""
    days = number(present(), "resubmit_days", sent_back_at)
    return _at_five(add_business_days(sent_back_at.astimezone(JST).date(), days, extra_days()))


def _at_five(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 17, tzinfo=JST)


def decide(*, submission: Submission, name: str, ticked: set[str], comment: str, by: Actor, now: datetime) -> Step:
    """受理 or 差戻し. Accepting needs every section ticked, sending back a reason; both only on the last submission."""
    with transaction.atomic():
        standing = locked(submission.report)
        if standing.submission is None or standing.submission.pk != submission.pk:
            raise Refusal("changed_meanwhile", "この提出は、後の提出に改められています。新しい提出をご覧ください。")
        by = allowed(MOVES[name], standing, by, Assignments(submission.report))
        content = sealed(submission)
        missing = [item for item in ticks_of(content) if item not in ticked]
        if name == "accept" and missing:
            raise Refusal("not_ticked", f"確認していない項目があります：{'、'.join(missing)}")
        step = add_step(MOVES[name], standing, by, now, comment=comment)
        if name == "accept":
            publish(submission, content, now)
        return step


def deem(*, submission: Submission, now: datetime) -> Step | None:
    """みなし承認: where silence was agreed and the checking period has passed, a row that says nobody acted. Else nothing."""
    with transaction.atomic():
        standing = locked(submission.report)
        receipt = standing.last("receive")
        if standing.state != states.RECEIVED or receipt is None:
            return None
        ground = agreed(present(), "deemed_acceptance", now)
        if not ground or now <= check_until(receipt.at):
            return None
        nobody = Actor("", "（みなし）", "", "機構")
        step = add_step(MOVES["accept"], standing, nobody, now, comment=f"合意（{ground}）による。", deemed=True)
        publish(submission, sealed(submission), now)
        return step


def deem_all(now: datetime) -> list[Submission]:
    """Every received submission whose checking period has passed, where silence was agreed: accepted, and told which."""
    rows: Any = Submission.objects.select_related("report")
    return [
        one
        for one in rows.filter(report__steps__name="receive").distinct()
        if _is_last(one) and deem(submission=one, now=now)
    ]


def _is_last(submission: Submission) -> bool:
    rows: Any = Submission.objects
    return not rows.filter(report=submission.report, version__gt=submission.version).exists()
