"""The visits and page views behind アクセス統計: a number opens to visits, a visit to its page views. Never an address or an agent."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from partner.accounts.permissions import needs
from partner.common.refusal import Refusal
from partner.desk.access_lists import NAMES, Narrowed, narrowed
from partner.desk.pages import Pages, address, with_refusals
from partner.desk.views.access import opened, to
from partner.facts.access import asking

_PER_PAGE = 50


@needs("records.see")
@with_refusals
def visits(request: HttpRequest) -> HttpResponse:
    """The visits of the month or of one day, in order of time: all, those that touched a page, those of one page view."""
    found, _, state = opened(request)
    asked = narrowed(found, request.GET)
    paging = Pages.of(request.GET.get("page", ""), asked.visit_count(), _PER_PAGE)
    listed = asking.visits(
        *asked.span, found.cut, paging.offset, _PER_PAGE, top=asked.of_top, single=asked.single, page=asked.page
    )
    rows = [{"visit": one, "url": _to_visit(one.visit, state)} for one in listed]
    return _listing(request, "desk/access/visits.html", asked, paging, state, rows)


@needs("records.see")
@with_refusals
def views(request: HttpRequest) -> HttpResponse:
    """Single page views: of the month or a day, of an address or a posting; or those that do not count."""
    found, _, state = opened(request)
    asked = narrowed(found, request.GET)
    paging = Pages.of(request.GET.get("page", ""), asked.view_count(), _PER_PAGE)
    if asked.apart:
        apart = asking.apart(*asked.span, found.cut, asked.apart, paging.offset, _PER_PAGE)
        return _listing(request, "desk/access/apart.html", asked, paging, state, apart)
    listed = asking.page_views(
        *asked.span, found.cut, paging.offset, _PER_PAGE, page=asked.page or None, top=asked.of_top,
        prefix=asked.kind, posting=asked.posting,
    )  # fmt: skip
    rows = [{"view": one, "url": _to_visit(one.visit, state)} for one in listed]
    return _listing(request, "desk/access/views.html", asked, paging, state, rows)


def _to_visit(visit: str, state: dict[str, str]) -> str:
    return address(reverse("desk:access_visit", args=[visit]), state)


def _listing(
    request: HttpRequest, template: str, asked: Narrowed, paging: Pages, state: dict[str, str], rows: Any
) -> HttpResponse:
    path = request.path
    chosen = {one: request.GET.get(one, "") for one in NAMES}
    context = {
        "found": asked.found, "period": asked.found.period, "asked": asked, "rows": rows,
        "paging": paging.links(path, {**state, **chosen}), "back": to("desk:access", state),
    }  # fmt: skip
    return render(request, template, context)


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
        "name": name, "rows": steps, "first": rows[0], "last": rows[-1], "found": found, "period": found.period,
        "back": to("desk:access", state),
    }  # fmt: skip
    return render(request, "desk/access/visit.html", context)
