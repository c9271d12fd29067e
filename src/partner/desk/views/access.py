"""アクセス統計: a month per day, by page, by posting."""

import csv
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from partner.accounts.permissions import needs
from partner.common.command import read_period
from partner.common.period import Period, jst_day, month
from partner.common.refusal import Refusal
from partner.desk import labels
from partner.desk.access_statistics import POSTINGS, DayRow, Statistics
from partner.desk.cuts import Cuts, read_cuts
from partner.desk.pages import Pages, address, with_refusals
from partner.facts.access import lists, rules
from partner.facts.models import AccessBatch
from partner.ledger import clock

SITE = "site"
_MEASURES = {
    "page_views": "閲覧ページ数（サイト）", "visits": "訪問者数（サイト）", "top_page_views": "閲覧ページ数（トップページ）",
    "top_visits": "訪問者数（トップページ）", "single_page_visits": "1ページだけの訪問", "crawler": "クローラー",
    "own": "センター職員・監視", "prefetch": "先読み",
}  # fmt: skip
_FEW = 10
_PER_PAGE = 50


def _period(request: HttpRequest) -> Period:
    """The month that the address names; else the last one with a log. Raises Refusal."""
    asked = request.GET.get("period", "")
    if not asked:
        last = AccessBatch.objects.believed().order_by("-last_at").values_list("last_at", flat=True).first()
        return month(jst_day(last or clock.now()).replace(day=1))
    period = read_period(asked)
    if not period.is_month:
        raise Refusal("bad_period", f"期間「{asked[:40]}」は月ではありません。2026-09 のように書いてください。")
    return period


def opened(request: HttpRequest) -> tuple[Statistics, Cuts, dict[str, str]]:
    """What is shown, and the address's state."""
    period = _period(request)
    cuts = read_cuts(request, period)
    of = SITE if request.GET.get("of") == SITE else ""
    return Statistics(period, cuts.cut, not of), cuts, {"period": period.key, "of": of, "known_at": cuts.known_at}


@needs("figures.see")
@with_refusals
def statistics(request: HttpRequest) -> HttpResponse:
    """The month."""
    found, cuts, state = opened(request)
    context = {
        "found": found, "period": found.period, "cuts": cuts,
        "charts": {"screen": found.charts("screen"), "narrow": found.charts("narrow")},
        "state_label": labels.STATES[found.state] if found.covered else "",
        "days": [_day(found, row, state) for row in found.days], "pages": found.pages[:_FEW], "page_count": len(found.pages),
        "postings": [_postings(found, prefix, state) for prefix in POSTINGS], "rules": rules.version(lists.known(cuts.cut)),
        **_ways(found, cuts, state),
    }  # fmt: skip
    return render(request, "desk/access/statistics.html", context)


def _ways(found: Statistics, cuts: Cuts, state: dict[str, str]) -> dict[str, Any]:
    """Where the page leads to."""
    path, period, following = reverse("desk:access"), found.period, month(found.period.until)
    return {
        "switch": [
            {"name": one.name, "at": one.at, "chosen": one.chosen, "url": address(path, state, known_at=one.known_at)}
            for one in cuts.choices
        ],
        "sides": [
            {"name": name, "chosen": found.of_top == (not of), "url": address(path, state, of=of)}
            for name, of in (("トップページ", ""), ("サイト全体", SITE))
        ],
        "before": address(path, state, period=period.previous().key),
        "after": address(path, state, period=following.key) if following.start <= clock.now() else "",
        "visits": to("desk:access_visits", state), "views": to("desk:access_views", state),
        "all_pages": to("desk:access_pages", state), "csv": to("desk:access_csv", state),
    }  # fmt: skip


def _postings(found: Statistics, prefix: str, state: dict[str, str]) -> dict[str, Any]:
    rows = found.postings(prefix)
    every = to("desk:access_postings", {**state, "kind": prefix})
    return {"name": POSTINGS[prefix], "rows": rows[:_FEW], "count": len(rows), "url": every}


def _day(found: Statistics, row: DayRow, state: dict[str, str]) -> dict[str, Any]:
    views, visits = (found.views(row.counts), found.visits(row.counts)) if row.counts else (None, None)
    return {
        "row": row,
        "views": views,
        "visits": visits,
        "url": to("desk:access_visits", {**state, "day": row.day.isoformat()}),
    }


def to(name: str, state: dict[str, str]) -> str:
    """The address of a page with this state."""
    return address(reverse(name), state)


@needs("figures.see")
@with_refusals
def pages(request: HttpRequest) -> HttpResponse:
    """Every address that was viewed."""
    found, _, state = opened(request)
    rows = [
        (page, one.page_views, one.visits, to("desk:access_views", {**state, "page_of": page}))
        for page, one in found.pages
    ]
    return _list(
        request, found, state, "desk:access_pages", "ページごと", rows, ("アドレス", "閲覧ページ数", "触れた訪問")
    )


@needs("figures.see")
@with_refusals
def postings(request: HttpRequest) -> HttpResponse:
    """Every posting whose page was viewed."""
    found, _, state = opened(request)
    prefix = request.GET.get("kind", "jobs")
    if prefix not in POSTINGS:
        raise Refusal("unknown_kind", f"種類「{prefix[:40]}」はありません。")
    state["kind"] = prefix
    rows = [
        (number, views, None, to("desk:access_views", {**state, "posting": number}))
        for number, views in found.postings(prefix)
    ]
    return _list(
        request, found, state, "desk:access_postings", f"{POSTINGS[prefix]}ごと", rows, ("番号", "閲覧ページ数")
    )


def _list(
    request: HttpRequest,
    found: Statistics,
    state: dict[str, str],
    name: str,
    title: str,
    rows: Sequence[Any],
    heads: Sequence[str],
) -> HttpResponse:
    paging = Pages.of(request.GET.get("page", ""), len(rows), _PER_PAGE)
    context = {
        "found": found, "period": found.period, "title": title, "heads": heads, "rows": rows[paging.offset : paging.offset + paging.size],
        "paging": paging.links(reverse(name), state), "back": to("desk:access", {key: value for key, value in state.items() if key != "kind"}),
    }  # fmt: skip
    return render(request, "desk/access/list.html", context)


@needs("figures.see")
@with_refusals
def days_csv(request: HttpRequest) -> HttpResponse:
    """The table of days as a file; a day without a log is empty, never 0."""
    found, _, _ = opened(request)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="access-{found.period.key}.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(
        [
            "日",
            "閲覧ページ数（サイト）",
            "訪問者数（サイト）",
            "閲覧ページ数（トップページ）",
            "訪問者数（トップページ）",
            "1ページだけの訪問",
            "クローラー",
            "センター職員・監視",
            "先読み",
            "ログのある時間",
        ]
    )
    for row in found.days:
        numbers = [getattr(row.counts, name) if row.counts else "" for name in _MEASURES]
        writer.writerow([row.day.isoformat(), *numbers, row.hours])
    return response
