"""Digests of a log's lines, kept so that a file which begins inside a loaded log, or repeats it, is known for what it is.

Of each log the first 4,096 lines and then each thirty-second: any fifty lines in sequence hold one of them, and what follows
is compared up to the end; and the last lines of each batch, so that a file is known which begins shortly before its end. They are
keyed, and the key never leaves the data folder: a line cannot be guessed from its digest by others.
"""

import os
import secrets
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from partner.facts.access import store
from partner.facts.access.scanned import ANCHOR_STEP, ANCHORED_LINES
from partner.facts.models.access import AccessBatch

_KEY_BYTES = 32
LAST_LINES = 64
Digests = NDArray[np.uint64]


def key() -> bytes:
    """The key of all digests of lines."""
    return _key(store.root() / "lines.key")


@cache
def _key(path: Path) -> bytes:
    if not path.exists():
        made = path.with_suffix(".new")
        with os.fdopen(os.open(made, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        made.rename(path)
    return path.read_bytes()


def keep(batch: str, digests: Sequence[int]) -> Path:
    """Writes a batch's digests; on disk when this returns."""
    path = path_of(batch)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
        np.array(digests, "<u8").tofile(file)
        file.flush()
        os.fsync(file.fileno())
    return path


def of_log(batches: Sequence[AccessBatch]) -> tuple[NDArray[np.int64], Digests]:
    """The kept digests of a log, in the order of its lines, and which lines they are of (from 0)."""
    rows, digests = [], []
    for batch in batches:
        row = batch.first_row
        held = np.fromfile(path_of(batch.key), "<u8") if path_of(batch.key).exists() else np.empty(0, "<u8")
        here = rows_between(row, row + batch.lines)
        here = np.concatenate([here, np.arange(max(row, row + batch.lines - LAST_LINES), row + batch.lines)])
        if len(held) == len(here):  # of a batch from before they were kept there are none
            rows.append(here)
            digests.append(held)
    if not rows:
        return np.empty(0, np.int64), np.empty(0, np.uint64)
    return np.concatenate(rows), np.concatenate(digests)


def rows_between(first: int, end: int) -> NDArray[np.int64]:
    """Which lines' digests are kept."""
    dense = np.arange(first, max(first, min(end, ANCHORED_LINES)))
    begin = first + len(dense)
    return np.concatenate([dense, np.arange(begin + -begin % ANCHOR_STEP, end, ANCHOR_STEP)])


def weights(rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """For how many lines each kept digest stands: none where a line's digest is kept a second time, as one of the last."""
    first = np.zeros(len(rows), np.bool_)
    first[np.unique(rows, return_index=True)[1]] = True
    by_rule = (rows < ANCHORED_LINES) | (rows % ANCHOR_STEP == 0)
    return np.where(first & by_rule, np.where(rows < ANCHORED_LINES, 1, ANCHOR_STEP), 0)


def path_of(batch: str) -> Path:
    """Where a batch's lie."""
    return store.root() / "lines" / f"{batch}.u64"
