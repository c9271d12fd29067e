"""取込の履歴: every file that was loaded, and what each changed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partner.accounts.permissions import allowed, needs
from partner.common.refusal import Refusal
from partner.desk import loaded, taking
from partner.desk.pages import Pages, with_refusals
from partner.desk.views.intake import begin
from partner.facts.intake.kinds import KINDS
from partner.facts.models import Coverage, Load
from partner.work.models import Task


@needs("intake.see")
@with_refusals
def loads(request: HttpRequest) -> HttpResponse:
    """All loads, the latest first, or those of one kind."""
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in KINDS else ""
    rows = Load.objects.order_by("-recorded_at", "-id")
    rows = rows.filter(kind=kind) if kind else rows
    pages = Pages.of(request.GET.get("page", ""), rows.count())
    shown = [{"row": row, "kind": label(row.kind)} for row in rows[pages.offset : pages.offset + pages.size]]
    context = {
        "loads": shown, "paging": pages.links(request.path, {"kind": kind}), "chosen": kind,
        "kinds": [(one.kind, one.label) for one in KINDS.values()],
    }  # fmt: skip
    return render(request, "desk/intake/loads.html", context)


def label(kind: str) -> str:
    """The kind's name for people."""
    return KINDS[kind].label if kind in KINDS else kind


def found(number: int) -> Load:
    """The load of that number. Raises Refusal."""
    row = Load.objects.filter(pk=number).first() if number < 2**62 else None
    if row is None:
        raise Refusal("unknown_load", f"取込{number}はありません。")
    return row


@needs("intake.see")
@with_refusals
def load(request: HttpRequest, number: int) -> HttpResponse:
    """One load: its counts, what it changed, the days it completed, and the way back."""
    row = found(number)
    changed = loaded.of(row)
    size = changed.came.count() + changed.went.count() if changed else 0
    pages = Pages.of(request.GET.get("page", ""), size)
    waiting, undoing = _own(request, row, taking.LOAD), _own(request, row, taking.UNDO)
    context: dict[str, Any] = {
        "load": row, "kind": label(row.kind), "changed": changed.stretch(pages.offset, pages.size) if changed else [],
        "size": size, "paging": pages.links(request.path, {}, "#changed"), "told": Coverage.objects.filter(load=row.pk),
        "waiting": waiting, "returned": taking.returned_file(waiting) if waiting else None,
        "may_undo": allowed(request, "intake.load") and _can_be_undone(row, size),
        "undone": undoing.result if undoing else None,
    }  # fmt: skip
    return render(request, "desk/intake/load.html", context)


def _can_be_undone(row: Load, size: int) -> bool:
    """Not twice; and not where its facts do not say that they came with it."""
    return row.superseded_at is None and row.kind in KINDS and bool(size or not row.new)


def _own(request: HttpRequest, row: Load, step: str) -> Task | None:
    """One's own task that made this load, or took it back, while it is kept."""
    own = Task.objects.filter(owner=request.user.get_username(), step=step, state=Task.State.DONE)
    return next((task for task in own.order_by("-pk") if task.result.get("load") == row.pk), None)


@needs("intake.load")
@with_refusals
def load_undo(request: HttpRequest, number: int) -> HttpResponse:
    """What taking the load back will do; and, once confirmed, that."""
    row = found(number)
    changed = loaded.of(row)
    if row.superseded_at is not None or changed is None:
        raise Refusal("already_undone", f"取込{row.pk}はすでに取り消されています。")
    if request.method == "POST":
        user: Any = request.user
        return begin(request, taking.undoing_of(row, user), taking.UNDO, taking.take_back)
    context = {
        "load": row, "kind": changed.kind, "told": Coverage.objects.believed().filter(load=row.pk),
        "believed": changed.kind.stream.told.objects.believed().filter(load=row.pk).count(),
        "replaced": changed.replaced.count(), "withdrew": changed.went.count(),
    }  # fmt: skip
    return render(request, "desk/intake/undo.html", context)
