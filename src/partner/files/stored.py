"""Files that stay, each under its own SHA-256: equal files lie here once, and none can change unnoticed."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from partner.common.locks import file_lock
from partner.common.refusal import Refusal
from partner.files import holders


def place_of(digest: str) -> Path:
    """Where a file of that digest lies, if it is kept."""
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise ValueError("no such digest")
    folder: Path = settings.DATA / "files" / digest[:2]
    return folder / digest


def keep(chunks: Iterable[bytes], most: int) -> tuple[str, int, bytes]:
    """Keeps what is sent, readable by this user alone; returns digest, size and the first bytes.

    Raises Refusal where it is empty or larger than `most`; then nothing is kept.
    """
    folder: Path = settings.DATA / "files"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = folder / f"{secrets.token_hex(16)}.part"
    try:
        digest, size, head = _write(part, chunks, most)
        place = place_of(digest)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        part.replace(place)  # whole or not at all
    finally:
        part.unlink(missing_ok=True)
    return digest, size, head


def _write(part: Path, chunks: Iterable[bytes], most: int) -> tuple[str, int, bytes]:
    hashed, size, head = hashlib.sha256(), 0, b""
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > most:
                raise Refusal("too_large", f"{most // 1024 // 1024} MBを超えています。分けるか、小さくしてください。")
            head = head or bytes(chunk[:8])
            hashed.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if size == 0:
        raise Refusal("empty_file", "空のファイルです。中身のあるファイルを選んでください。")
    return hashed.hexdigest(), size, head


def is_whole(digest: str) -> bool:
    """Whether the file is there and still has its digest."""
    try:
        with place_of(digest).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest
    except OSError:
        return False


@contextmanager
def alone() -> Iterator[None]:
    """Inside it nobody else releases a file: between keeping one and recording the row that needs it. Not nested."""
    with file_lock("files"):
        yield


def release(digest: str) -> bool:
    """Removes the file unless a row of any app needs it; says whether it is gone. Called inside `alone`."""
    if holders.is_needed(digest):
        return False
    place_of(digest).unlink(missing_ok=True)
    return True
