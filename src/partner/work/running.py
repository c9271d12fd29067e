"""Runs a task in a thread of its own, one at a time on this machine; who waits for it looks at its row.

A lock of the kernel says that it lives: it goes when the process goes, whatever the row still says.
"""

import logging
from collections.abc import Callable
from contextlib import ExitStack
from threading import Thread
from typing import Any

from django.db import connections

from partner.common.locks import file_lock
from partner.common.refusal import Refusal
from partner.ledger import clock
from partner.work.models import Task

_LOCK = "work"
MOST_KEPT = 200  # reasons of a refusal; the number of all is kept beside
_log = logging.getLogger(__name__)


class Stopped(Exception):
    """Someone asked for it to end."""


class Progress:
    """How a task tells how far it is, and learns that it is to end."""

    def __init__(self, task: Task) -> None:
        self._row = Task.objects.filter(pk=task.pk)
        self._may_stop = True

    def say(self, text: str) -> None:
        """Keeps the word for whoever looks. Raises Stopped where that was asked for and is still possible."""
        if self._may_stop and self._row.filter(stop_wanted=True).exists():
            raise Stopped
        self._row.update(said=text[:200], touched_at=clock.now())

    def pass_the_last_stop(self) -> None:
        """From here on it goes to its end. Raises Stopped if it was to end before."""
        if not self._row.filter(stop_wanted=False).update(may_stop=False):
            raise Stopped
        self._may_stop = False


Work = Callable[[Task, Progress], dict[str, Any]]


def start(task: Task, step: str, work: Work, *, wait: float = 1.0) -> None:
    """Begins the work, and waits for it so many seconds: what is short is done when this returns.

    Raises Refusal while another piece of work is under way.
    """
    with ExitStack() as held:
        held.enter_context(file_lock(_LOCK, refuse=_who_is_at_it()))
        task.step, task.state, task.result, task.said = step, Task.State.RUNNING, {}, ""
        task.may_stop, task.stop_wanted = True, False
        task.began_at = task.touched_at = clock.now()
        task.save()
        thread = Thread(target=_run, args=(task, work, held.pop_all()), name=f"task-{task.pk}")
    thread.start()
    thread.join(wait)
    task.refresh_from_db()


def _who_is_at_it() -> str:
    other = Task.objects.filter(state=Task.State.RUNNING).order_by("-began_at").first()
    who = f"（{other.label}、{other.by_name}、{other.began_at:%H:%M}から）" if other and other.began_at else ""
    return f"いま別の処理が動いています{who}。終わってから、もう一度実行してください。何も変えていません。"


def _run(task: Task, work: Work, held: ExitStack) -> None:
    with held:
        try:
            state, result = _outcome(task, work)
            row = Task.objects.filter(pk=task.pk)
            row.update(state=state, result=result, touched_at=clock.now())
        finally:
            connections.close_all()


def _outcome(task: Task, work: Work) -> tuple[str, dict[str, Any]]:
    try:
        return Task.State.DONE, work(task, Progress(task))
    except Stopped:
        return Task.State.STOPPED, {"by_hand": True}
    except Refusal as refusal:
        kept = [fault.as_dict() for fault in refusal.faults[:MOST_KEPT]]
        return Task.State.REFUSED, {"faults": kept, "found": len(refusal.faults)}
    except Exception as error:  # its words may hold what a row said: only its name is kept
        _log.error("task %s (%s): %s", task.pk, task.step, type(error).__name__)
        return Task.State.FAILED, {"error": type(error).__name__}


def settle(task: Task) -> Task:
    """The task as it is: one whose process has died is no longer running."""
    if task.is_running:
        try:
            with file_lock(_LOCK, refuse="busy"):
                dead = Task.objects.filter(pk=task.pk, state=Task.State.RUNNING)
                dead.update(state=Task.State.STOPPED, result={"by_hand": False}, touched_at=clock.now())
        except Refusal:
            pass  # it lives, or another does: then it will be seen next time
        task.refresh_from_db()
    return task


def stop(task: Task) -> None:
    """Asks the task to end at its next word; nothing happens if it has passed its last stop."""
    Task.objects.filter(pk=task.pk, state=Task.State.RUNNING, may_stop=True).update(stop_wanted=True)
