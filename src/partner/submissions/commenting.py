"""Comments on a cell, a sentence or a section: said, answered, settled; what is not settled goes on to the next report."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from partner.accounts.roles import Role, may
from partner.common.refusal import Refusal
from partner.submissions.actions import Actor
from partner.submissions.blocking import open_comments
from partner.submissions.models import Comment, ExpectedReport

LONGEST = 2_000
_ROWS: Any = Comment.objects


def say(
    *, report: ExpectedReport, body: str, by: Actor, now: datetime, place: str = "", quote: str = "",
    parent: Comment | None = None, settles: bool = False,
) -> Comment:  # fmt: skip
    """A comment, or an answer to one; `settles` closes it. Raises Refusal for nothing said, and for too much."""
    if not may(by.role, "reports.comment"):
        raise Refusal("not_yours", "コメントの権限がありません。")
    body = body.strip()
    if not body and not settles:
        raise Refusal("comment_missing", "コメントを書いてください。")
    if len(body) > LONGEST:
        raise Refusal("too_long", f"{LONGEST:,}字までにしてください（いま{len(body):,}字）。")
    with transaction.atomic():
        if parent is not None and settles and _ROWS.filter(parent=parent, settles=True).exists():
            return parent  # a second click
        return Comment.objects.create(
            report=report, place=parent.place if parent else place[:60], quote=quote.strip()[:200], body=body,
            parent=parent, settles=settles, is_jica=by.role == Role.JICA, at=now, **by.signed,
        )  # fmt: skip


def comments_of(report: ExpectedReport) -> list[Comment]:
    """Everything said about the report."""
    return list(_ROWS.filter(report=report).order_by("id"))


def said(report: ExpectedReport) -> tuple[list[Comment], list[Comment]]:
    """What was said about the report, and what is carried over from earlier ones: asked together."""
    rows = list(_ROWS.filter(_up_to(report)).order_by("id").select_related("report"))
    own = [row for row in rows if row.report_id == report.pk]
    return own, open_comments([row for row in rows if row.report_id != report.pk])


def _up_to(report: ExpectedReport) -> Q:
    """Of this report and of those before it: of the same kind, or on the same incident."""
    if report.slug != "incident":
        return Q(report__kind=report.kind, report__period_first__lte=report.period_first)
    about = report.period.partition("/")[0]
    return Q(report__period__startswith=f"{about}/", report__due_at__lte=report.due_at)
