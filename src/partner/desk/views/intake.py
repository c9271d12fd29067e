"""取込: which sheets there are, one brought, looked through, loaded or given up."""

import tempfile
from pathlib import Path
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import Max
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from partner.accounts import audit
from partner.accounts.permissions import needs
from partner.common.period import add_months, jst_day, month
from partner.common.refusal import Refusal
from partner.desk import logs, taking
from partner.desk.pages import with_refusals
from partner.facts.access.asking import covered
from partner.facts.access.rules import OWN_SOURCE
from partner.facts.intake.kinds import KINDS, find
from partner.facts.intake.loading import NONE
from partner.facts.intake.template import write_template
from partner.facts.models import Load
from partner.figures.states import States
from partner.ledger import clock
from partner.master.book import Book
from partner.work import running
from partner.work.models import Task

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MONTHS = 36


def covers_choices() -> list[tuple[str, str]]:
    """What a load may say it is complete for: what the sheet says, a month that is over, or nothing."""
    first = jst_day(clock.now()).replace(day=1)
    months = [month(add_months(first, -n)) for n in range(1, _MONTHS + 1)]
    over = [(one.key, one.label) for one in months if one.start >= clock.ORIGIN]
    return [("", "表の「設定」シートに書いたとおり"), *over, (NONE, "届け出ない（どの日もそろったとみなさない）")]


