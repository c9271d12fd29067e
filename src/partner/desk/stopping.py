"""What stops a report and how its four flags stand, for the home page: the same list as on its own page."""

from datetime import datetime
from typing import Any

from partner.common.period import DAY
from partner.common.refusal import Refusal
from partner.submissions import compositions, schedule, states
from partner.submissions.assignments import Assignments
from partner.submissions.blocking import Block, Flag, blocks, flags, items_of
from partner.submissions.commenting import comments_of
from partner.submissions.expected import extra_days, seen, with_now
from partner.submissions.models import ExpectedReport
from partner.submissions.standing import Standing

_LATE_FOR = 62  # days that a report stays on the home page after its due date


def stopping(kind: str, period: str, now: datetime) -> tuple[list[Block], list[Flag]]:
    """What stops the report, and its flags; nothing stops what is with JICA."""
    report = seen(kind, period)
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


def overdue(now: datetime) -> list[ExpectedReport]:
    """Reports whose due moment has passed and that nobody has submitted."""
    rows: Any = ExpectedReport.objects
    found = rows.filter(submissions__isnull=True, due_at__gte=now - DAY * _LATE_FOR, due_at__lt=now)
    return [row for row in with_now(found) if row.due < now and not row.is_waived]
