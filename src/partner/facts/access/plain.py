"""The scanner that needs nothing but Python: one expression over a whole block, and a dictionary for what was seen."""

import os
import re
from array import array
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from partner.facts.access.addresses import STATIC
from partner.facts.access.formats import Format, Line, named
from partner.facts.access.moments import minute_began
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
_NO_PAGE, _STATIC = -1, -2
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
        if self._layout.block is not None:
            self._all_at_once(self._layout.block, block, lines, taking)
        else:
            self._line_by_line(lines, taking)
        return self._answer(block, lines, taking, told)

    def _all_at_once(
        self, expression: "re.Pattern[bytes]", block: Block, lines: list[bytes], taking: "_Taking"
    ) -> None:
        """By one expression over the block. Per line as little as can be: this is where a load without accelerator spends its time."""
        minutes: dict[bytes, int] = {}
        requests, visitors, keep = self._requests, self._visitors, taking.keep
        earliest, latest = self._frame.first, self._frame.last
        first, last = latest + 1, earliest - 1
        for row, (address, minute, of_minute, zone, request, *more) in enumerate(expression.findall(block.text[:-1])):
            began = minutes.get(minute + zone) if address else None
            if began is None or of_minute > b"59":
                began = taking.minute(row, minute, of_minute, zone, lines[row])
                if began is None:
                    continue
                minutes[minute + zone] = began
            second = began + int(of_minute)
            if second < first:
                first = second
            if second > last:
                last = second
            target = requests.get(request)
            if target is None:
                target = self._requested(request)
            if target < 0:
                taking.apart[target] += 1
                continue
            name = address + b"\0" + more[0] if more else address
            visitor = visitors.get(name)
            keep(second, self._visitor(name, address, *more) if visitor is None else visitor, target)
        taking.reaches(first, last, self._frame)

    def _line_by_line(self, lines: list[bytes], taking: "_Taking") -> None:
        for row, text in enumerate(lines):
            line = self._layout.parse(text.removesuffix(b"\r"))
            if line is None:
                taking.malformed(row, text)
            else:
                taking.hours.add(line.second // 3600)
                taking.reaches(line.second, line.second, self._frame)
                self._keep(line, taking)

    def _keep(self, line: Line, taking: "_Taking") -> None:
        mark = PREFETCHED if line.is_prefetch else b""
        target = self._requested(mark + line.request + b'" ' + line.status)
        if target < 0:
            taking.apart[target] += 1
            return
        name = line.address + b"\0" + line.agent
        taking.keep(line.second, self._visitor(name, line.address, line.agent), target)

    def _requested(self, request: bytes) -> int:
        """The number of the target of `GET /page HTTP/1.1" 200`, or that it is none."""
        known = self._requests.get(request)
        if known is None:
            known = self._requests[request] = self._target(request)
            self._held += len(request) + _PER_STRING
        return known

    def _target(self, request: bytes) -> int:
        mark = PREFETCHED if request.startswith(PREFETCHED) else b""
        match = _REQUEST.fullmatch(request[len(mark) : -5]) if request.endswith((b'" 200', b'" 304')) else None
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

    def minute(self, row: int, minute: bytes, of_minute: bytes, zone: bytes, text: bytes) -> int | None:
        """When the minute began; None where the line is malformed, so that there is none or it is no time."""
        began = minute_began(minute, zone) if minute else None
        if began is None or of_minute > b"59":
            self.malformed(row, text)
            return None
        self.hours.add(began // 3600)
        return began

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
