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
from partner.desk.access_rows import Apart, DayRow
from partner.desk.access_statistics import POSTINGS, Statistics
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
        "days": [_day(found, row, state) for row in found.days], "pages": _pages(found, state, _FEW), "page_count": len(found.pages),
        "postings": [_postings(found, prefix, state, _FEW) for prefix in POSTINGS], "apart": _apart(found, state),
        "rules": rules.version(lists.known(cuts.cut)),
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
        "visits": to("desk:access_visits", state), "single": to("desk:access_visits", {**state, "single": "1"}), "views": to("desk:access_views", state),
        "all_pages": to("desk:access_pages", state), "csv": to("desk:access_csv", state),
    }  # fmt: skip


def _apart(found: Statistics, state: dict[str, str]) -> list[tuple[Apart, str]]:
    return [(one, to("desk:access_views", {**state, "apart": one.name})) for one in found.apart]


def _pages(found: Statistics, state: dict[str, str], limit: int | None = None) -> list[dict[str, Any]]:
    return [
        {
            "name": page, "views": one.page_views, "visits": one.visits,
            "views_url": to("desk:access_views", {**state, "page_of": page}),
            "visits_url": to("desk:access_visits", {**state, "page_of": page}),
        }
        for page, one in found.pages[:limit]
    ]  # fmt: skip


def _postings(found: Statistics, prefix: str, state: dict[str, str], limit: int | None = None) -> dict[str, Any]:
    rows = [
        {"name": number, "views": views, "views_url": to("desk:access_views", {**state, "posting": number, "kind": prefix})}
        for number, views in found.postings[prefix][:limit]
    ]  # fmt: skip
    every = to("desk:access_postings", {**state, "kind": prefix})
    return {"name": POSTINGS[prefix], "rows": rows, "count": len(found.postings[prefix]), "url": every}


def _day(found: Statistics, row: DayRow, state: dict[str, str]) -> dict[str, Any]:
    asked = {**state, "day": row.day.isoformat()}
    return {
        "row": row,
        "views": found.views(row.counts) if row.counts else None,
        "visits": found.visits(row.counts) if row.counts else None,
        "per_visit": found.per_visit_of(row.counts) if row.counts else None,
        "views_url": to("desk:access_views", asked), "visits_url": to("desk:access_visits", asked),
        "crawler_url": to("desk:access_views", {**asked, "apart": "crawler"}),
    }  # fmt: skip


def to(name: str, state: dict[str, str]) -> str:
    """The address of a page with this state."""
    return address(reverse(name), state)


@needs("figures.see")
@with_refusals
def pages(request: HttpRequest) -> HttpResponse:
    """Every address that was viewed."""
    found, _, state = opened(request)
    heads = ("アドレス", "閲覧ページ数", "触れた訪問")
    return _list(request, found, state, "desk:access_pages", "ページごと", _pages(found, state), heads)


@needs("figures.see")
@with_refusals
def postings(request: HttpRequest) -> HttpResponse:
    """Every posting whose page was viewed."""
    found, _, state = opened(request)
    prefix = request.GET.get("kind", "jobs")
    if prefix not in POSTINGS:
        raise Refusal("unknown_kind", f"種類「{prefix[:40]}」はありません。")
    rows, title = _postings(found, prefix, state)["rows"], f"{POSTINGS[prefix]}ごと"
    return _list(
        request, found, {**state, "kind": prefix}, "desk:access_postings", title, rows, ("番号", "閲覧ページ数")
    )


def _list(
    request: HttpRequest, found: Statistics, state: dict[str, str], name: str, title: str, rows: Sequence[Any],
    heads: Sequence[str],
) -> HttpResponse:  # fmt: skip
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
    writer, sources = csv.writer(response), found.hours.expected
    writer.writerow(["日", *_MEASURES.values(), "1日の時間", *(f"ログのある時間（{source}）" for source in sources)])
    for row in found.days:
        numbers = [getattr(row.counts, name) if row.counts else "" for name in _MEASURES]
        writer.writerow([row.day.isoformat(), *numbers, row.whole, *(row.held[source] for source in sources)])
    return response
