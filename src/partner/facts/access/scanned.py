"""What goes into a scanner and what comes out: plain data, so that it passes between processes too."""

from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

ASIDE_LINES, ASIDE_BYTES = 100, 500
ANCHORED_LINES, ANCHOR_STEP = 4096, 32
_NEWLINE = 10
PREFETCHED = b" "  # begins a target that was asked for ahead of anyone's wish; no other begins so
MOST_HELD = 32 * 1024 * 1024  # bytes of distinct strings before numbers begin anew


@dataclass(frozen=True)
class Frame:
    """What a scanner must know: from which second (since 1970 UTC) to which a line may be, and the key of lines' digests."""

    first: int
    last: int
    key: bytes


@dataclass(frozen=True)
class Block:
    """Complete lines, each with its end. `row` is the first one's number in its log, from 0."""

    text: bytes
    row: int

    @property
    def following(self) -> int:
        """The row after its last one."""
        return self.row + int(np.count_nonzero(np.frombuffer(self.text, np.uint8) == _NEWLINE))


@dataclass
class Scanned:
    """What is in a block. Rows count from the beginning of the log.

    `seconds`, `visitors` and `targets` go together: one entry for each `GET` answered 200 or 304 that is not already counted as
    `static`, as those are whose target ends plainly like a file. Visitors and targets are
    numbers within the `vocabulary`; what is new with this block stands in `new_…`, in the order of its numbers.
    """

    vocabulary: tuple[int, ...]
    lines: int
    malformed: int
    not_a_page: int
    static: int
    asides: list[tuple[int, bytes]]
    hours: set[int]
    first: int | None
    last: int | None
    seconds: NDArray[np.int64]
    visitors: NDArray[np.uint32]
    targets: NDArray[np.uint32]
    new_agents: list[bytes]
    new_visitors: list[bytes]  # the address of each
    new_visitors_agents: NDArray[np.uint32]  # the number of each one's agent
    new_targets: list[bytes]
    anchors: list[int] = field(default_factory=list)
    untimely: bool | None = None  # whether a line lies after the span (else before it)
    anchored_at: NDArray[np.int64] | None = None  # offset and length of what is still to be digested


def anchored(lines: int, row: int) -> NDArray[np.int64]:
    """Of so many lines, the first of them being row `row` of its log: which ones' digests are kept, counted from the first."""
    dense = min(lines, max(0, ANCHORED_LINES - row))
    begin = dense + -(row + dense) % ANCHOR_STEP
    return np.concatenate([np.arange(dense), np.arange(begin, lines, ANCHOR_STEP)])


def digest_of(line: bytes, key: bytes) -> int:
    """64 bits of a line without its end."""
    return int.from_bytes(blake2b(line, digest_size=8, key=key).digest(), "little")
