"""A visitor as the store knows him: a keyed hash of address and agent, with a key per month that can be thrown away.

Keys are random and lie in `access/keys/` of the data folder. Rows of the first 3,600 seconds of a month carry the hash
of the month before too, so that a visit across the border stays whole.
"""

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from partner.common.period import DAY, midnight
from partner.facts.access.moments import jst_date

_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month in Japan: its first day, the first day of the one before, and its seconds since 1970 UTC."""

    first: date
    before: date
    began: int
    ends: int


class Visitors:
    """Hashes for one load. Keys are made when they are first needed, and are on disk before they are used."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._keys: dict[date, bytes] = {}
        self._named: list[tuple[int, bytes, bytes]] = []

    def hashed(self, first: date, visitors: Iterable[tuple[bytes, bytes]]) -> list[int]:
        """The hashes of these visitors (address, and agent without a server's escapes) in the month that begins on that day."""
        begun = blake2b(digest_size=8, key=self._keys.get(first) or self._key(first))
        found = []
        for address, agent in visitors:
            hasher = begun.copy()
            hasher.update(address + b"\0" + agent)
            found.append(visitor := int.from_bytes(hasher.digest(), "big", signed=True))
            self._named.append((visitor, address, agent))
        return found

    def named(self) -> list[tuple[int, bytes, bytes]]:
        """Hash, address and agent of those hashed since this was asked last."""
        found, self._named = self._named, []
        return found

    def _key(self, first: date) -> bytes:
        self._keys[first] = _kept_key(self._folder / f"{first:%Y-%m}")
        return self._keys[first]


def months_of(seconds: NDArray[np.int64]) -> list[Month]:
    """The months that these seconds lie in."""
    found: list[Month] = []
    if not len(seconds):
        return found
    second, last = int(seconds.min()), int(seconds.max())
    while second <= last:
        month = _month(jst_date(second))
        if not found or ((seconds >= month.began) & (seconds < month.ends)).any():
            found.append(month)
        second = month.ends
    return found


def _month(day: date) -> Month:
    first = day.replace(day=1)
    following = (first + 31 * DAY).replace(day=1)
    return Month(
        first, (first - DAY).replace(day=1), int(midnight(first).timestamp()), int(midnight(following).timestamp())
    )


def _kept_key(path: Path) -> bytes:
    """The month's key. Its file's time says when it was last used: what nobody uses any more expires."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        made = path.with_suffix(".new")
        with os.fdopen(os.open(made, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secrets.token_bytes(_KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        made.rename(path)  # whole or not at all; loads exclude each other
    os.utime(path)
    return path.read_bytes()
