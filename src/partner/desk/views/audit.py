"""The audit trail: who did or saw what."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partner.accounts import audit
from partner.accounts.models import AuditEvent
from partner.accounts.permissions import needs
from partner.common.period import DAY, midnight
from partner.desk.pages import Pages

_FILTERS = ("action", "by", "subject", "from", "to")


@needs("audit.see")
def audit_trail(request: HttpRequest) -> HttpResponse:
    """Newest first, by action, person, subject key and days."""
    state = {name: request.GET.get(name, "").replace("\0", "").strip() for name in _FILTERS}  # PostgreSQL takes no NUL
    rows, wrong = _filtered(state)
    pages = Pages.of(request.GET.get("page", ""), rows.count())
    shown = [
        {"row": row, "label": audit.LABELS.get(row.action, row.action)} for row in rows[pages.offset :][: pages.size]
    ]
    context = {
        "state": state,
        "wrong": wrong,
        "rows": shown,
        "paging": pages.links(request.path, state),
        "actions": audit.LABELS.items(),
        "people": AuditEvent.objects.order_by("by_name").values_list("by_name", flat=True).distinct(),
        "is_filtered": any(state.values()),
    }
    return render(request, "desk/audit.html", context)


def _filtered(state: dict[str, str]) -> tuple[Any, list[str]]:
    rows = AuditEvent.objects.all()
    wrong = []
    for name, column in (("action", "action"), ("by", "by_name"), ("subject", "subject")):
        if state[name]:
            rows = rows.filter(**{column: state[name]})
    for name, column, plus in (("from", "at__gte", 0), ("to", "at__lt", 1)):
        try:
            rows = (
                rows.filter(**{column: midnight(date.fromisoformat(state[name]) + DAY * plus)}) if state[name] else rows
            )
        except (ValueError, OverflowError):
            wrong.append(f"日付「{state[name]}」は読めません。2026-11-09 のように入れてください。")
    return rows, wrong
