"""The scanner that needs no compiler: most lines by vectors, the others by the format's expression, dictionaries for what was seen."""

import os
import re
from array import array
from itertools import islice, repeat

import numpy as np
from numpy.typing import NDArray

from partner.facts.access.addresses import STATIC
from partner.facts.access.cutting import Cut, Usual
from partner.facts.access.formats import WITH_MORE, Format, Line, named
from partner.facts.access.handing import Handed
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
_ENDINGS = frozenset(ending.encode() for ending in STATIC)
_PER_STRING = 200  # bytes that Python takes for one more string in a dictionary, about
_mine: "Scanner | None" = None


def begin(layout: str, frame: Frame) -> None:
    """Makes the scanner of a process of its own."""
    global _mine
    _mine = Scanner(named(layout), frame)


def scan(handed: Handed) -> Scanned:
    """Scans with the scanner of this process."""
    assert _mine is not None
    return _mine.scan(handed.block)


class Scanner:
    """Numbers what is in blocks. `scan` keeps its numbers from one block to the next, until too many are held."""

    def __init__(self, layout: Format, frame: Frame) -> None:
        self._layout, self._frame = layout, frame
        self._generation = 0
        self._begin()

    def _begin(self) -> None:
        self._visitors: dict[bytes, int] = {}
        self._agents: dict[bytes, int] = {}
        self._targets: dict[bytes, int] = {}
        self._requests: dict[bytes, int] = {}
        self._people: dict[int, int] = {}
        self._seen_agents: dict[bytes, int] = {}
        self._heads: dict[bytes, int] = {}
        self._ends: dict[bytes, int] = {}
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
        cut = Cut(block.text)
        if self._layout.flags is not None and self._layout.has_agent:
            self._quickly(block, cut, taking)
        else:
            for row in range(len(cut.ends)):
                self._singly(row, cut.line(row), taking)
        return self._answer(block, cut, taking, told)

    def _quickly(self, block: Block, cut: Cut, taking: "_Taking") -> None:
        """Lines of the usual kind by vectors, then the others singly, by the format's expression."""
        has_more = bool((self._layout.flags or 0) & WITH_MORE)
        usual = Usual(cut, has_more=has_more, heads=self._heads, ends=self._ends, minutes=taking.minutes)
        seconds = usual.seconds
        if len(seconds):
            taking.hours |= set(np.unique(seconds // 3600).tolist())
            taking.reaches(int(seconds.min()), int(seconds.max()), self._frame)
        self._page_views(usual, taking)
        for row in usual.others.tolist():
            self._singly(row, cut.line(row), taking)

    def _page_views(self, usual: Usual, taking: "_Taking") -> None:
        """Of the usual lines those that were answered 200 or 304: here most of a load's time goes, so it is list after list."""
        answered = np.flatnonzero(usual.is_answered)
        taking.apart[_NO_PAGE] += len(usual.seconds) - len(answered)
        requests = usual.texts(usual.quotes[answered, 0] + 1, usual.quotes[answered, 1])
        targets = np.fromiter(map(self._requests.get, requests, repeat(_NEW)), np.int64, len(requests))
        for place in np.flatnonzero(targets == _NEW).tolist():
            targets[place] = self._requested(requests[place])
        for apart in (_NO_PAGE, _STATIC):
            taking.apart[apart] += int(np.count_nonzero(targets == apart))
        viewed = answered[targets >= 0]
        agents = usual.texts(usual.quotes[viewed, 4] + 1, usual.quotes[viewed, 5])
        heads, numbers = usual.heads(viewed)
        pairs = (numbers << 32) + self._agents_numbered(agents)
        visitors = np.fromiter(map(self._people.get, pairs.tolist(), repeat(_NEW)), np.int64, len(pairs))
        for place in np.flatnonzero(visitors == _NEW).tolist():
            visitors[place] = self._person(int(pairs[place]), heads[place], agents[place])
        taking.keep_all(usual.seconds[viewed], visitors, targets[targets >= 0])

    def _agents_numbered(self, agents: list[bytes]) -> NDArray[np.int64]:
        """A number for each agent, of a kind of its own: `_agents` numbers those of visitors, in the order of theirs."""
        seen = self._seen_agents
        for agent in set(agents).difference(seen):
            seen[agent] = len(seen)
            self._held += len(agent) + _PER_STRING
        return np.fromiter(map(seen.__getitem__, agents), np.int64, len(agents))

    def _singly(self, row: int, text: bytes, taking: "_Taking") -> None:
        line = self._layout.parse(text.removesuffix(b"\r"))
        if line is None:
            taking.malformed(row, text)
        else:
            self._take(line, taking)

    def _person(self, pair: int, head: bytes, agent: bytes) -> int:
        """The number of a visitor, told by what stands before the time and his agent."""
        if (number := self._people.get(pair)) is not None:  # new with this block, but not for the first time
            return number
        address = head.partition(b" ")[0]
        number = self._people[pair] = self._visitor(address + b"\0" + agent, address, agent)
        self._held += len(head) + _PER_STRING
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

    def _answer(self, block: Block, cut: Cut, taking: "_Taking", told: int) -> Scanned:
        kept = anchored(len(cut.ends), block.row).tolist()
        anchors = [digest_of(cut.line(row).removesuffix(b"\r"), self._frame.key) for row in kept]
        return Scanned(
            (os.getpid(), id(self), self._generation), len(cut.ends), taking.bad, taking.apart[_NO_PAGE], taking.apart[_STATIC], taking.asides, taking.hours,
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
        self.minutes: dict[bytes, int | None] = {}
        self.first: int | None = None
        self.last: int | None = None
        self.untimely: bool | None = None
        self._seconds, self._visitors, self._targets = array("q"), array("I"), array("I")

    def keep(self, second: int, visitor: int, target: int) -> None:
        self._seconds.append(second)
        self._visitors.append(visitor)
        self._targets.append(target)

    def keep_all(self, seconds: NDArray[np.int64], visitors: NDArray[np.int64], targets: NDArray[np.int64]) -> None:
        self._seconds.frombytes(seconds.tobytes())
        self._visitors.frombytes(visitors.astype(np.uint32).tobytes())
        self._targets.frombytes(targets.astype(np.uint32).tobytes())

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
