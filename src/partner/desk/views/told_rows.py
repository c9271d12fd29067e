"""The rows that are recorded of a kind of sheet: listed, searched, each with the way to correct and withdraw it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partner.accounts import audit
from partner.accounts.permissions import needs
from partner.desk import names
from partner.desk.file_subjects import about_of
from partner.desk.pages import Pages, with_refusals
from partner.desk.searched_rows import condition, searched
from partner.desk.told_rows import Words, hidden_columns, listed
from partner.facts.intake.kinds import Column, Kind, find
from partner.facts.intake.spelling import entered, numbers_of

_UNBROKEN = ("number", "moment", "last_day", "integer", "decimal")


@needs("intake.load")
@with_refusals
def intake_rows(request: HttpRequest, kind: str) -> HttpResponse:
    """The rows of a kind that are believed, those recorded last first."""
    chosen = find(kind)
    columns_searched = searched(chosen, names.may_see(request))
    sought = request.GET.get("q", "").strip()[:80] if columns_searched else ""
    told = chosen.stream.told.objects
    rows = told.believed().filter(condition(columns_searched, sought)) if sought else told.believed()
    length = rows.count() if sought else told.count() - told.filter(superseded_at__isnull=False).count()
    pages = Pages.of(request.GET.get("page", ""), length)
    facts = list(rows.order_by("-pk")[pages.offset : pages.offset + pages.size])
    columns = listed(chosen, hidden_columns(chosen, names.may_see(request)))
    context = {
        "kind": chosen, "columns": [column.label for column in columns], "rows": _shown(request, chosen, facts, columns),
        "sought": sought, "searched": "、".join(column.label for column in columns_searched), "length": length,
        "paging": pages.links(request.path, {"q": sought}),
    }  # fmt: skip
    return render(request, "desk/intake/rows.html", context)


def _shown(request: HttpRequest, kind: Kind, facts: list[Any], columns: list[Column]) -> list[dict[str, Any]]:
    """The rows in words; that numbers of registrants were among them leaves an audit row."""
    numbers = numbers_of(kind, facts) if names.may_see(request) else {}
    if numbers:
        audit.record(request, "names_seen", detail=f"{kind.label}の行の一覧（{len(numbers)}件の管理番号）")
    words = Words(kind)

    def cells(row: Mapping[str, Any]) -> list[tuple[str, bool]]:
        return [(words.of(column, row), column.type in _UNBROKEN) for column in columns]

    return [
        {"fact": fact, "cells": cells(entered(kind, fact, numbers)), "files": about_of(kind.kind, fact)}
        for fact in facts
    ]
