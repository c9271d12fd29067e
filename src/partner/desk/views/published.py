"""公開数値: what JICA accepted and the Centre makes public. Open to anyone."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partner.common.period import parse_period
from partner.desk.labels import TITLES
from partner.desk.pages import Pages
from partner.facts.models import PublishedFigure
from partner.figures.declare import find
from partner.submissions.publishing import published as believed

_PERIODS = 12


def published(request: HttpRequest) -> HttpResponse:
    """Period by period, the latest first, each number with the day from which it is public."""
    found = groupby(believed(), key=lambda row: row.period)
    periods = [{"period": parse_period(key), "rows": _told(list(rows))} for key, rows in found]
    pages = Pages.of(request.GET.get("page", ""), len(periods), _PERIODS)
    first = (pages.number - 1) * pages.size
    return render(request, "desk/published.html", {"periods": periods[first : first + pages.size], "pages": pages})


def _told(rows: list[PublishedFigure]) -> list[dict[str, Any]]:
    """In the order of the report's items, each under its item's name."""
    items = {row.key: find(row.key).item for row in rows}
    ordered = sorted(rows, key=lambda row: items[row.key])
    return [{"row": row, "title": TITLES.get(items[row.key], "")} for row in ordered]