class SheetForm(forms.Form):
    """A sheet, and the days for which it is complete."""

    sheet = forms.FileField(
        label="ファイル",
        allow_empty_file=True,  # the page says it in its own words
        help_text="xlsx か csv。100 MB、20万行まで。",
        error_messages={"required": "ファイルを選んでください。", "invalid": "ファイルを選んでください。"},
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv", "data-most": taking.MAX_BYTES}),
    )
    covers = forms.ChoiceField(
        label="対象期間",
        required=False,
        help_text="この表がすべてを載せている期間です。届け出た日は「そろった」となり、数値が確報になります。",
    )

    def __init__(self, *args: Any, covers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if covers:
            self.fields["covers"].choices = covers_choices()  # type: ignore[attr-defined]
        else:
            del self.fields["covers"]


@needs("intake.load")
@with_refusals
def intake(request: HttpRequest) -> HttpResponse:
    """All kinds: when each was last loaded, until when it is complete; and what one has begun oneself."""
    taking.sweep(clock.now())
    states = States(clock.last())
    latest = Load.objects.believed().values("kind").annotate(last=Max("pk")).values("last")
    last = {row.kind: row for row in Load.objects.filter(pk__in=latest)}
    kinds = [
        {"kind": kind, "last": last.get(name), "until": states.covered_until(name) if kind.covers else None}
        for name, kind in KINDS.items()
    ]
    own = [running.settle(task) for task in Task.objects.filter(owner=request.user.get_username()).order_by("-pk")]
    begun = [task for task in own if not (task.given["kind"] == logs.KIND and task.state == Task.State.DONE)]
    begun = [task for task in begun if not task.result.get("load") or taking.returned_file(task)]
    cut = clock.last()
    reach = [hours[-1][1] for hours in covered(clock.ORIGIN, cut, cut).values()]
    context = {"kinds": kinds, "begun": begun, "logs_until": min(reach, default=None)}
    return render(request, "desk/intake/kinds.html", context)


@needs("intake.load")
@with_refusals
def intake_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """Takes one sheet of a kind, and looks it through."""
    chosen = find(kind)
    is_sent = request.method == "POST"
    form = SheetForm(request.POST if is_sent else None, request.FILES if is_sent else None, covers=chosen.covers)
    if is_sent and form.is_valid():
        sheet = form.cleaned_data["sheet"]
        covers = form.cleaned_data.get("covers", "")
        user: Any = request.user
        try:
            task = taking.bring(chosen, sheet.name, sheet.size, sheet.chunks(), covers, user)
        except Refusal as refusal:
            form.add_error("sheet", refusal.faults[0].message)
        else:
            return begin(request, task, taking.CHECK, taking.check)
    context = {"kind": chosen, "form": form, "last": Load.objects.believed().filter(kind=kind).order_by("-id").first()}
    return render(request, "desk/intake/kind.html", context, status=400 if form.errors else 200)


@needs("intake.load")
@with_refusals
def intake_template(request: HttpRequest, kind: str) -> HttpResponse:
    """The empty sheet of a kind, with the codes that hold today."""
    chosen = find(kind)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(chosen, path, Book(clock.last()), clock.now())
        content = path.read_bytes()
    answer = HttpResponse(content, content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{chosen.kind}.xlsx"'
    return answer


class LogForm(forms.Form):
    """A web server's log, and the host that wrote it."""

    log = forms.FileField(
        label="ファイル", allow_empty_file=True, help_text="Apache・nginx の combined 形式か common 形式。gzip のままでよい。100 MB まで。",
        error_messages={"required": "ファイルを選んでください。", "invalid": "ファイルを選んでください。"},
        widget=forms.FileInput(attrs={"data-most": logs.MAX_BYTES}),
    )  # fmt: skip
    source = forms.CharField(
        label="出所（サーバーの名）", required=False, max_length=120, initial=OWN_SOURCE,
        help_text="サーバーごとに決まった名を書きます。同じファイルを何度取り込んでも、増えた行だけが入ります。",
    )  # fmt: skip


@needs("intake.load")
@with_refusals
def intake_log(request: HttpRequest) -> HttpResponse:
    """Takes an access log in."""
    is_sent = request.method == "POST"
    form = LogForm(request.POST if is_sent else None, request.FILES if is_sent else None)
    if is_sent and form.is_valid():
        log, user = form.cleaned_data["log"], cast(Any, request.user)
        try:
            task = logs.bring(log.name, log.size, log.chunks(), form.cleaned_data["source"].strip(), user)
        except Refusal as refusal:
            form.add_error("log", refusal.faults[0].message)
        else:
            return begin(request, task, taking.LOAD, logs.take)
    cut = clock.last()
    sources = [{"source": source, "until": hours[-1][1]} for source, hours in covered(clock.ORIGIN, cut, cut).items()]
    context = {"form": form, "sources": sources}
    return render(request, "desk/intake/log.html", context, status=400 if form.errors else 200)


def _log_work(request: HttpRequest, task: Task) -> HttpResponse:
    """How far it is, and what was in the log."""
    counts = task.result.get("counts", {})
    context = {
        "task": task, "file": task.given["file"], "faults": task.result.get("faults", []), "state": task.result.get("state"),
        "counts": [(label, counts[name]) for name, label in logs.COUNTS if name in counts],
        "has_sheet": taking.sheet_of(task).exists(), "found": task.result.get("found", 0), "rest": 0, "most": taking.MOST_SHOWN,
    }  # fmt: skip
    return render(request, "desk/intake/log_work.html", context)


# ── one sheet ──


def mine(request: HttpRequest, key: str) -> Task:
    """The task of that key, if it is one's own. Raises Refusal."""
    task = Task.objects.filter(key=key, owner=request.user.get_username()).first()
    if task is None:
        message = "この取込はもうありません。取り込んだか、やめたか、1日たって消えました。取込の履歴で確かめられます。"
        raise Refusal("unknown_work", message)
    return running.settle(task)


def begin(request: HttpRequest, task: Task, step: str, work: running.Work) -> HttpResponse:
    """Begins the work, or says who is at it; then shows how far it is."""
    try:
        running.start(task, step, work)
    except Refusal as refusal:
        messages.warning(request, refusal.faults[0].message)
    return redirect("desk:intake_work", task.key)


@needs("intake.load")
@with_refusals
def intake_work(request: HttpRequest, key: str) -> HttpResponse:
    """How far it is; what the sheet would change; what came of it."""
    task = mine(request, key)
    if task.given["kind"] == logs.KIND:
        return _log_work(request, task)
    if task.result.get("load"):
        return redirect("desk:load", task.result["load"])
    kind = find(task.given["kind"])
    context = {
        "task": task, "kind": kind, "file": task.given["file"], "choices": covers_choices() if kind.covers else [],
        "covers": task.given.get("covers", ""), "has_sheet": taking.sheet_of(task).exists(), "most": taking.MOST_SHOWN,
        **_in_words(task),
    }  # fmt: skip
    return render(request, "desk/intake/work.html", context)


def _in_words(task: Task) -> dict[str, Any]:
    """What was found, as the template wants it."""
    found = task.result
    counts, faults = found.get("counts"), found.get("faults", [])
    total = found.get("found", len(faults))
    good = counts["rows"] - counts["refused"] if counts else 0
    earlier = Load.objects.filter(pk=found["earlier"]).first() if found.get("earlier") else None
    changes = bool(counts and (counts["new"] or counts["corrected"]))
    return {
        "counts": counts, "faults": faults, "found": total, "rest": total - len(faults), "good": good, "earlier": earlier,
        "changes": changes, "days": found.get("days"), "can_load": bool(counts) and not faults and earlier is None,
        "can_load_good": bool(faults) and changes,
    }  # fmt: skip


@require_POST
def _act(request: HttpRequest, key: str) -> HttpResponse:
    """One of the few things that may be done next."""
    task, wanted = mine(request, key), request.POST.get("do", "")
    if wanted == "stop":
        running.stop(task)
        return redirect("desk:intake_work", key)
    if task.is_running or task.step == taking.UNDO or (task.given["kind"] == logs.KIND and wanted != "give_up"):
        return redirect("desk:intake_work", key)
    if wanted == "give_up":
        label = task.label
        taking.give_up(task)
        messages.success(
            request, f"「{label}」の取込をやめました。記録は変わっていません。預かったファイルは消しました。"
        )
        return redirect("desk:intake")
    if wanted in ("check", "again"):
        _set(task, covers=_known_covers(request.POST.get("covers", task.given["covers"])), again=wanted == "again")
        return begin(request, task, taking.CHECK, taking.check)
    if wanted in ("load", "good") and not task.result.get("load"):
        _set(task, good_rows=wanted == "good")
        return begin(request, task, taking.LOAD, taking.take)
    return redirect("desk:intake_work", key)


intake_act = needs("intake.load")(with_refusals(_act))


def _known_covers(text: str) -> str:
    return text if text in dict(covers_choices()) else ""


def _set(task: Task, **given: Any) -> None:
    task.given = {**task.given, **given}


@needs("intake.load")
@with_refusals
@require_POST
def intake_returned(request: HttpRequest, key: str) -> Any:
    """The refused rows, once: they hold names, and are gone from here when they are sent."""
    task = mine(request, key)
    path = taking.returned_file(task)
    if path is None:
        raise Refusal(
            "unknown_file", "差戻しファイルはもうありません。元のファイルをもう一度調べると、理由を見られます。"
        )
    audit.record(request, "exported", detail=f"取込{task.result['load']}の差戻しファイル")
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type=XLSX)
    taking.give_up(task)  # the open file is read to its end
    return answer


@needs("intake.load")
@with_refusals
def work_progress(request: HttpRequest, key: str) -> HttpResponse:
    """A part of the page, asked for again and again while the work goes on."""
    task = mine(request, key)
    answer = render(request, "desk/intake/_running.html", {"task": task})
    answer.headers["X-Running"] = "1" if task.is_running else "0"
    answer.headers["X-May-Stop"] = "1" if task.may_stop else "0"
    return answer
