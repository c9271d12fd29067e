"""Runs something in a process of its own and kills it there, so that what is left is the doing of the ledger alone.

The process is forked from a small server that holds nothing but Django: not from the tests' own process, whose threads and
open databases a fork would take along half alive.
"""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import connection

from partner.ledger import clock

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.facts.apart_child"])


def killed(task: Callable[..., Any], *arguments: Any, after: float | None) -> tuple[bool, float]:
    """Runs the task, and kills it after so many seconds; whether it was done by then, and how long it took."""
    from tests.facts.apart_child import run

    connection.close()
    given = (str(connection.settings_dict["NAME"]), str(settings.DATA), clock.now(), task, arguments)
    child = _context.Process(target=run, args=given)
    child.start()
    began = time.monotonic()
    if after is not None:
        child.join(after)
        if child.is_alive() and child.pid:
            with suppress(ProcessLookupError):  # it was done just now
                os.kill(child.pid, signal.SIGKILL)
    child.join()
    assert child.exitcode in (0, -signal.SIGKILL), "the task failed of itself"
    connection.close()
    return child.exitcode == 0, time.monotonic() - began
