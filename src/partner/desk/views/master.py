"""Master data: the lists with their history, changes, and proposals."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from partner.accounts import audit
from partner.accounts.permissions import allowed, needs
from partner.common.refusal import Refusal
from partner.desk import changing
from partner.desk.changing import END, FORMS, ChangeForm
from partner.desk.indicator_fields import CHOICES, plain
from partner.desk.lists import LISTS, MasterList, by_time, find_list, row_to_change
from partner.desk.pages import Pages, with_refusals
from partner.ledger import clock
from partner.master.book import Book
from partner.master.models import Proposal


@needs("master.see")
@with_refusals
def master(request: HttpRequest) -> HttpResponse:
    """All lists, with how much of each is in force and to come, and what is proposed."""
    now = clock.now()
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in LISTS:
        found = by_time(one.believed(), now)
        empty = sum(1 for row in found.in_force if one.slug == "contract" and not row.value and row.key != "fictional")
        groups.setdefault(one.group, []).append(
            {
                "list": one,
                "count": len(found.in_force) if one.begins != "never" else len(one.believed()),
                "future": found.future,
                "empty": empty,
            }
        )
    proposals = [_proposal(row) for row in Proposal.objects.filter(state=Proposal.State.OPEN)]
    return render(request, "desk/master/index.html", {"groups": groups, "proposals": proposals, **_rights(request)})


def _rights(request: HttpRequest) -> dict[str, bool]:
    return {"may_record": allowed(request, "master.record"), "may_propose": allowed(request, "master.propose")}


@needs("master.see")
@with_refusals
def master_list(request: HttpRequest, slug: str) -> HttpResponse:
    """One list: in force, to come, over; and its history on both clocks."""
    chosen, now = find_list(slug), clock.now()
    found = by_time(chosen.believed(), now)
    history = chosen.rows().order_by("-recorded_at", "-id")
    pages = Pages.of(request.GET.get("page", ""), history.count())
    shown = _shower(chosen)
    stretch = history[pages.offset : pages.offset + pages.size]
    in_force = chosen.believed() if chosen.begins == "never" else found.in_force
    context = {
        "list": chosen, "in_force": [shown(row) for row in in_force], "columns": chosen.columns,
        "future": [] if chosen.begins == "never" else [shown(row) for row in found.future],
        "past": [] if chosen.begins == "never" else [shown(row) for row in found.past],
        "history": [shown(row) for row in stretch],
        "paging": pages.links(reverse("desk:master_list", args=[slug]), {}, "#history"),
        "proposals": [_proposal(row) for row in Proposal.objects.filter(state=Proposal.State.OPEN, kind=slug)],
        **_rights(request),
    }  # fmt: skip
    return render(request, "desk/master/list.html", context)


def _words(chosen: MasterList) -> dict[str, dict[str, str]]:
    """For members that hold a code: code → label."""
    found: dict[str, dict[str, str]] = {}
    for one in chosen.fields:
        if one.kind == "choice":
            book = Book(clock.last())
            found[one.name] = {row.code: row.label for row in book.codes(one.choices_of, clock.now())}
        elif one.kind == "form":
            found[one.name] = {name: label for name, (label, _) in FORMS.items()}
        elif one.kind in CHOICES:
            found[one.name] = dict(CHOICES[one.kind]())
    return found


def _shower(chosen: MasterList) -> Any:
    """A function that makes a row ready for a table."""
    words = _words(chosen)

    def shown(row: Any) -> dict[str, Any]:
        cells = []
        for one in chosen.columns:
            value = plain(getattr(row, one.name))
            cells.append(words.get(one.name, {}).get(value, value))
        return {"row": row, "cells": cells, "key": chosen.key_of(row), "name": chosen.name_of(row)}

    return shown


@needs("master.change")
@require_http_methods(["GET", "POST"])
@with_refusals
def master_change(request: HttpRequest, slug: str) -> HttpResponse:
    """The form 「改める」: an administrator records, a manager proposes."""
    chosen, key = find_list(slug), request.GET.get("key", "")
    row = row_to_change(chosen, key, clock.now()) if key else None
    form = ChangeForm(chosen, row, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            return _take(request, chosen, form.change())
        except Refusal as refusal:
            form.add_error("begins" if "begins" in form.fields else None, str(refusal))
    context = {
        "list": chosen, "form": form, "row": row, "name": chosen.name_of(row) if row else "", "key": key,
        "fields": list(form), "faults": _faults(form), **_rights(request),
    }  # fmt: skip
    return render(request, "desk/master/change.html", context, status=400 if form.errors else 200)


def _faults(form: ChangeForm) -> list[tuple[str, str]]:
    """What is wrong, each with the field that it concerns."""
    return [
        ("" if name == "__all__" else name, text) for name, texts in form.errors.items() for text in map(str, texts)
    ]


def _take(request: HttpRequest, chosen: MasterList, change: dict[str, Any]) -> HttpResponse:
    """Records or proposes the checked change, with its audit row in the same transaction."""
    detail = f"{chosen.title} {'・'.join(map(str, change['keys'].values()))} {change['begins']}から"
    name, role = audit.by_of(request)
    with transaction.atomic():
        if allowed(request, "master.record"):
            changing.record(chosen, change, (name, role))
            audit.record(request, "master_changed", detail=detail)
            messages.success(request, f"記録しました。{_holds(change)}")
        else:
            Proposal.objects.create(
                kind=chosen.slug, change=change, proposed_by=name, proposed_role=role, proposed_at=clock.now()
            )
            audit.record(request, "master_proposed", detail=detail)
            messages.success(request, "提案しました。管理者が記録すると有効になります。")
    return redirect("desk:master_list", chosen.slug)


def _holds(change: dict[str, Any]) -> str:
    begins = date.fromisoformat(change["begins"])
    return f"{begins.year}年{begins.month}月{begins.day}日から{'無効' if change['action'] == END else '有効'}です。"


@needs("master.see")
@with_refusals
def proposals(request: HttpRequest) -> HttpResponse:
    """All proposals, the latest first."""
    rows = Proposal.objects.order_by("-proposed_at", "-id")
    pages = Pages.of(request.GET.get("page", ""), rows.count())
    found = [_proposal(row) for row in rows[pages.offset : pages.offset + pages.size]]
    return render(request, "desk/master/proposals.html", {"proposals": found, "paging": pages.links(request.path, {})})


def _proposal(row: Proposal) -> dict[str, Any]:
    """A proposal with what it would change."""
    chosen, change = find_list(row.kind), row.change
    key = chosen.key_in(change["keys"])
    now = next((one for one in chosen.believed() if chosen.key_of(one) == key and one.valid_to is None), None)
    words = _words(chosen)

    def word(name: str, value: Any) -> str:
        return str(words.get(name, {}).get(value, value))

    lines: list[dict[str, Any]] = [
        {
            "label": one.label,
            "before": word(one.name, plain(getattr(now, one.name))) if now else "",
            "after": word(one.name, change["values"][one.name]),
        }
        for one in chosen.values
        if one.name in change["values"]
    ]
    for line in lines:
        line["changed"] = line["before"] != line["after"]
    name = change["values"].get("label") or change["values"].get("name") or (chosen.name_of(now) if now else key)
    return {
        "row": row, "list": chosen, "key": key, "name": name, "lines": lines, "is_new": now is None,
        "is_end": change["action"] == END, "begins": date.fromisoformat(change["begins"]), "reason": change["reason"],
        "is_open": row.state == Proposal.State.OPEN,
    }  # fmt: skip


def _find_proposal(number: int) -> Proposal:
    row = Proposal.objects.filter(pk=number).first()
    if row is None:
        raise Refusal("unknown_row", f"提案 {number} はありません。")
    return row


@needs("master.see")
@with_refusals
def proposal(request: HttpRequest, number: int, fault: str = "", comment: str = "") -> HttpResponse:
    """One proposal: now and then side by side; an administrator decides."""
    context = {**_proposal(_find_proposal(number)), **_rights(request), "fault": fault, "comment": comment}
    return render(request, "desk/master/proposal.html", context, status=400 if fault else 200)


@needs("master.record")
@require_POST
@with_refusals
def proposal_decide(request: HttpRequest, number: int) -> HttpResponse:
    """Records a proposal or declines it; declining needs a comment."""
    comment, decision = request.POST.get("comment", "").strip(), request.POST.get("decision", "")
    if len(comment) > 200:
        return proposal(request, number, "コメントは200字までで書いてください。", comment)
    if decision not in ("record", "decline"):
        return proposal(request, number, "「記録する」か「見送る」を選んでください。", comment)
    if decision == "decline" and not comment:
        return proposal(request, number, "見送る理由をコメントに書いてください。", comment)
    try:
        _decide(request, number, decision, comment)
    except Refusal as refusal:
        return proposal(request, number, str(refusal), comment)
    return redirect("desk:proposal", number)


def _decide(request: HttpRequest, number: int, decision: str, comment: str) -> None:
    by = audit.by_of(request)
    with transaction.atomic():
        row = Proposal.objects.select_for_update().filter(pk=number).first()
        if row is None or row.state != Proposal.State.OPEN:
            raise Refusal("decided", "この提案は、すでに決まっています。")
        chosen = find_list(row.kind)
        if decision == "record":
            changing.record(chosen, row.change, by)
            audit.record(request, "master_changed", detail=f"{chosen.title} 提案{row.pk}（{row.proposed_by}）を記録")
            messages.success(request, f"提案を記録しました。{_holds(row.change)}")
        else:
            audit.record(request, "proposal_declined", detail=f"{chosen.title} 提案{row.pk}")
            messages.success(request, "提案を見送りました。")
        row.state = Proposal.State.RECORDED if decision == "record" else Proposal.State.DECLINED
        row.decided_by, row.decided_at, row.comment = by[0], clock.now(), comment
        row.save()
