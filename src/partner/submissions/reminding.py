"""Reminders by mail, to whoever has to act next and to nobody else; each once."""

from datetime import datetime

from django.db.models import Q

from partner.accounts.models import User
from partner.common.period import DAY
from partner.outbox.actions import queue
from partner.submissions import schedule, states
from partner.submissions.assignments import Assignments
from partner.submissions.expected import extra_days
from partner.submissions.following import as_they_stand
from partner.submissions.models import ExpectedReport
from partner.submissions.periods import AT_THE_END, INCIDENT
from partner.submissions.schedule import Stage, in_words
from partner.submissions.standing import Standing

_NEXT = {
    states.MAKING: ("cut", "make"), states.SENT_BACK: ("cut", "make"), states.WITHDRAWN: ("cut", "make"),
    states.CHECKING: ("check", "check"), states.APPROVING: ("approve", "approve"), states.APPROVED: ("submit", "submit"),
}  # fmt: skip
_AHEAD = 35  # days: no back-schedule begins earlier


def remind(now: datetime) -> int:
    """Queues a mail for each step whose planned moment is the next business day or has passed; returns how many are due."""
    near = as_they_stand().filter(due_at__gte=now - DAY * _AHEAD, due_at__lte=now + DAY * _AHEAD)
    ahead = near.filter(Q(period_last__lt=now.date()) | Q(kind__in=AT_THE_END) | Q(kind__startswith=INCIDENT))
    return sum(_remind(row, now) for row in ahead if not row.is_waived)


def _remind(report: ExpectedReport, now: datetime) -> int:
    standing, extra = Standing(report), extra_days()
    if standing.state not in _NEXT:
        return 0
    name, part = _NEXT[standing.state]
    stage = next((one for one in schedule.stages(report, extra) if one.name == name), None)
    if stage is None or schedule.left(now.date(), stage.at.date(), extra) > 1:
        return 0
    user = _whose(Assignments(report), part)
    if user is None or not user.email:
        return 0
    _queue(report, stage, user, now)
    return 1


def _whose(people: Assignments, part: str) -> User | None:
    """The owner; where he left, the deputy."""
    for duty in ("owner", "deputy"):
        person = people.person(part, duty)
        user = User.objects.filter(username=person.login, is_active=True).first() if person else None
        if user is not None:
            return user
    return None


def _queue(report: ExpectedReport, stage: Stage, user: User, now: datetime) -> None:
    name = report.name
    late = stage.at < now
    queue(
        key=f"reminder:{report.pk}:{stage.name}:{now:%Y%m%d}:{user.pk}", purpose="reminder", to=user.email,
        subject=f"【{'期限超過' if late else '予定'}】{name} {report.label}：{stage.label} {in_words(stage.at)}まで",
        body=f"{name}（{report.label}）の「{stage.label}」の予定は{in_words(stage.at)}です。\n提出期限は{in_words(report.due)}です。\n報告デスクの「報告書」から開いてください。",
        by=("報告デスク", "自動"), now=now,
    )  # fmt: skip
