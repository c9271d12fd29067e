"""What stops a report and how its four flags stand, for the home page: the same list as on its own page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from partner.common.period import DAY
from partner.common.refusal import Refusal
from partner.submissions import compositions, schedule, states
from partner.submissions.assignments import Assignments
from partner.submissions.blocking import Block, Flag, blocks, flags, items_of
from partner.submissions.commenting import comments_of
from partner.submissions.expected import extra_days
from partner.submissions.models import ExpectedReport
from partner.submissions.standing import Standing

_LATE_FOR = 62  # days that a report stays on the home page after its due date


def stopping(report: ExpectedReport, now: datetime) -> tuple[list[Block], list[Flag]]:
    """What stops the report (a row as it stands), and its flags; nothing stops what is with JICA."""
    standing, extra = Standing(report), extra_days()
    left = schedule.left(now.date(), report.due.date(), extra)
    if standing.state not in states.INSIDE:
        return [], flags(standing, [], 9, left, now)
    try:
        composed = compositions.shown(report, standing.cut)
    except Refusal as refusal:
        return [Block("報告書", str(fault), "業務責任者", None, "", False) for fault in refusal.faults], []
    people = Assignments(report)
    found = blocks(composed, people, schedule.stages(report, extra), comments_of(report))
    return found, flags(standing, found, items_of(composed), left, now)


def lately_due(now: datetime) -> Q:
    """Which reports fell due lately."""
    return Q(due_at__gte=now - DAY * _LATE_FOR, due_at__lt=now)


def overdue(rows: Sequence[Any], now: datetime) -> list[ExpectedReport]:
    """Of the rows as they stand, those whose due moment has passed lately and that nobody has submitted."""
    since = now - DAY * _LATE_FOR
    late = [row for row in rows if since <= row.due_at and row.due < now and not row.is_sent and not row.is_waived]
    return sorted(late, key=lambda row: (row.due_at, row.pk))
