"""照会対応: a question tried out, kept with its answer, approved by another person, sent, and asked again."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from partner.accounts import audit
from partner.accounts.permissions import allowed, needs
from partner.common.period import jst_day
from partner.common.refusal import Refusal
from partner.desk.pages import Pages, with_refusals
from partner.desk.questions import Question
from partner.documents.data_sheet import as_csv
from partner.documents.html import render_fragment
from partner.figures.engine import Evaluation
from partner.ledger import clock
from partner.submissions.actions import Actor
from partner.submissions.enquiries import paper
from partner.submissions.enquiries.answering import ask, ask_again, decide, state_of
from partner.submissions.enquiries.compared import compared
from partner.submissions.enquiries.computed import computed
from partner.submissions.models import Enquiry, EnquiryAnswer

STATES = {
    "waiting": ("way", "承認待ち"),
    "approved": ("done", "承認済み"),
    "declined": ("stop", "差し戻し"),
    "sent": ("done", "送付済み"),
}
TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}
_GIVEN = ("approved", "sent")


@needs("enquiries.see")
@with_refusals
def enquiries(request: HttpRequest) -> HttpResponse:
    """The list, latest first. JICA sees what was approved."""
    rows: Any = Enquiry.objects.prefetch_related("answers__steps").order_by("-number")
    told = [line for row in rows if (line := _line(row, list(_visible(request, row)))) is not None]
    pages = Pages.of(request.GET.get("page", ""), len(told))
    first = (pages.number - 1) * pages.size
    context = {"rows": told[first : first + pages.size], "pages": pages, "may_make": allowed(request, "enquiries.make")}
    return render(request, "desk/enquiries/list.html", context)


def _visible(request: HttpRequest, row: Enquiry) -> list[EnquiryAnswer]:
    answers = sorted(row.answers.all(), key=lambda one: one.version)
    inside = allowed(request, "enquiries.make") or allowed(request, "enquiries.approve")
    return answers if inside else [one for one in answers if state_of(one) in _GIVEN]


def _line(row: Enquiry, answers: list[EnquiryAnswer]) -> dict[str, Any] | None:
    if not answers:
        return None
    chip, label = STATES[state_of(answers[-1])]
    return {"row": row, "answer": answers[-1], "chip": chip, "state": label, "times": len(answers)}


@needs("enquiries.make")
@with_refusals
def enquiry_new(request: HttpRequest) -> HttpResponse:
    """Tried out by its address; saved by a POST of the same with who asked. What is refused keeps everything filled in."""
    now = clock.now()
    filled = request.POST if request.method == "POST" else request.GET
    question = Question(filled, jst_day(now))
    context: dict[str, Any] = {
        "form": question.form(), "filled": filled, "today_text": jst_day(now).isoformat(), "carried": question.carried,
    }  # fmt: skip
    status = 200
    try:
        if request.method == "POST":
            made = _saved(request, question)
            messages.success(request, f"参考提出 No.{made.enquiry.number} として保存しました。承認を頼んでください。")
            return redirect("desk:enquiry", made.enquiry.number)
        if question.is_begun:
            context |= _tried(question)
    except Refusal as refusal:
        context["fault"], status = refusal.faults[0], 400
        if request.method == "POST":
            context |= _kept(question)
    return render(request, "desk/enquiries/new.html", context, status=status)


def _tried(question: Question) -> dict[str, Any]:
    evaluation = Evaluation(clock.last())
    data = computed(question.asked(evaluation), evaluation)
    made = paper.document("試しの集計", (), data, evaluation.cut, final=False)
    return {"data": data, "fragment": mark_safe(render_fragment(made))}  # noqa: S308 - Jinja escaped it


def _kept(question: Question) -> dict[str, Any]:
    try:
        return _tried(question)
    except Refusal:
        return {}


def _saved(request: HttpRequest, question: Question) -> EnquiryAnswer:
    user: Any = request.user
    sent, now = request.POST, clock.now()
    asked = question.asked(Evaluation(clock.last()))
    return ask(
        asked=asked, subject=sent.get("subject", ""), asked_by=sent.get("asked_by", ""), asked_on=_day(sent.get("asked_on", "")),
        question=sent.get("question", ""), by=Actor.of(user), now=now,
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@needs("enquiries.see")
@with_refusals
def enquiry(request: HttpRequest, number: int) -> HttpResponse:
    """One enquiry with an answer: the latest that may be seen, or the one that the address names."""
    row, answers, answer = _found(request, number)
    before = next((one for one in reversed(answers) if one.version < answer.version), None)
    chip, label = STATES[state_of(answer)]
    user: Any = request.user
    made = paper.document(_title(answer), _facts(answer), answer.data, answer.cut, final=state_of(answer) in _GIVEN)
    context = {
        "row": row, "answer": answer, "answers": [{"row": one, "state": STATES[state_of(one)]} for one in reversed(answers)],
        "chip": chip, "state": label, "steps": answer.steps.order_by("id"), "waiting": state_of(answer) == "waiting",
        "fragment": mark_safe(render_fragment(made)),  # noqa: S308 - Jinja escaped it
        "differences": compared(before.data, answer.data) if before else [], "before": before,
        "may_approve": allowed(request, "enquiries.approve") and state_of(answer) == "waiting" and answer.by_login != user.username,
        "is_own": answer.by_login == user.username, "may_send": allowed(request, "enquiries.make") and state_of(answer) == "approved",
        "may_again": allowed(request, "enquiries.make") and answer == answers[-1] and state_of(answer) != "waiting",
        "formats": TYPES, "kept": request.GET.get("comment", ""),
    }  # fmt: skip
    return render(request, "desk/enquiries/page.html", context)


def _found(request: HttpRequest, number: int) -> tuple[Enquiry, list[EnquiryAnswer], EnquiryAnswer]:
    rows: Any = Enquiry.objects.prefetch_related("answers__steps")
    row = get_object_or_404(rows, number=number)
    answers = _visible(request, row)
    asked = request.GET.get("version", "")
    chosen = [one for one in answers if not asked or str(one.version) == asked]
    if not chosen:
        raise Refusal("unknown_row", "この照会の回答は、まだありません。")
    return row, answers, chosen[-1]


def _title(answer: EnquiryAnswer) -> str:
    again = f"（第{answer.version}回）" if answer.version > 1 else ""
    return f"参考提出 No.{answer.enquiry.number}{again}　{answer.enquiry.subject}"


def _facts(answer: EnquiryAnswer) -> tuple[tuple[str, str], ...]:
    row = answer.enquiry
    told = [("照会元", row.asked_by), ("照会を受けた日", f"{row.asked_on:%Y-%m-%d}"), ("照会の内容", row.question)]
    told += [("絞り込み", "、".join(f"{one['label']}：{one['code_label']}" for one in answer.data["where"]))]
    return tuple((name, text) for name, text in told if text)


@needs("enquiries.see")
@require_POST
@with_refusals
def enquiry_act(request: HttpRequest, number: int) -> HttpResponse:
    """承認, 差し戻し, 送付, or the same question once more."""
    row, _, answer = _found(request, number)
    user: Any = request.user
    by, now, act = Actor.of(user), clock.now(), request.POST.get("act", "")
    try:
        if act == "again":
            made = ask_again(enquiry=row, by=by, now=now)
            messages.success(request, f"いまの記録で集計し直しました（第{made.version}回）。承認を頼んでください。")
        else:
            wanted = row.answers.get(version=answer.version)
            step = decide(answer=wanted, name=act, comment=request.POST.get("comment", ""), by=by, now=now)
            messages.success(request, f"{step.get_name_display()}を記録しました。")
    except Refusal as refusal:
        messages.error(request, str(refusal.faults[0]))
    return redirect("desk:enquiry", number)


@needs("enquiries.see")
@with_refusals
def enquiry_file(request: HttpRequest, number: int, format: str) -> HttpResponse:
    """The answer as xlsx or csv. Until it is approved only those who make it get one, marked 作成中."""
    _, _, answer = _found(request, number)
    if format not in TYPES:
        raise Refusal("unknown_format", f"形式「{format}」は作れません。作れるもの：{'、'.join(TYPES)}")
    if format == "csv":
        content = as_csv(paper.sheet(answer.data, answer.cut))
    else:
        content = paper.xlsx(_title(answer), _facts(answer), answer.data, answer.cut, final=state_of(answer) in _GIVEN)
    name = f"reference-{number:03}-{answer.version}.{format}"
    audit.record(request, "exported", detail=f"参考提出 {name}")
    return HttpResponse(
        content, content_type=TYPES[format], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
