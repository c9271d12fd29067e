"""The scanner that needs nothing but Python: an expression for each line, and a dictionary for what it was seen to be."""

import os
import re
from array import array
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from partner.facts.access.addresses import STATIC
from partner.facts.access.formats import Format, Line, named
from partner.facts.access.scanned import (
    ASIDE_BYTES,
    ASIDE_LINES,
    MOST_HELD,
    PREFETCHED,
    Block,
    Frame,
    Scanned,
    anchored,
    digest_of,
)

_REQUEST = re.compile(rb"GET (\S+) HTTP/\d(?:\.\d)?")
_NO_PAGE, _STATIC, _NEW = -1, -2, -3
_PARTS = 7  # of a line with three fields in quotes, cut at them
_SECONDS = {b"%02d" % second: second for second in range(60)}
_ENDINGS = frozenset(ending.encode() for ending in STATIC)
_PER_STRING = 200  # bytes that Python takes for one more string in a dictionary, about
_mine: "Scanner | None" = None


def begin(layout: str, frame: Frame) -> None:
    """Makes the scanner of a process of its own."""
    global _mine
    _mine = Scanner(named(layout), frame)


def scan(block: Block) -> Scanned:
    """Scans with the scanner of this process."""
    assert _mine is not None
    return _mine.scan(block)


