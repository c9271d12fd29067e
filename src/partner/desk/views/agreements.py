"""合意事項・打合簿・変更契約: what is open, what was agreed and when, and what was changed in the contract."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from partner.accounts.permissions import allowed, needs
from partner.common.refusal import Refusal
from partner.desk.pages import with_refusals
from partner.ledger import clock
from partner.submissions.actions import Actor
from partner.submissions.agreements.keeping import (
    STATES,
    open_question,
    record_amendment,
    record_minutes,
    say,
    state_of,
)
from partner.submissions.models import Agreement, AgreementNote, Amendment, Minutes

_MISSING = {
    "required": "入力してください。",
    "invalid": "2026-10-07 のように入力してください。",
    "invalid_choice": "選び直してください。",
}
_CHIPS = {"open": "way", "answered": "way", "agreed": "done", "dropped": ""}
_KIND = AgreementNote.Kind


def _text(label: str, rows: int = 3, *, required: bool = True, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=8_000, help_text=help_text, error_messages=_MISSING,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def _line(label: str, *, required: bool = True, help_text: str = "", most: int = 120) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=most, help_text=help_text, error_messages=_MISSING
    )


def _day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"})
    return forms.DateField(label=label, required=required, help_text=help_text, error_messages=_MISSING, widget=widget)


class QuestionForm(forms.Form):
    """A question with its proposal."""

    subject = _line("件名")
    question = _text("協議する点")
    proposal = _text("提案")
    until_agreed = _text("合意までの扱い", 2, required=False)
    concerns = _line("影響する報告書・項目", required=False, help_text="例：月次 M3、M4", most=200)


class NoteForm(forms.Form):
    """What became of a question."""

    kind = forms.ChoiceField(label="種類", error_messages=_MISSING)
    text = _text("内容")
    agreed_on = _day("合意した日", required=False, help_text="合意を記録するときだけ")
    holds_from = _day("適用の初日", required=False, help_text="この日を含む期間の報告書から適用する")
    minutes = forms.ModelChoiceField(
        Minutes.objects.none(), label="打合簿", required=False, empty_label="なし", error_messages=_MISSING
    )

    def __init__(self, *args: Any, kinds: list[str], **more: Any) -> None:
        super().__init__(*args, **more)
        chosen: Any = self.fields["kind"]
        chosen.choices = [(kind.value, kind.label) for kind in _KIND if kind in kinds]
        known: Any = self.fields["minutes"]
        known.queryset = Minutes.objects.order_by("-number")
        known.label_from_instance = lambda row: f"第{row.number}号　{row.held_on}　{row.subject}"
        if _KIND.AGREED not in kinds:
            for name in ("agreed_on", "holds_from", "minutes"):
                del self.fields[name]


class MinutesForm(forms.Form):
    """打合簿."""

    held_on = _day("開催日")
    subject = _line("件名")
    attendants = _text("出席者", 2, help_text="課室と職名。個人の名前は書きません。")
    body = _text("内容", 6)
    decisions = _text("決定事項", 3, required=False)


class AmendmentForm(forms.Form):
    """変更契約."""

    concluded_on = _day("締結日")
    holds_from = _day("適用日")
    subject = _line("件名")
    change = _text("変更の内容", 5)


@needs("agreements.see")
@with_refusals
def agreements(request: HttpRequest) -> HttpResponse:
    """Everything in one page: open questions first, then minutes, then amendments."""
    rows: Any = Agreement.objects.prefetch_related("notes").order_by("code")
    told = [{"row": row, "state": state_of(row), "agreed": _agreed(row)} for row in rows]
    for one in told:
        one |= {"label": STATES[one["state"]], "chip": _CHIPS[one["state"]]}
    replaced = set(Minutes.objects.filter(corrects__isnull=False).values_list("corrects_id", flat=True))
    context = {
        "open": [one for one in told if one["state"] in ("open", "answered")],
        "closed": [one for one in told if one["state"] in ("agreed", "dropped")],
        "minutes": [{"row": row, "is_replaced": row.pk in replaced} for row in Minutes.objects.order_by("-number")],
        "amendments": Amendment.objects.order_by("-number"), "may_keep": allowed(request, "agreements.keep"),
    }  # fmt: skip
    return render(request, "desk/agreements/list.html", context)


def _agreed(row: Agreement) -> AgreementNote | None:
    found = [note for note in row.notes.all() if note.kind == _KIND.AGREED]
    return found[-1] if found else None


@needs("agreements.see")
@with_refusals
def agreement(request: HttpRequest, code: str) -> HttpResponse:
    """One question with all that was said; a POST says more."""
    rows: Any = Agreement.objects.prefetch_related("notes__minutes")
    row = get_object_or_404(rows, code=code)
    kinds = [
        kind.value
        for kind in _KIND
        if allowed(request, "agreements.answer" if kind == _KIND.ANSWER else "agreements.keep")
    ]
    form = NoteForm(request.POST or None, kinds=kinds) if kinds else None

    def keep(by: Actor, said: dict[str, Any]) -> str:
        note = say(agreement=row, by=by, now=clock.now(), **said)
        return f"「{note.get_kind_display()}」を記録しました。"

    if form is not None and _kept(request, form, keep):
        return redirect("desk:agreement", code)
    state = state_of(row)
    context = {
        "row": row, "state": STATES[state], "chip": _CHIPS[state], "notes": sorted(row.notes.all(), key=lambda one: one.pk), "form": form,
    }  # fmt: skip
    return render(
        request, "desk/agreements/page.html", context, status=400 if form is not None and form.errors else 200
    )


def _kept(request: HttpRequest, form: forms.Form, keep: Callable[[Actor, dict[str, Any]], str]) -> bool:
    """Whether the form was sent and recorded. What is refused stands at the form, with all that was written."""
    if request.method != "POST" or not form.is_valid():
        return False
    user: Any = request.user
    try:
        messages.success(request, keep(Actor.of(user), form.cleaned_data))
    except Refusal as refusal:
        form.add_error(None, refusal.faults[0].message)
        return False
    return True


def _page(
    request: HttpRequest, form: forms.Form, title: str, help_text: str, keep: Callable[[Actor, dict[str, Any]], str]
) -> HttpResponse:
    if _kept(request, form, keep):
        return redirect(reverse("desk:agreements"))
    context = {"form": form, "title": title, "help_text": help_text}
    return render(request, "desk/agreements/form.html", context, status=400 if form.errors else 200)


@needs("agreements.keep")
@with_refusals
def agreement_add(request: HttpRequest) -> HttpResponse:
    """A new question."""

    def keep(by: Actor, said: dict[str, Any]) -> str:
        return f"{open_question(by=by, now=clock.now(), **said).code} として記録しました。"

    return _page(
        request,
        QuestionForm(request.POST or None),
        "協議事項を加える",
        "契約書の文言では決まらない数え方・期限・目標を、提案とともに残します。",
        keep,
    )


@needs("agreements.keep")
@with_refusals
def minutes_add(request: HttpRequest) -> HttpResponse:
    """New minutes; with `corrects` those that replace others."""
    old = (
        get_object_or_404(Minutes, number=request.GET["corrects"])
        if request.GET.get("corrects", "").isdigit()
        else None
    )
    begun = (
        {name: getattr(old, name) for name in ("held_on", "subject", "attendants", "body", "decisions")}
        if old
        else None
    )

    def keep(by: Actor, said: dict[str, Any]) -> str:
        return f"打合簿 第{record_minutes(by=by, now=clock.now(), corrects=old, **said).number}号を記録しました。"

    title = f"打合簿 第{old.number}号を訂正する" if old else "打合簿を記録する"
    return _page(
        request,
        MinutesForm(request.POST or None, initial=begun),
        title,
        "記録したものは変わりません。誤りは、訂正した打合簿を新しい番号で残します。",
        keep,
    )


@needs("agreements.see")
@with_refusals
def minutes(request: HttpRequest, number: int) -> HttpResponse:
    """One 打合簿."""
    row = get_object_or_404(Minutes, number=number)
    context = {
        "row": row, "replaced_by": Minutes.objects.filter(corrects=row).first(),
        "notes": row.notes.select_related("agreement").order_by("id"), "may_keep": allowed(request, "agreements.keep"),
    }  # fmt: skip
    return render(request, "desk/agreements/minutes.html", context)


@needs("agreements.keep")
@with_refusals
def amendment_add(request: HttpRequest) -> HttpResponse:
    """A new amendment of the contract."""

    def keep(by: Actor, said: dict[str, Any]) -> str:
        return f"変更契約 第{record_amendment(by=by, now=clock.now(), **said).number}号を記録しました。"

    return _page(
        request,
        AmendmentForm(request.POST or None),
        "変更契約を記録する",
        "設定（期限、目標など）の変更は「定義・期限・様式」で、この変更契約を根拠として行います。",
        keep,
    )
