"""送付と受領 of a submission, and the outbox: every mail with its attempts."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partner.accounts import audit
from partner.accounts.permissions import allowed, needs
from partner.common.period import JST
from partner.common.refusal import Refusal
from partner.desk.pages import Pages, with_refusals
from partner.desk.views.submitted import submission_page
from partner.ledger import clock
from partner.outbox import states
from partner.outbox.actions import decide
from partner.outbox.models import OutgoingMail
from partner.outbox.sending import deliver as send_now
from partner.outbox.states import state_of
from partner.submissions.actions import Actor
from partner.submissions.delivering import deliver, record_receipt
from partner.submissions.evidence import Brought
from partner.submissions.models import Delivery, Submission


@needs("reports.submit")
@require_POST
def delivery_act(request: HttpRequest, number: int) -> HttpResponse:
    """A delivery, or the evidence that one arrived."""
    row = get_object_or_404(Submission.objects.select_related("report"), pk=number)
    user: Any = request.user
    by, now = Actor.of(user), clock.now()
    try:
        if request.POST.get("act") == "receipt":
            _receive(request, row, by, now)
        else:
            _deliver(request, row, by, now)
    except Refusal as refusal:
        kept = {name: value for name, value in request.POST.items() if isinstance(value, str)}
        return submission_page(request, number, {**kept, "fault": refusal.faults[0].message})
    return redirect(reverse("desk:submission", args=[number]) + "#delivery")


def _receive(request: HttpRequest, row: Submission, by: Actor, now: datetime) -> None:
    sent, file = request.POST, request.FILES.get("file")
    record_receipt(
        delivery=get_object_or_404(Delivery, pk=_number(sent.get("delivery", "")), submission=row),
        received_at=_moment(sent.get("received_at", "")), evidence=sent.get("evidence", ""), by=by, now=now,
        file=Brought(file.name or "", file.chunks()) if file else None,
    )  # fmt: skip
    messages.success(request, "受領の証拠を記録しました。")


def _deliver(request: HttpRequest, row: Submission, by: Actor, now: datetime) -> None:
    sent = request.POST
    made = deliver(
        submission=row, method=sent.get("method", ""), recipient=sent.get("recipient", ""), by=by, now=now,
        copies=_number(sent.get("copies", "")), note=sent.get("note", ""),
    )  # fmt: skip
    messages.success(request, _said(made, now))


def _said(made: Delivery, now: datetime) -> str:
    if not made.mail_key:
        return "送付を記録しました。"
    send_now(now)
    mail = OutgoingMail.objects.get(key=made.mail_key)
    return f"メールを送信箱に入れました（{state_of(mail, now).label}）。"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=JST)
    except ValueError:
        raise Refusal("bad_moment", "受領の日時を 2026-11-09T15:00 のように入力してください。") from None


@needs("outbox.see")
@with_refusals
def outbox(request: HttpRequest) -> HttpResponse:
    """メールの送信記録, the latest first."""
    now, rows = clock.now(), OutgoingMail.objects.order_by("-id")
    pages = Pages.of(request.GET.get("page", ""), rows.count())
    shown = [{"row": row, "state": state_of(row, now)} for row in rows[pages.offset : pages.offset + pages.size]]
    return render(request, "desk/outbox/list.html", {"rows": shown, "paging": pages.links(request.path, {})})


@needs("outbox.see")
@with_refusals
def outbox_mail(request: HttpRequest, number: int) -> HttpResponse:
    """One mail: its words, its files, each attempt; a POST decides where nobody knows."""
    now = clock.now()
    row = get_object_or_404(OutgoingMail.objects.prefetch_related("files", "attempts__outcomes"), pk=number)
    if request.method == "POST" and allowed(request, "outbox.decide"):
        try:
            decide(
                mail=row,
                kind=request.POST.get("act", ""),
                reason=request.POST.get("reason", ""),
                by=audit.by_of(request)[0],
                now=now,
            )
            send_now(now)
            messages.success(request, "記録しました。")
        except Refusal as refusal:
            messages.error(request, str(refusal.faults[0]))
        return redirect("desk:outbox_mail", number)
    state = state_of(row, now)
    undecided = state.name in (states.FAILED, states.UNKNOWN) and allowed(request, "outbox.decide")
    return render(request, "desk/outbox/mail.html", {"row": row, "state": state, "may_decide": undecided})
