"""Due dates that would be others today: an event's days were corrected, or the days on which offices are closed.

Nothing moves by itself: what would change is shown to whoever may record it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from partner.common.period import DAY, parse_period
from partner.submissions import deadlines
from partner.submissions.addresses import number_of
from partner.submissions.happening import Happening, Wanted
from partner.submissions.making import BY_PERIOD
from partner.submissions.models import DueChange, ExpectedReport

_WHY = {
    DueChange.Kind.AGREED: "記録された日付が改められたため。",
    DueChange.Kind.CALENDAR: "休業日の定めが改められたため。",
}


@dataclass(frozen=True)
class Proposal:
    """Another due moment of a report, the kind of change that it would be, and why."""

    report: ExpectedReport
    due_at: datetime
    kind: str
    why: str


def proposals(reports: Sequence[ExpectedReport], happening: Happening) -> dict[int, Proposal]:
    """Report's key → what is proposed. Nothing for what is due as computed, was changed to that, or need not be made."""
    wanted = {(one.deadline.kind, one.deadline.period): one for one in happening.wanted}
    found = {}
    for report in reports:
        one = wanted.get((report.kind, report.period))
        computed = one.deadline if one else _by_period(report, happening.extra)
        if computed is None or report.is_waived or computed.due_at in (report.due_at, report.due):
            continue
        kind = DueChange.Kind.AGREED if one and _was_moved(one, report) else DueChange.Kind.CALENDAR
        found[report.pk] = Proposal(report, computed.due_at, kind, _WHY[kind])
    return found


def _was_moved(one: Wanted, report: ExpectedReport) -> bool:
    """Whether the days were corrected since; an interim report's last day is but its due date."""
    return one.first != report.period_first or (report.kind != "incident/interim" and one.last != report.period_last)


def proposal(report: ExpectedReport, now: datetime) -> Proposal | None:
    """The same for one report."""
    happening = Happening(now, since=report.period_first - DAY * 366, number=number_of(report.period))
    if report.kind in BY_PERIOD:
        happening.told = [], []  # nothing that happened bears on it
    return proposals([report], happening).get(report.pk)


def _by_period(report: ExpectedReport, extra: Mapping[date, str]) -> deadlines.Deadline | None:
    if report.kind not in BY_PERIOD:
        return None
    return deadlines.of_period(report.kind, parse_period(report.period), extra)
