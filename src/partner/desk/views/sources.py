"""Sources: what was loaded, and for which months each kind is complete."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from partner.accounts.permissions import needs
from partner.common.period import Period, fiscal_year, fiscal_year_label, fiscal_year_of, jst_day
from partner.desk import labels
from partner.desk.pages import Pages, address, with_refusals
from partner.desk.views.reports import FIRST_YEAR, _year
from partner.facts.models import Coverage, Load
from partner.figures.states import States
from partner.ledger import clock

KINDS = ("people", "organizations")


@needs("records.see")
@with_refusals
def sources(request: HttpRequest) -> HttpResponse:
    """The fiscal year's coverage by month and kind, then the loads, the latest first."""
    today = jst_day(clock.now())
    this_year = fiscal_year_of(today)
    year = _year(request.GET.get("year", ""), this_year)
    path = reverse("desk:sources")
    loads = Load.objects.order_by("-recorded_at", "-id")
    pages = Pages.of(request.GET.get("page", ""), loads.count())
    context = {
        "year": year, "label": fiscal_year_label(year), "kinds": [(kind, labels.KINDS[kind]) for kind in KINDS],
        "months": _months(year), "loads": [_load(row) for row in loads[pages.offset : pages.offset + pages.size]],
        "paging": pages.links(path, {"year": str(year)}, "#loads"),
        "before": address(path, {"year": str(year - 1)}) if year > FIRST_YEAR else "",
        "after": address(path, {"year": str(year + 1)}) if year < this_year + 1 else "",
        "sources": _latest(),
    }  # fmt: skip
    return render(request, "desk/sources/sources.html", context)


def _months(year: int) -> list[dict[str, Any]]:
    cut = clock.last()
    states, told = States(cut), list(Coverage.objects.believed().order_by("recorded_at"))
    return [
        {"period": month, "cells": [_cell(states, told, kind, month) for kind in KINDS]}
        for month in fiscal_year(year).months()
    ]


def _cell(states: States, told: list[Coverage], kind: str, period: Period) -> dict[str, Any]:
    """Complete, partly complete, nothing yet, still to come; and since when."""
    now = clock.now()
    judged = states.judge(kind, period)
    rows = [row for row in told if row.kind == kind and row.valid_from < period.end and row.valid_to > period.start]
    when = rows[-1].recorded_at if rows else None
    if period.start > now:
        state = "ahead"
    elif not judged.uncovered and rows:
        state = "lost" if judged.losses else "whole"
    elif judged.covered:
        state = "part"
    else:
        state = "none"
    return {
        "state": state,
        "when": when,
        "uncovered": judged.uncovered,
        "losses": judged.losses,
        "is_over": period.end <= now,
    }


def _load(row: Load) -> dict[str, Any]:
    return {"row": row, "kind": labels.KINDS.get(row.kind, row.kind)}


def _latest() -> list[dict[str, Any]]:
    """For each kind: complete until when."""
    states = States(clock.last())
    return [{"kind": labels.KINDS[kind], "until": states.covered_until(kind)} for kind in KINDS]
