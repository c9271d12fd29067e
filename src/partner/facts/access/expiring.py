"""What identifies, for as long as it is kept (90 days): which address and agent stand behind a visitor's hash.

Only a recount by a renewed list reads it: who does not count is judged by address and agent, and the page views have neither.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import zstandard

from partner.facts.access import store

_REMEMBERED = 300_000
Named = tuple[int, bytes, bytes]


class Expiring:
    """Writes one batch's. Nothing stands in a file of it before it is whole and on disk."""

    def __init__(self, batch: str) -> None:
        self.path = path_of(batch)
        self.path.parent.mkdir(mode=0o700, exist_ok=True)
        descriptor = os.open(self.path, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        self._taken: set[int] = set()
        self._file = os.fdopen(descriptor, "wb")
        self._packed = zstandard.ZstdCompressor(level=1).stream_writer(self._file, closefd=False)

    def __enter__(self) -> "Expiring":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self._packed.close()  # type: ignore[no-untyped-call]
                self._file.flush()
                os.fsync(self._file.fileno())
        finally:
            self._file.close()

    def add(self, named: Iterable[Named]) -> None:
        """Takes some; who was taken shortly before is not taken again. Addresses hold no blanks and neither part an end of line."""
        fresh = [one for one in named if one[0] not in self._taken]
        if len(self._taken) > _REMEMBERED:
            self._taken.clear()
        self._taken.update(visitor for visitor, _, _ in fresh)
        rows = (b"%x\t%s\t%s\n" % (visitor & (2**64 - 1), address, agent) for visitor, address, agent in fresh)
        self._packed.write(b"".join(rows))


def named(batch: str) -> Iterator[Named] | None:
    """Visitor's hash, address and agent of a batch, some of them twice; None where they have expired."""
    path = path_of(batch)
    return _read(path) if path.exists() else None


def path_of(batch: str) -> Path:
    """Where a batch's lie."""
    return store.root() / "expiring" / f"{batch}.zst"


def _read(path: Path) -> Iterator[Named]:
    with path.open("rb") as file, zstandard.ZstdDecompressor().stream_reader(file) as unpacked:
        begun = b""
        while piece := unpacked.read(1024 * 1024):
            *lines, begun = (begun + piece).split(b"\n")
            for line in lines:
                visitor, address, agent = line.split(b"\t", 2)
                number = int(visitor, 16)
                yield number - 2**64 if number >= 2**63 else number, address, agent
