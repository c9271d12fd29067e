"""The plain form beside every sheet: one row recorded, corrected or withdrawn."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from partner.accounts import audit
from partner.accounts.permissions import needs
from partner.common.refusal import Refusal
from partner.desk import entry, names
from partner.desk.entry import BASE, DO, REQUEST, EntryForm
from partner.desk.pages import with_refusals
from partner.desk.told_rows import Words, day_of_lists, hidden_columns
from partner.facts.intake.entering import Entered, enter, recorded, withdraw
from partner.facts.intake.kinds import Kind, find
from partner.facts.intake.spelling import entered, numbers_of


@needs("intake.load")
@with_refusals
def intake_enter(request: HttpRequest, kind: str) -> HttpResponse:
    """A new row of a kind."""
    chosen = find(kind)
    if request.method == "POST":
        return _typed(request, chosen, None)
    form = EntryForm(chosen, day_of_lists(chosen, ""))
    return _page(request, chosen, form, entry.new_request(), None)


@needs("intake.load")
@with_refusals
def intake_correct(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """A recorded row, to be corrected. Of an older version the one now believed is shown."""
    chosen = find(kind)
    if request.method == "POST":
        return _typed(request, chosen, _read(chosen, number, request.POST.get(BASE, "")))
    fact = recorded(chosen, number)
    if fact.pk != number:
        return redirect("desk:intake_correct", kind, fact.pk)
    _audit_numbers(request, chosen, fact)
    values = entered(chosen, fact)
    form = EntryForm(
        chosen, day_of_lists(chosen, values.get(chosen.at)), initial=values, hidden=_kept(request, chosen),
        correcting=True,
    )  # fmt: skip
    return _page(request, chosen, form, entry.new_request(), fact)


def _read(kind: Kind, number: int, base: str) -> Any:
    """The version of the row that the form showed, whatever became of it since. Raises Refusal."""
    told = kind.stream.told.objects
    of_address = told.filter(pk=number).first() if number < 2**62 else None
    pk = int(base) if base.isascii() and base.isdigit() and len(base) < 18 else number
    found = told.filter(pk=pk, source_key=of_address.source_key).first() if of_address else None
    if found is None:
        raise Refusal("unknown_row", f"「{kind.label}」のこの行はありません。")
    return found


def _kept(request: HttpRequest, kind: Kind) -> frozenset[str]:
    """Columns that a correction leaves as they are: numbers that one may not see."""
    return frozenset() if names.may_see(request) else frozenset(column.name for column in kind.parties)


def _audit_numbers(request: HttpRequest, kind: Kind, fact: Any) -> None:
    """Who looks at a registrant's number beside what is recorded of him leaves a row."""
    if names.may_see(request):
        for subject in numbers_of(kind, [fact]):
            audit.record(request, "record_seen", subject=subject, detail=f"{kind.label}の行（管理番号）")


# ── what was typed ──


def _typed(request: HttpRequest, kind: Kind, fact: Any) -> HttpResponse:
    """Records what was typed, or shows it again with what is wrong."""
    key, kept = entry.request_of(request.POST), _kept(request, kind) if fact is not None else frozenset[str]()
    at = day_of_lists(kind, request.POST.get(kind.at, ""))
    form = EntryForm(kind, at, data=request.POST, hidden=kept, correcting=fact is not None)
    form.is_valid()
    if request.POST.get(DO) == "lists":
        return _page(request, kind, form, key, fact)
    before = entered(kind, fact) if kept else {}
    given = {**form.cleaned_data, **{name: before[name] for name in kept}}
    try:
        made = enter(kind, given, request=key, by=audit.by_of(request), read=fact)
    except Refusal as refusal:
        form.blame(refusal.faults)
        return _again(request, kind, form, key, fact, refusal.faults[0].code)
    _say(request, kind, made, "新規" if fact is None else "訂正")
    return redirect("desk:intake_enter" if request.POST.get(DO) == "more" else "desk:intake_rows", kind.kind)


def _again(request: HttpRequest, kind: Kind, form: EntryForm, key: str, fact: Any, code: str) -> HttpResponse:
    """The form as it was typed; beside it what is recorded now, if that is what stands in the way."""
    now = recorded(kind, fact.pk) if code == "overtaken" else None
    told = Words(kind).told(entered(kind, now), _hidden(request, kind)) if now is not None else []
    return _page(request, kind, form, key, now or fact, told)


def _say(request: HttpRequest, kind: Kind, made: Entered, how: str) -> None:
    """What was done, to who did it and to the audit trail."""
    if made.load is None:
        already = "この入力は、すでに記録しています。" if how == "新規" else "前と同じです。記録は変わっていません。"
        messages.success(request, already)
        return
    audit.record(request, "loaded", detail=f"取込{made.load}　{kind.label}　画面入力（{how}）")
    done = {"新規": "記録しました", "訂正": "訂正しました", "取消": "取り消しました"}[how]
    messages.success(request, f"{done}（取込{made.load}）。")


def _page(
    request: HttpRequest, kind: Kind, form: EntryForm, key: str, fact: Any, told: list[tuple[str, str]] | None = None
) -> HttpResponse:
    context = {
        "kind": kind, "form": form, "fact": fact, "request_key": key, "told": told, "rules": entry.rules(kind),
        "at_label": kind.column(kind.at).label if kind.at and any(one.list for one in kind.columns) else "",
        "kept": [column.label for column in kind.parties if column.name in form.hidden_columns],
        "names": {"request": REQUEST, "base": BASE, "do": DO},
    }  # fmt: skip
    return render(request, "desk/intake/enter.html", context, status=400 if form.errors else 200)


# ── a row taken back ──


@needs("intake.load")
@with_refusals
def intake_withdraw(request: HttpRequest, kind: str, number: int) -> HttpResponse:
    """What will be withdrawn, to be looked at once more; and, once confirmed, that."""
    chosen, faults = find(kind), []
    if request.method == "POST":
        fact = _read(chosen, number, request.POST.get(BASE, ""))
        try:
            made = withdraw(chosen, fact, by=audit.by_of(request))
        except Refusal as refusal:
            faults = list(refusal.faults)
        else:
            _say(request, chosen, made, "取消")
            return redirect("desk:intake_rows", kind)
    fact = recorded(chosen, number)
    _audit_numbers(request, chosen, fact)
    context = {
        "kind": chosen, "fact": fact, "faults": faults, "base": BASE,
        "told": Words(chosen).told(entered(chosen, fact), _hidden(request, chosen)),
    }  # fmt: skip
    return render(request, "desk/intake/withdraw.html", context, status=400 if faults else 200)


def _hidden(request: HttpRequest, kind: Kind) -> frozenset[str]:
    return hidden_columns(kind, names.may_see(request))
