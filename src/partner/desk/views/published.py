"""公開数値: what JICA accepted and the Centre makes public. Open to anyone."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partner.common.period import parse_period
from partner.desk.pages import Pages
from partner.submissions.publishing import published as believed

_PERIODS = 12


def published(request: HttpRequest) -> HttpResponse:
    """Period by period, the latest first, each number with the day from which it is public."""
    periods = [
        {"period": parse_period(key), "rows": list(rows)}
        for key, rows in groupby(believed(), key=lambda row: row.period)
    ]
    pages = Pages.of(request.GET.get("page", ""), len(periods), _PERIODS)
    first = (pages.number - 1) * pages.size
    return render(request, "desk/published.html", {"periods": periods[first : first + pages.size], "pages": pages})
