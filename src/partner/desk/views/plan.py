"""担当・代理・期限: who answers for which part of a report, its back-schedule, and changes of its due date."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from partner.accounts.models import User
from partner.accounts.permissions import allowed, needs
from partner.accounts.roles import may
from partner.common.period import JST
from partner.common.refusal import Refusal
from partner.desk import labels
from partner.desk.beside import Beside
from partner.desk.pages import with_refusals
from partner.ledger import clock
from partner.submissions import schedule
from partner.submissions.actions import Actor
from partner.submissions.assignments import PARTS, Assignments
from partner.submissions.blocking import ITEM
from partner.submissions.expected import expected, extra_days
from partner.submissions.happening import KINDS
from partner.submissions.models import Assignment, Composed, DueChange, ExpectedReport
from partner.submissions.planning import assign, change_due
from partner.submissions.proposing import Proposal
from partner.submissions.standing import Standing
from partner.submissions.waiving import waive

_MISSING = {"required": "入力してください。", "invalid": "2026-10-07 のように入力してください。"}


class DueForm(forms.Form):
    """Another due date, with its ground."""

    kind = forms.ChoiceField(label="種類", choices=[(one.value, one.label) for one in DueChange.Kind])
    due_on = forms.DateField(
        label="新しい期限の日", error_messages=_MISSING, widget=forms.DateInput(attrs={"type": "date"})
    )
    due_time = forms.TimeField(
        label="時刻",
        initial=time(17),
        error_messages={"required": "入力してください。", "invalid": "17:00 のように入力してください。"},
    )
    agreed_on = forms.DateField(
        label="合意した日", required=False, error_messages=_MISSING, widget=forms.DateInput(attrs={"type": "date"})
    )
    ground = forms.CharField(
        label="根拠",
        required=False,
        max_length=400,
        help_text="例：監督職員と電子メールで合意（打合簿 第3号）",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@needs("reports.see")
@with_refusals
def plan(request: HttpRequest, kind: str, period: str) -> HttpResponse:
    """The page; a POST changes the due date or one assignment."""
    report = expected(kind, period)
    now = clock.now()
    moved = Beside(report, Standing(report), now, extra_days()).moved
    form = DueForm(
        request.POST if request.method == "POST" and request.POST.get("act") == "due" else None,
        initial=_proposed(moved),
    )
    if request.method == "POST":
        try:
            if _change(request, report, form):
                return redirect("desk:plan", kind, period)
        except Refusal as refusal:
            form.add_error(
                _FIELD.get(refusal.faults[0].code), str(refusal.faults[0])
            ) if form.is_bound else messages.error(request, str(refusal))
    return render(
        request,
        "desk/work/plan.html",
        {**_context(request, report, form), "moved": moved},
        status=400 if form.errors else 200,
    )


def _proposed(moved: Proposal | None) -> dict[str, Any]:
    """What the form begins with where the records would give another due date."""
    if moved is None:
        return {"due_time": time(17)}
    return {"kind": moved.kind, "due_on": moved.due_at.date(), "due_time": moved.due_at.time(), "ground": moved.why}


_FIELD = {
    "ground_missing": "ground",
    "agreed_on_missing": "agreed_on",
    "agreed_ahead": "agreed_on",
    "never_met": "due_on",
}


def _change(request: HttpRequest, report: ExpectedReport, form: DueForm) -> bool:
    user: Any = request.user
    by, now = Actor.of(user), clock.now()
    if request.POST.get("act") in ("waive", "want"):
        is_waived, ground = request.POST["act"] == "waive", request.POST.get("ground", "")
        waive(report=report, is_waived=is_waived, ground=ground, by=by, now=now)
        messages.success(request, "不要と記録しました。" if is_waived else "必要に戻しました。")
        return True
    if request.POST.get("act") == "assign":
        chosen = User.objects.filter(username=request.POST.get("login", "")).first()
        scope = None if request.POST.get("scope") == "all" else report
        assign(
            report=scope,
            part=request.POST.get("part", ""),
            duty=request.POST.get("duty", ""),
            user=chosen,
            by=by,
            now=now,
        )
        messages.success(request, "担当を記録しました。")
        return True
    if not form.is_valid():
        return False
    found = form.cleaned_data
    due_at = datetime.combine(found["due_on"], found["due_time"], JST)
    change_due(
        report=report,
        kind=found["kind"],
        due_at=due_at,
        ground=found["ground"],
        agreed_on=found["agreed_on"],
        by=by,
        now=now,
    )
    messages.success(request, "期限の変更を記録しました。当初の期限も残っています。")
    return True


def _context(request: HttpRequest, report: ExpectedReport, form: DueForm) -> dict[str, Any]:
    people = Assignments(report)
    extra = extra_days()
    today: date = clock.now().date()
    return {
        "report": report, "name": report.name, "standing": Standing(report), "form": form,
        "stages": [{"stage": one, "who": people.who(_PART.get(one.name, one.name))} for one in schedule.stages(report, extra)],
        "parts": [
            {"part": part, "label": label, "owner": people.who(part), "deputy": people.person(part, Assignment.Duty.DEPUTY)}
            for part, label in PARTS.items()
        ],
        "people": [user for user in User.objects.filter(is_active=True).order_by("id") if may(user.role, "reports.see")],
        "changes": list(report.due_changes.order_by("id")), "left": schedule.left(today, report.due.date(), extra),  # type: ignore[attr-defined]
        "may_assign": allowed(request, "reports.assign"), "duties": Assignment.Duty.choices,
        "items": _items(report), "waivers": list(report.waivers.order_by("-id")),  # type: ignore[attr-defined]
        "may_waive": report.kind in KINDS and allowed(request, "reports.assign") and not Standing(report).submissions,
    }  # fmt: skip


def _items(report: ExpectedReport) -> list[str]:
    """The sections whose records can be someone's, as last composed."""
    kept = Composed.objects.filter(kind=report.kind).order_by("-id").first()
    if kept is None:
        return [item for item in labels.TITLES if item.startswith("M")] if report.kind == "monthly" else []
    return [one["number"] for one in kept.data["sections"] if ITEM.match(one["number"] or "")]


_PART = {"sources": "records", "cut": "make", "survey": "records"}
