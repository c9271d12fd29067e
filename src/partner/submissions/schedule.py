"""The back-schedule: from the due date back, by business days, when each stage must be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from partner.common.calendar import LONGER_CUT_DAYS, NONE, WEEKDAYS, business_days_before, is_business_day
from partner.common.period import DAY, JST
from partner.submissions.addresses import slug_of
from partner.submissions.models import ExpectedReport

# Name, what people read, business days before the due date, hour.
_STAGES = {
    "monthly": (
        ("sources", "元の記録をそろえる", 2, 17),
        ("cut", "データ締切・作成", 1, 12),
        ("check", "点検", 1, 17),
        ("approve", "承認", 0, 12),
        ("submit", "提出", 0, 17),
    ),
    "service": (
        ("survey", "アンケートを締め切る", 5, 17),
        ("sources", "元の記録をそろえる", 4, 17),
        ("cut", "データ締切・作成", 3, 17),
        ("check", "点検", 2, 17),
        ("approve", "承認", 1, 17),
        ("submit", "提出", 0, 17),
    ),
    "expenses": (  # what is final is known on the last business day, and not before
        ("sources", "元の記録をそろえる", 2, 17),
        ("cut", "データ締切・作成", 0, 11),
        ("check", "点検", 0, 13),
        ("approve", "承認", 0, 15),
        ("submit", "提出", 0, 17),
    ),
    "incident": (
        ("cut", "作成", 0, 11),
        ("check", "点検", 0, 13),
        ("approve", "承認", 0, 15),
        ("submit", "提出", 0, 17),
    ),
}
_LONGER = (
    ("sources", "元の記録をそろえる", 10, 17),
    ("cut", "データ締切・作成", LONGER_CUT_DAYS, 12),
    ("check", "点検", 4, 17),
    ("approve", "承認", 2, 17),
    ("submit", "提出", 0, 17),
)


@dataclass(frozen=True)
class Stage:
    """One stage with the moment by which it is to be done."""

    name: str
    label: str
    at: datetime


def stages(report: ExpectedReport, extra: Mapping[date, str] = NONE) -> list[Stage]:
    """The stages of a report in their order; the last one is the due moment itself."""
    due = report.due
    found = [
        Stage(name, label, datetime.combine(business_days_before(due.date(), days, extra), time(hour), JST))
        for name, label, days, hour in _form(report.kind)
    ]
    return [*found[:-1], Stage("submit", found[-1].label, due)]


def moment(kind: str, name: str, due_on: date, extra: Mapping[date, str] = NONE) -> datetime:
    """The planned moment of one stage of a report that is due on the day. Raises StopIteration for an unknown stage."""
    days, hour = next((days, hour) for one, _, days, hour in _form(kind) if one == name)
    return datetime.combine(business_days_before(due_on, days, extra), time(hour), JST)


def _form(kind: str) -> tuple[tuple[str, str, int, int], ...]:
    return _STAGES.get(slug_of(kind), _LONGER)


def left(today: date, day: date, extra: Mapping[date, str] = NONE) -> int:
    """Business days until the day; today is left out."""
    return sum(is_business_day(today + DAY * n, extra) for n in range(1, (day - today).days + 1))


def in_words(at: datetime) -> str:
    """10月7日（水）17:00"""
    return f"{at.month}月{at.day}日（{WEEKDAYS[at.weekday()]}）{at:%H:%M}"
