"""Months as small calendars: due days, closed days, today. The same days give the same words, so they are set once."""

from calendar import Calendar
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from partner.common.calendar import closed_reason
from partner.common.period import add_months

_SUNDAY = 6
_Days = tuple[tuple[date, str], ...]


def months(today: date, number: int, due: Mapping[date, str], closed: Mapping[date, str]) -> SafeString:
    """This month and those after it; `due`: what each due day is called, `closed`: days closed beyond the calendar's own."""
    return _set(today, number, tuple(sorted(due.items())), tuple(sorted(closed.items())))


@lru_cache(maxsize=8)
def _set(today: date, number: int, due: _Days, closed: _Days) -> SafeString:
    found = [_month(add_months(today.replace(day=1), n), today, dict(due), dict(closed)) for n in range(number)]
    return render_to_string("desk/due/_months.html", {"months": found})


def _month(first: date, today: date, due: dict[date, str], closed: dict[date, str]) -> dict[str, Any]:
    def day(one: date) -> dict[str, Any]:
        if one.month != first.month:
            return {}
        why = closed_reason(one, closed)
        kind = "due" if one in due else "closed" if why and not why.endswith("曜日") else "off" if why else ""
        words = due[one] if kind == "due" else why if kind == "closed" else ""
        return {"day": one, "kind": kind, "words": words, "is_today": one == today}

    weeks = Calendar(_SUNDAY).monthdatescalendar(first.year, first.month)
    return {"first": first, "weeks": [[day(one) for one in week] for week in weeks]}
