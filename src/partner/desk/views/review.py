"""報告確認: JICA's pages. The last report beside this one, explanations, comments, and the decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partner.accounts.permissions import allowed, needs
from partner.common.refusal import Refusal
from partner.desk import labels
from partner.desk.pages import address, with_refusals
from partner.ledger import clock
from partner.reports import wording
from partner.submissions import schedule, states
from partner.submissions.actions import Actor, move
from partner.submissions.commenting import comments_of, say
from partner.submissions.deciding import check_until, decide, resubmit_until
from partner.submissions.expected import extra_days
from partner.submissions.models import Step, Submission
from partner.submissions.reviewing import Review, sealed
from partner.submissions.standing import Standing
from partner.submissions.states import LABELS
from partner.submissions.years import has_years, side_by_side

_WAITING = (states.SUBMITTED, states.RECEIVED)


@needs("reports.review")
@with_refusals
def reviews(request: HttpRequest) -> HttpResponse:
    """確認待ちの報告書, and what was accepted or sent back."""
    rows: Any = Submission.objects.select_related("report").prefetch_related("report__steps").order_by("-at")
    waiting: list[dict[str, Any]] = []
    done: list[dict[str, Any]] = []
    for row in rows[:200]:
        last = list(row.report.steps.all())[-1]
        line = {
            "row": row,
            "name": row.report.name,
            "state": LABELS[last.state],
            "until": _until(last),
        }
        (waiting if last.state in _WAITING and last.submission_id == row.pk else done).append(line)
    return render(request, "desk/review/list.html", {"waiting": waiting, "done": done})


def _until(last: Step) -> Any:
    return check_until(last.at) if last.state == states.RECEIVED else None


@needs("reports.review")
@with_refusals
def review(request: HttpRequest, number: int) -> HttpResponse:
    """One submission beside the one before."""
    rows: Any = Submission.objects.select_related("report").prefetch_related("files", "report__due_changes")
    row = get_object_or_404(rows, pk=number)
    return render(request, "desk/review/page.html", _context(request, row, {}))


def _context(request: HttpRequest, row: Submission, kept: dict[str, Any]) -> dict[str, Any]:
    found, standing, now = Review(row), Standing(row.report), clock.now()
    receipt = standing.last("receive")
    is_last = standing.submission is not None and standing.submission.pk == row.pk
    until = check_until(receipt.at) if receipt else None
    sections = [{**one, "title": one["title"] or labels.TITLES.get(one["key"], "")} for one in found.sections()]
    only_marked = request.GET.get("only") == "marked"
    comments = comments_of(row.report)
    return {
        "row": row, "report": row.report, "name": row.report.name, "standing": standing,
        "sections": [one for one in sections if one["marked"]] if only_marked else sections, "all": sections,
        "only_marked": only_marked, "marked": sum(one["marked"] for one in sections), "texts": found.texts(),
        "until": until, "left": schedule.left(now.date(), until.date(), extra_days()) if until else None,
        "resubmit_until": resubmit_until(now), "may_decide": allowed(request, "reports.accept"), "is_last": is_last,
        "is_received": is_last and standing.state == states.RECEIVED, "is_sent": is_last and standing.state == states.SUBMITTED,
        "comments": [one for one in comments if one.parent_id is None],
        "answers": {one.pk: [row for row in comments if row.parent_id == one.pk] for one in comments}, "kept": kept,
        "has_years": has_years(row, found.data["headlines"]), "last": found.last,
    }  # fmt: skip


@needs("reports.review")
@with_refusals
def review_years(request: HttpRequest, number: int) -> HttpResponse:
    """The same period of five years, item by item."""
    row = get_object_or_404(Submission.objects.select_related("report"), pk=number)
    periods, lines = side_by_side(row, sealed(row)["headlines"])
    told = [
        {
            "item": line.item, "title": labels.TITLES.get(line.item, ""), "figure": line.figure,
            "style": wording.style_of(line.figure.unit), "change": line.change,
            "cells": [{"period": at, "value": value, "url": _figure(line.figure.key, at.key, row)} for at, value in zip(periods, line.values, strict=True)],
        }
        for line in lines
    ]  # fmt: skip
    context = {
        "row": row,
        "report": row.report,
        "name": row.report.name,
        "periods": periods,
        "lines": told,
    }
    return render(request, "desk/review/years.html", context)


def _figure(key: str, period: str, row: Submission) -> str:
    return address(reverse("desk:figure", args=[key, period]), {"known_at": row.cut.isoformat()})


@needs("reports.accept")
@require_POST
@with_refusals
def review_act(request: HttpRequest, number: int) -> HttpResponse:
    """受領, 受理, 差戻し. What is refused keeps what was written."""
    row = get_object_or_404(Submission.objects.select_related("report"), pk=number)
    user: Any = request.user
    by, now, act = Actor.of(user), clock.now(), request.POST.get("act", "")
    ticked, comment = set(request.POST.getlist("ticked")), request.POST.get("comment", "")
    try:
        if act == "receive":
            move(report=row.report, name="receive", by=by, now=now, comment="確認画面で受領した。")
        elif act in ("accept", "send_back"):
            decide(submission=row, name=act, ticked=ticked, comment=comment, by=by, now=now)
        else:
            raise Refusal("unknown_step", "受理するか差し戻すかを選んでください。")
    except Refusal as refusal:
        kept = {"ticked": ticked, "comment": comment, "act": act, "fault": refusal.faults[0]}
        return render(request, "desk/review/page.html", _context(request, row, kept), status=400)
    messages.success(
        request, {"receive": "受領しました。", "accept": "受理しました。", "send_back": "差し戻しました。"}[act]
    )
    return redirect("desk:review", number)


@needs("reports.comment")
@require_POST
@with_refusals
def review_comment(request: HttpRequest, number: int) -> HttpResponse:
    """A comment on a place of the submission."""
    row = get_object_or_404(Submission.objects.select_related("report"), pk=number)
    user: Any = request.user
    try:
        say(
            report=row.report,
            body=request.POST.get("body", ""),
            place=request.POST.get("place", ""),
            by=Actor.of(user),
            now=clock.now(),
        )
    except Refusal as refusal:
        messages.error(request, str(refusal.faults[0]))
    return redirect(reverse("desk:review", args=[number]) + "#comments")
