"""Locks between processes that the kernel lets go when a process dies, so that none is ever left behind."""

import contextlib
import fcntl
from collections.abc import Iterator

from django.conf import settings

from partner.common.refusal import Refusal


@contextlib.contextmanager
def file_lock(name: str, refuse: str = "") -> Iterator[None]:
    """Holds `locks/NAME` in the data folder. With `refuse`, does not wait but refuses with that message."""
    folder = settings.DATA / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (fcntl.LOCK_NB if refuse else 0))
        except BlockingIOError:
            raise Refusal("busy", refuse) from None
        yield
