"""The visits and page views behind アクセス統計: a number opens to visits, a visit to its page views. Never an address or an agent."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from partner.accounts.permissions import needs
from partner.common.period import DAY, Period, midnight
from partner.common.refusal import Refusal
from partner.desk.access_statistics import POSTINGS, Statistics
from partner.desk.pages import address, whole_number, with_refusals
from partner.desk.views.access import opened, to
from partner.facts.access import asking

_PER_PAGE = 50


def _span(request: HttpRequest, period: Period) -> tuple[Any, Any, date | None]:
    """The day that the address names within the month, else the month. Raises Refusal."""
    asked = request.GET.get("day", "")
    if not asked:
        return period.start, period.end, None
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        raise Refusal("bad_day", f"日「{asked[:40]}」が読めません。2026-10-05 のように書いてください。") from None
    if not period.first <= day < period.until:
        raise Refusal("bad_day", f"{asked} は{period.label}の日ではありません。")
    return midnight(day), midnight(day + DAY), day


@needs("records.see")
@with_refusals
def visits(request: HttpRequest) -> HttpResponse:
    """The visits of the month or of one day, in order of time."""
    found, _, state = opened(request)
    start, end, day = _span(request, found.period)
    page = whole_number(request.GET.get("page", ""))
    listed = asking.visits(start, end, found.cut, (page - 1) * _PER_PAGE, _PER_PAGE + 1, top=found.of_top)
    state |= {"day": day.isoformat() if day else ""}
    rows = [{"visit": one, "url": _to_visit(one.visit, state)} for one in listed[:_PER_PAGE]]
    return render(
        request, "desk/access/visits.html", _listing(found, state, "desk:access_visits", day, page, rows, len(listed))
    )


@needs("records.see")
@with_refusals
def views(request: HttpRequest) -> HttpResponse:
    """Single page views: of the month or a day, of an address or a posting."""
    found, _, state = opened(request)
    start, end, day = _span(request, found.period)
    page = whole_number(request.GET.get("page", ""))
    address_of, posting, kind = (request.GET.get(name, "")[:2000] for name in ("page_of", "posting", "kind"))
    listed = asking.page_views(
        start, end, found.cut, (page - 1) * _PER_PAGE, _PER_PAGE + 1, page=address_of or None,
        top=found.of_top and not address_of and not posting, prefix=kind if kind in POSTINGS else "", posting=posting,
    )  # fmt: skip
    state |= {"day": day.isoformat() if day else "", "page_of": address_of, "posting": posting, "kind": kind}
    rows = [{"view": one, "url": _to_visit(one.visit, state)} for one in listed[:_PER_PAGE]]
    context = _listing(found, state, "desk:access_views", day, page, rows, len(listed))
    return render(request, "desk/access/views.html", {**context, "narrowed": address_of or posting})


def _to_visit(visit: str, state: dict[str, str]) -> str:
    return address(
        reverse("desk:access_visit", args=[visit]), {name: state.get(name, "") for name in ("period", "of", "known_at")}
    )


def _listing(
    found: Statistics, state: dict[str, str], name: str, day: date | None, page: int, rows: Sequence[Any], length: int
) -> dict[str, Any]:
    path = reverse(name)
    return {
        "found": found, "period": found.period, "day": day, "rows": rows, "page": page,
        "before": address(path, state, page=page - 1 if page > 2 else None) if page > 1 else "",
        "after": address(path, state, page=page + 1) if length > _PER_PAGE else "",
        "back": to("desk:access", {key: state.get(key, "") for key in ("period", "of", "known_at")}),
    }  # fmt: skip


@needs("records.see")
@with_refusals
def visit(request: HttpRequest, name: str) -> HttpResponse:
    """One visit: its page views in order, without address or agent."""
    found, _, state = opened(request)
    rows = asking.of_visit(name, found.cut)
    if not rows:
        raise Refusal("unknown_record", f"訪問「{name[:60]}」はありません。")
    steps = [
        (view, (view.at - before.at) if before else None) for view, before in zip(rows, [None, *rows], strict=False)
    ]
    context = {
        "name": name,
        "rows": steps,
        "first": rows[0],
        "last": rows[-1],
        "found": found,
        "period": found.period,
        "back": to("desk:access", state),
    }
    return render(request, "desk/access/visit.html", context)
