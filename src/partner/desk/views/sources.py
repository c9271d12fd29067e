"""取込状況: for which months each source is complete, as a calendar; each cell opens what told it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from partner.accounts.permissions import needs
from partner.common.period import Period, add_months, fiscal_year_label, fiscal_year_of, jst_day, month, parse_period
from partner.common.refusal import Refusal
from partner.desk import coverage
from partner.desk.pages import address, with_refusals
from partner.desk.views.loads import label
from partner.desk.views.reports import FIRST_YEAR, _year
from partner.facts.intake.kinds import KINDS
from partner.facts.models import Load
from partner.ledger import clock

_RECENT = 5


@needs("intake.see")
@with_refusals
def sources(request: HttpRequest) -> HttpResponse:
    """Two fiscal years of every kind, and the latest loads."""
    this_year = fiscal_year_of(jst_day(clock.now()))
    year = _year(request.GET.get("year", ""), this_year)
    path = reverse("desk:sources")
    months, judged = coverage.months(coverage.last_month(year)), coverage.Sources()
    recent = Load.objects.order_by("-recorded_at", "-id")[:_RECENT]
    context = {
        "years": [(one, fiscal_year_label(one)) for one in (year - 1, year)], "months": months,
        "this_month": month(jst_day(judged.now).replace(day=1)),
        "rows": [_row(judged, kind, name, months) for kind, name in coverage.kinds().items()],
        "legend": [coverage.Cell(state) for state in coverage.WORDS],
        "before": address(path, {"year": str(year - 1)}) if year > FIRST_YEAR else "",
        "after": address(path, {"year": str(year + 1)}) if year < this_year + 1 else "",
        "loads": [{"row": row, "kind": label(row.kind)} for row in recent],
    }  # fmt: skip
    return render(request, "desk/sources/sources.html", context)


def _row(judged: coverage.Sources, kind: str, name: str, months: list[Period]) -> dict[str, Any]:
    cells = [{"period": one, "cell": judged.month(kind, one)} for one in months]
    return {"kind": kind, "name": name, "cells": cells, "until": judged.until(kind)}


@needs("intake.see")
@with_refusals
def source_month(request: HttpRequest, kind: str, period: str) -> HttpResponse:
    """One month of one kind: each day, and who told of it with what."""
    names = coverage.kinds()
    if kind not in names:
        raise Refusal("unknown_kind", f"取込の種類「{kind}」はありません。")
    chosen = _month(period)
    told = coverage.Month(kind, chosen, coverage.Sources())
    known = {row.pk for row in Load.objects.filter(pk__in=[row.load for row in told.told if row.load])}
    turn = [add_months(chosen.first, step) for step in (-1, 1)]
    context = {
        "kind": kind, "name": names[kind], "period": chosen, "month": told, "known": known, "can_load": kind in KINDS,
        "before": month(turn[0]), "after": month(turn[1]), "year": fiscal_year_of(chosen.first),
    }  # fmt: skip
    return render(request, "desk/sources/month.html", context)


def _month(text: str) -> Period:
    try:
        found = parse_period(text)
    except ValueError:
        found = None
    if found is None or not found.is_month or not FIRST_YEAR <= found.first.year <= 2100:
        raise Refusal("bad_period", f"期間「{text}」は月ではありません。2026-09 のように書いてください。")
    return found
