"""Memory: what a process and those it starts hold at once, sampled while work is done. Needs Linux's /proc."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EVERY = 0.02  # seconds


class Held:
    """The most so far, in bytes."""

    most = 0.0


@contextmanager
def held() -> Iterator[Held]:
    """Inside it, watches this process and its children. Anonymous memory counts: pages of files (programs, the database)
    that are mapped can be given back at any time, and are shared; added up, they would count several times.
    """
    found, over = Held(), threading.Event()

    def watch() -> None:
        while not over.wait(EVERY):
            found.most = max(found.most, sum(map(_anonymous, _family(os.getpid()))))

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield found
    finally:
        over.set()
        watching.join()


def _family(pid: int) -> list[int]:
    """The process and all that it started and that are still there."""
    found = [pid]
    for one in found:
        try:
            tasks = list(Path(f"/proc/{one}/task").iterdir())
            found += [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:  # it has ended meanwhile
            continue
    return found


def _anonymous(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) * 1024.0 for line in lines if line.startswith("RssAnon"))
