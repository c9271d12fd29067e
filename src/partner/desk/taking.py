"""A sheet's way through the desk: brought, looked through without changing anything, loaded, or given up."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Timer
from typing import Any

from django.db import connections

from partner.accounts import audit
from partner.accounts.models import User
from partner.common.refusal import Fault, Refusal
from partner.facts.intake import loading
from partner.facts.intake.kinds import Kind, find
from partner.facts.intake.reading import MAX_BYTES, open_sheet
from partner.facts.intake.undoing import undo
from partner.facts.models import Load
from partner.files import uploads
from partner.ledger import clock
from partner.work import running
from partner.work.models import Task
from partner.work.running import Progress

CHECK, LOAD, UNDO = "check", "load", "undo"
MOST_SHOWN = running.MOST_KEPT
_KEPT = timedelta(days=1)
_WRITING = "書き込んで"


def bring(kind: Kind, name: str, size: int, chunks: Iterable[bytes], covers: str, user: User) -> Task:
    """Keeps the sheet under a new task. Raises Refusal where it is empty or too large."""
    if size == 0:
        raise Refusal("empty_file", "空のファイルです。中身のあるファイルを選んでください。")
    if size > MAX_BYTES:
        raise Refusal("too_large", f"{MAX_BYTES // 1024 // 1024} MBを超えています。ファイルを分けてください。")
    by_name, by_role = audit.name_and_role(user)
    fitting = uploads.fitting_name(name)
    task = Task.objects.create(
        owner=user.get_username(), by_name=by_name, by_role=by_role, label=kind.label, touched_at=clock.now(),
        given={"kind": kind.kind, "file": fitting, "covers": covers, "again": False},
    )  # fmt: skip
    uploads.put(task.key, fitting, chunks)
    timer = Timer(_KEPT.total_seconds() + 60, _sweep_at_last)
    timer.daemon = True
    timer.start()
    return task


def sheet_of(task: Task) -> Path:
    """Where the sheet lies, until it is loaded or given up."""
    return uploads.folder_of(task.key) / str(task.given["file"])


def give_up(task: Task) -> None:
    """Forgets the task, and removes its files."""
    uploads.drop(task.key)
    task.delete()


def sweep(now: datetime | None = None) -> None:
    """Removes what nobody touched for a day: tasks, their files, and folders without a task."""
    now = now or clock.now()
    for task in Task.objects.filter(touched_at__lt=now - _KEPT):
        if not running.settle(task).is_running:
            give_up(task)
    uploads.sweep(lambda key: Task.objects.filter(key=key).exists(), now)


def _sweep_at_last() -> None:
    """For a sheet that its owner never came back to, on a desk that nobody else opens."""
    try:
        sweep()
    finally:
        connections.close_all()


# ── looked through ──


def check(task: Task, progress: Progress) -> dict[str, Any]:
    """What the sheet would change, and what is wrong with it. Changes nothing."""
    kind, path, covers = _given(task)
    days, faults = None, list[Fault]()
    try:
        days = loading.read_covers(covers, open_sheet(path, kind))
        answer: dict[str, Any] | None = _dry_run(task, progress, good_rows=False)
    except Refusal as refusal:
        faults = list(refusal.faults)
        answer = _with_good_rows(task, progress, faults)
    earlier = _earlier(kind, answer)
    counts = {name: answer[name] for name in ("rows", "new", "corrected", "unchanged", "refused")} if answer else None
    return {
        "counts": counts, "erased": (answer or {}).get("erased", 0), "earlier": earlier.pk if earlier else None,
        "faults": [fault.as_dict() for fault in faults[:MOST_SHOWN]], "found": len(faults),
        "lines": len({fault.row for fault in faults}), "days": [str(day) for day in days] if days else None,
    }  # fmt: skip


def _given(task: Task) -> tuple[Kind, Path, str]:
    path = sheet_of(task)
    if not path.exists():
        raise Refusal("no_file", "ファイルはもうありません。もう一度選んでください。")
    return find(task.given["kind"]), path, str(task.given["covers"])


def _dry_run(task: Task, progress: Progress, *, good_rows: bool) -> dict[str, Any]:
    kind, path, covers = _given(task)
    return loading.load(
        kind, path, by=task.by, covers=covers, dry_run=True, good_rows=good_rows, again=task.given["again"], say=progress.say
    )  # fmt: skip


def _with_good_rows(task: Task, progress: Progress, faults: list[Fault]) -> dict[str, Any] | None:
    """What the good rows alone would do; None where the file as a whole cannot be read."""
    if not all(fault.row for fault in faults):
        return None
    progress.say("受け付けられる行を数えています")
    try:
        return _dry_run(task, progress, good_rows=True)
    except Refusal:
        return None


def _earlier(kind: Kind, answer: dict[str, Any] | None) -> Load | None:
    """The load that already took this file: a dry run has a tick for no other reason."""
    if answer is None or answer["tick"] is None:
        return None
    return Load.objects.believed().filter(kind=kind.kind, recorded_at=answer["tick"]).first()


# ── loaded ──


def take(task: Task, progress: Progress) -> dict[str, Any]:
    """Loads the sheet, or its good rows; then the sheet goes, and the refused rows wait to be fetched."""
    kind, path, covers = _given(task)
    answer = loading.load(
        kind, path, by=task.by, covers=covers, good_rows=bool(task.given.get("good_rows")), again=task.given["again"],
        say=_until_it_writes(progress),
    )  # fmt: skip
    taken = Load.objects.believed().get(kind=kind.kind, recorded_at=answer["tick"])
    audit.record(task.by, "loaded", detail=f"取込{taken.pk}　{kind.label}　{answer['rows']:,}行")
    path.unlink()
    returned = answer.get("refused_file")
    if not returned:
        uploads.drop(task.key)
    return {"load": taken.pk, "returned": Path(returned).name if returned else None}


def _until_it_writes(progress: Progress) -> Callable[[str], None]:
    """What it says is kept; once it says that it writes, it goes to its end."""

    def say(text: str) -> None:
        if text.startswith(_WRITING):
            progress.pass_the_last_stop()
        progress.say(text)

    return say


def returned_file(task: Task) -> Path | None:
    """The refused rows of a load, until they are fetched."""
    name = task.result.get("returned") if task.step == LOAD else None
    path = uploads.folder_of(task.key) / name if name else None
    return path if path and path.exists() else None


# ── taken back ──


def undoing_of(load: Load, user: User) -> Task:
    """A new task that will take the load back."""
    by_name, by_role = audit.name_and_role(user)
    return Task.objects.create(
        owner=user.get_username(), by_name=by_name, by_role=by_role, label=f"取込{load.pk}の取消", touched_at=clock.now(),
        given={"kind": load.kind, "file": load.file_name, "load": load.pk},
    )  # fmt: skip


def take_back(task: Task, progress: Progress) -> dict[str, Any]:
    """Undoes the load of the task."""
    done = undo(Load.objects.get(pk=task.given["load"]), by=task.by, say=_until_it_writes(progress))
    return {name: done[name] for name in ("load", "withdrawn", "restored", "left", "coverage", "forgotten")}