class Scanner:
    """See `scanning.Scanner`."""

    def __init__(self, layout: Format, frame: Frame) -> None:
        self._layout, self._frame = layout, frame
        self._generation = 0
        self._begin()

    def _begin(self) -> None:
        self._visitors: dict[bytes, int] = {}
        self._agents: dict[bytes, int] = {}
        self._targets: dict[bytes, int] = {}
        self._requests: dict[bytes, int] = {}
        self._people: dict[bytes, int] = {}
        self._heads: set[bytes] = set()
        self._statuses: dict[bytes, bool] = {}
        self._ends: set[bytes] = set()
        self._zone = b""
        self._held = 0

    def scan(self, block: Block) -> Scanned:
        if self._held > MOST_HELD:
            self._generation += 1
            self._begin()
        taking = _Taking(block)
        self._new_visitors: list[bytes] = []
        self._new_visitors_agents: list[int] = []
        self._new_targets: list[bytes] = []
        told = len(self._agents)
        lines = block.text[:-1].split(b"\n")
        if self._layout.flags is not None and self._layout.has_agent:
            self._quickly(lines, taking)
        else:
            for row, text in enumerate(lines):
                self._singly(row, text, taking)
        return self._answer(block, lines, taking, told)

    def _quickly(self, lines: list[bytes], taking: "_Taking") -> None:
        """Lines of the usual kind, cut at their quotes: whatever part was found right before, by the expression, is right again.

        Here a load without accelerator spends its time, so it does as little as can be for each line.
        """
        minutes, heads, statuses, ends = taking.minutes, self._heads, self._statuses, self._ends
        requests, people, keep, zone = self._requests, self._people, taking.keep, self._zone
        first, last = self._frame.last + 1, self._frame.first - 1
        for row, text in enumerate(lines):
            parts = text.split(b'"')
            if len(parts) == _PARTS and b"\\" not in text:
                head, request, middle, _, between, agent, end = parts
                began, seconds = minutes.get(head[-29:-10]), _SECONDS.get(head[-10:-8])
                is_page = statuses.get(middle[:5])
                if (
                    began is not None and seconds is not None and is_page is not None and head[-8:] == zone
                    and between == b" " and end in ends and (middle[5:-1].isdigit() or middle[5:-1] == b"-") and middle[-1:] == b" " and head[:-29] in heads
                ):  # fmt: skip
                    second = began + seconds
                    if second < first:
                        first = second
                    if second > last:
                        last = second
                    target = requests.get(request, _NEW) if is_page else _NO_PAGE
                    if target == _NEW:
                        target = self._requested(request)
                    if target < 0:
                        taking.apart[target] += 1
                        continue
                    visitor = people.get(head[:-29] + agent)
                    keep(second, self._person(head[:-29], agent) if visitor is None else visitor, target)
                    continue
            self._singly(row, text, taking)
            zone = self._zone
        taking.reaches(first, last, self._frame)

    def _singly(self, row: int, text: bytes, taking: "_Taking") -> None:
        """One line by the expression; and, where it is of the usual kind, its parts are known from now on."""
        line = self._layout.parse(text.removesuffix(b"\r"))
        if line is None:
            taking.malformed(row, text)
            return
        self._take(line, taking)
        parts = text.split(b'"')
        if self._layout.flags is None or len(parts) != _PARTS or b"\\" in text:
            return
        head, _, middle, *_, end = parts
        self._zone = self._zone or head[-8:]
        if head[-8:] == self._zone:
            taking.minutes[head[-29:-10]] = line.second - int(head[-10:-8])
        self._heads.add(head[:-29])
        self._statuses[middle[:5]] = line.status in (b"200", b"304")
        self._ends.add(end)
        self._held += len(head) + _PER_STRING

    def _person(self, head: bytes, agent: bytes) -> int:
        """The number of a visitor, told by what stands before the time."""
        address = head.partition(b" ")[0]
        number = self._people[head + agent] = self._visitor(address + b"\0" + agent, address, agent)
        self._held += len(head) + len(agent) + _PER_STRING
        return number

    def _take(self, line: Line, taking: "_Taking") -> None:
        taking.hours.add(line.second // 3600)
        taking.reaches(line.second, line.second, self._frame)
        target = _NO_PAGE
        if line.status in (b"200", b"304"):
            target = self._requested((PREFETCHED if line.is_prefetch else b"") + line.request)
        if target < 0:
            taking.apart[target] += 1
        else:
            taking.keep(line.second, self._visitor(line.address + b"\0" + line.agent, line.address, line.agent), target)

    def _requested(self, request: bytes) -> int:
        """The number of the target of `GET /page HTTP/1.1`, or that it is none."""
        known = self._requests.get(request)
        if known is None:
            known = self._requests[request] = self._target(request)
            self._held += len(request) + _PER_STRING
        return known

    def _target(self, request: bytes) -> int:
        mark = PREFETCHED if request.startswith(PREFETCHED) else b""
        match = _REQUEST.fullmatch(request[len(mark) :])
        if match is None:
            return _NO_PAGE
        target = mark + (match[1] if b"\\" in match[1] else match[1].partition(b"?")[0])
        if not mark and _is_plainly_static(target):
            return _STATIC
        known = self._targets.get(target)
        if known is None:
            known = self._targets[target] = len(self._targets)
            self._new_targets.append(target)
            self._held += len(target) + _PER_STRING
        return known

    def _visitor(self, name: bytes, address: bytes, agent: bytes = b"") -> int:
        known = self._visitors.get(name)
        if known is None:
            known = self._visitors[name] = len(self._visitors)
            self._new_visitors.append(address)
            self._new_visitors_agents.append(self._agents.setdefault(agent, len(self._agents)))
            self._held += 2 * len(name) + _PER_STRING
        return known

    def _answer(self, block: Block, lines: list[bytes], taking: "_Taking", told: int) -> Scanned:
        anchors = [digest_of(line.removesuffix(b"\r"), self._frame.key) for line in anchored(lines, block.row)]
        return Scanned(
            (os.getpid(), id(self), self._generation), len(lines), taking.bad, taking.apart[_NO_PAGE], taking.apart[_STATIC], taking.asides, taking.hours,
            taking.first, taking.last, *taking.columns(),
            list(islice(self._agents, told, None)), self._new_visitors, np.array(self._new_visitors_agents, np.uint32), self._new_targets,
            anchors, taking.untimely,
        )  # fmt: skip


def _is_plainly_static(target: bytes) -> bool:
    """Whether a target ends like a file, for targets in which nothing is encoded or escaped."""
    if not target.startswith(b"/") or b"%" in target or b"\\" in target:
        return False
    _, dot, ending = target.rpartition(b".")
    return bool(dot) and ending.lower() in _ENDINGS


class _Taking:
    """What one block gives while it is read."""

    def __init__(self, block: Block) -> None:
        self.row = block.row
        self.bad = 0
        self.apart = {_NO_PAGE: 0, _STATIC: 0}
        self.asides: list[tuple[int, bytes]] = []
        self.hours: set[int] = set()
        self.minutes: dict[bytes, int] = {}
        self.first: int | None = None
        self.last: int | None = None
        self.untimely: bool | None = None
        self._seconds, self._visitors, self._targets = array("q"), array("I"), array("I")

    def keep(self, second: int, visitor: int, target: int) -> None:
        self._seconds.append(second)
        self._visitors.append(visitor)
        self._targets.append(target)

    def malformed(self, row: int, text: bytes) -> None:
        self.bad += 1
        if len(self.asides) < ASIDE_LINES:
            self.asides.append((self.row + row, text.removesuffix(b"\r")[:ASIDE_BYTES]))

    def reaches(self, first: int, last: int, frame: Frame) -> None:
        """Takes note of the earliest and the latest second, unless there is none (`first` after `last`)."""
        if first > last:
            return
        self.first = first if self.first is None else min(first, self.first)
        self.last = last if self.last is None else max(last, self.last)
        if self.untimely is None and (first < frame.first or last > frame.last):
            self.untimely = last > frame.last

    def columns(self) -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.uint32]]:
        return (
            np.frombuffer(self._seconds, np.int64),
            np.frombuffer(self._visitors, np.uint32),
            np.frombuffer(self._targets, np.uint32),
        )
