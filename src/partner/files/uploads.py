"""Sheets that someone brought: kept in a folder of a random name, for its owner's eyes, until they are loaded or given up.

They hold names and addresses, so nothing here outlives its task, nor a day.
"""

import os
import re
import shutil
import unicodedata
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

_KEPT = timedelta(days=1)
_LONGEST = 180  # bytes: a file system takes 255, and what comes back bears a longer name
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def root() -> Path:
    """The folder of all uploads, open to this user alone."""
    folder: Path = settings.DATA / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def folder_of(key: str) -> Path:
    """The folder of one task's files; it need not be there."""
    if not re.fullmatch(r"[\w-]{16,64}", key, re.ASCII):
        raise ValueError("no such key")
    return root() / key


def fitting_name(name: str) -> str:
    """The file's own name as it may stand on this machine: no folders, no signs that cannot be seen, not too long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = _UNFIT.sub("", last).strip(" .")
    stem, dot, suffix = plain.rpartition(".")
    if not dot:
        stem, suffix = plain, ""
    ending = f".{suffix}"[:20] if suffix else ""
    room = _LONGEST - len(ending.encode())
    stem = stem.encode()[:room].decode(errors="ignore")
    return f"{stem or '無題'}{ending}"


def put(key: str, name: str, chunks: Iterable[bytes]) -> Path:
    """Keeps what was sent under the task's key, and says where. Readable by this user alone."""
    folder = folder_of(key)
    folder.mkdir(mode=0o700)
    path = folder / fitting_name(name)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks:
            file.write(chunk)
    return path


def drop(key: str) -> None:
    """Removes all files of the task."""
    shutil.rmtree(folder_of(key), ignore_errors=True)


def sweep(is_alive: Callable[[str], bool], now: datetime) -> None:
    """Removes the folders of tasks that are no more, and what a broken upload left behind a day ago.

    A task's row comes before its folder: so the folders are listed first, and then asked after.
    """
    for one in list(root().iterdir()):
        if one.is_dir():
            if not is_alive(one.name):
                shutil.rmtree(one, ignore_errors=True)
        elif now.timestamp() - one.stat().st_mtime > _KEPT.total_seconds():
            one.unlink(missing_ok=True)
