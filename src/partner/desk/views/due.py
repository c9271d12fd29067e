"""期限カレンダー: the next 90 days as list and calendar, and the feed for people's own calendars."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from partner.accounts.models import User
from partner.accounts.permissions import needs
from partner.accounts.roles import may
from partner.common.period import DAY
from partner.common.refusal import Refusal
from partner.desk.months import months
from partner.desk.pages import with_refusals
from partner.ledger import clock
from partner.master.book import present
from partner.submissions import schedule
from partner.submissions.assignments import Assignments
from partner.submissions.expected import extra_days, make_ahead
from partner.submissions.feed import feed, key_of, login_of
from partner.submissions.following import as_they_stand
from partner.submissions.happening import Happening, Wanted
from partner.submissions.legal import leaks_of
from partner.submissions.models import ExpectedReport
from partner.submissions.proposing import proposals
from partner.submissions.standing import Standing
from partner.submissions.surveyed import late_surveys

_DAYS, _MONTHS, _LATE_FOR = 90, 4, 62
_PART = {"sources": "records", "cut": "make", "survey": "records"}


@needs("calendar.see")
@with_refusals
def due_calendar(request: HttpRequest) -> HttpResponse:
    """What falls due within 90 days with each stage before it; months with the same days marked."""
    now, user = clock.now(), request.user
    today, extra = now.date(), extra_days()
    happening = Happening(now)
    make_ahead(now, happening)
    found = as_they_stand().filter(due_at__gte=now - DAY * _LATE_FOR, due_at__lte=now + DAY * _DAYS)
    reports = [
        one for one in _shown(sorted(found, key=lambda row: row.due), happening, today)
        if one["row"].due >= now or (one["is_open"] and not one["row"].is_waived)
    ]  # fmt: skip
    planned = [one for one in happening.wanted if one.is_planned and one.deadline.due_on <= today + DAY * _DAYS]
    context = {
        "reports": reports, "today": today, "planned": planned, "awaited": happening.awaited(),
        "leaks": leaks_of(happening, present()),
        "months": months(today, _MONTHS, _marked(reports, planned), extra),
        "feed": f"{settings.PUBLIC_URL}{reverse('desk:due_feed', args=[key_of(user.get_username())])}",
    }  # fmt: skip
    return render(request, "desk/due/calendar.html", context)


def _marked(reports: list[dict[str, Any]], planned: list[Wanted]) -> dict[date, str]:
    """Day → what is due on it."""
    found: dict[date, list[str]] = {}
    for one in reports:
        if not one["row"].is_waived:
            found.setdefault(one["row"].due.date(), []).append(f"{one['row'].name} {one['row'].label}")
    for ahead in planned:
        found.setdefault(ahead.deadline.due_on, []).append(f"予定：{ahead.deadline.name} {ahead.deadline.label}")
    return {day: "、".join(words) for day, words in found.items()}


def _shown(rows: Sequence[ExpectedReport], happening: Happening, today: date) -> list[dict[str, Any]]:
    """Each report with its stages: a fixed number of queries, however many there are."""
    extra = happening.extra
    moved, late = proposals(rows, happening), late_surveys(rows, extra)
    told = zip(Standing.of_all(rows), Assignments.of_all(rows), strict=True)
    found = [_card(standing, people, today, extra) for standing, people in told]
    return [
        {**one, "moved": moved.get(one["row"].pk) if one["is_open"] else None, "surveys": late.get(one["row"].pk, [])}
        for one in found
    ]


def _card(standing: Standing, people: Assignments, today: date, extra: Any) -> dict[str, Any]:
    row, is_open = standing.report, standing.sent_at is None
    return {
        "row": row, "standing": standing, "left": schedule.left(today, row.due.date(), extra),
        "is_open": is_open, "is_late": is_open and row.due.date() < today, "is_begun": row.period_first < today,
        "stages": [{"stage": one, "who": people.who(_PART.get(one.name, one.name)), "is_past": one.at.date() < today} for one in schedule.stages(row, extra)],
    }  # fmt: skip


@with_refusals
def due_feed(request: HttpRequest, key: str) -> HttpResponse:
    """The feed; for as long as the person may see the calendar."""
    user = User.objects.filter(username=login_of(key), is_active=True).first()
    if user is None or not may(user.role, "calendar.see"):
        raise Refusal("unknown_file", "この予定表の住所は使えません。")
    response = HttpResponse(feed(clock.now()), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="partner-deadlines.ics"'
    response["Cache-Control"] = "private, no-store"
    return response
