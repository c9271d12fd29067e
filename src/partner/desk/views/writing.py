"""Texts of a report: kept while they are typed, taken over, thrown away; and comments."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from partner.accounts.permissions import needs
from partner.common.refusal import Refusal
from partner.desk.views.work import back
from partner.ledger import clock
from partner.submissions.actions import Actor
from partner.submissions.commenting import say
from partner.submissions.expected import expected
from partner.submissions.models import Comment
from partner.submissions.writing import discard_draft, save_draft, write


@needs("reports.prepare")
@require_POST
def work_text(request: HttpRequest, kind: str, period: str, place: str) -> HttpResponse:
    """A text: kept while it is typed (`draft`), taken over, or the own words thrown away."""
    user: Any = request.user
    by, now, body = Actor.of(user), clock.now(), request.POST.get("body", "")
    act = request.POST.get("act", "write")
    try:
        report, seen = expected(kind, period), _instant(request.POST.get("seen", ""))
        if act == "draft":
            save_draft(report=report, place=place, body=body, seen=seen, by=by, now=now)
        elif act == "discard":
            discard_draft(report=report, place=place, by=by)
        else:
            write(report=report, place=place, body=body, seen=seen, by=by, now=now)
    except Refusal as refusal:
        if _is_script(request):
            return JsonResponse({"said": str(refusal.faults[0])}, status=409)
        messages.error(request, str(refusal.faults[0]))
        return back(kind, period, f"t-{place}")
    if _is_script(request):
        return JsonResponse({"said": f"{now:%-H時%M分}に自動保存しました"})
    messages.success(
        request,
        "下書きを捨てました。" if act == "discard" else "保存しました。" if act == "draft" else "報告書に入れました。",
    )
    return back(kind, period, f"t-{place}")


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        raise Refusal("bad_form", "画面を開き直してください。書いたものは下書きに残っています。") from None


@needs("reports.comment")
@require_POST
def work_comment(request: HttpRequest, kind: str, period: str) -> HttpResponse:
    """A comment, an answer, or 解決."""
    user: Any = request.user
    anchor = "comments"
    try:
        parent = _parent(request.POST.get("parent", ""))
        row = say(
            report=parent.report if parent else expected(kind, period), body=request.POST.get("body", ""), by=Actor.of(user),
            now=clock.now(), place=request.POST.get("place", ""), parent=parent, settles=request.POST.get("act") == "settle",
        )  # fmt: skip
        anchor = f"comment-{row.parent_id or row.pk}"
    except Refusal as refusal:
        messages.error(request, str(refusal.faults[0]))
    return back(kind, period, anchor)


def _parent(text: str) -> Comment | None:
    if not text:
        return None
    row = (
        Comment.objects.select_related("report").filter(pk=int(text)).first()
        if text.isascii() and text.isdigit()
        else None
    )
    if row is None:
        raise Refusal("unknown_comment", "そのコメントはありません。画面を開き直してください。")
    return row
