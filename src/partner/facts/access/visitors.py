"""A visitor as the store knows him: a keyed hash of address and agent, with a key per month that can be thrown away.

Keys are random and lie in `access/keys/` of the data folder. Rows of the first 3,600 seconds of a month carry the hash
of the month before too, so that a visit across the border stays whole.
"""

import os
import secrets
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from partner.common.period import DAY, midnight
from partner.facts.access.parsing import jst_date
from partner.facts.access.rules import LONGEST_TIMEOUT

_KEY_BYTES = 32


class Visitors:
    """Hashes for one load. Keys are made when they are first needed, and are on disk before they are used."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._keys: dict[date, bytes] = {}
        self._borders: dict[date, tuple[date, int, date]] = {}
        self._hash = lru_cache(maxsize=200_000)(self._hashed)

    def hashes(self, second: int, address: bytes, agent: bytes | None) -> tuple[int, int | None]:
        """The visitor's hash at that second (since 1970 UTC), and within a month's first hour the one of the month before."""
        first, began, before = self._month(jst_date(second))
        known_before = self._hash(before, address, agent) if second - began < LONGEST_TIMEOUT else None
        return self._hash(first, address, agent), known_before

    def _month(self, day: date) -> tuple[date, int, date]:
        if day not in self._borders:
            first = day.replace(day=1)
            self._borders[day] = first, int(midnight(first).timestamp()), (first - DAY).replace(day=1)
        return self._borders[day]

    def _hashed(self, first: date, address: bytes, agent: bytes | None) -> int:
        named = address + b"\0" + (b"" if agent is None else agent)
        digest = blake2b(named, digest_size=8, key=self._key(first)).digest()
        return int.from_bytes(digest, "big", signed=True)

    def _key(self, first: date) -> bytes:
        if first not in self._keys:
            self._keys[first] = _kept_key(self._folder / f"{first:%Y-%m}")
        return self._keys[first]


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
