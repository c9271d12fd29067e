"""What a scanner's numbers mean: each address, agent, visitor and target is judged and hashed once, then told by its number."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from partner.facts.access import addresses
from partner.facts.access.addresses import unescaped
from partner.facts.access.agents import Verdict, is_own, of_agent
from partner.facts.access.rules import Rules
from partner.facts.access.scanned import PREFETCHED, Scanned
from partner.facts.access.visitors import Visitors

PAGE, STATIC, NEITHER = 0, 1, 2


class Pages:
    """The pages of one batch (addresses as they are counted), numbered in the order of their first appearance."""

    def __init__(self) -> None:
        self.listed: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, page: str) -> int:
        """The page's number."""
        number = self._numbers.setdefault(page, len(self.listed))
        if number == len(self.listed):
            self.listed.append(page)
        return number


class Judged:
    """By one set of rules. Per target: what it is, which page, and whether it was asked for ahead. Per visitor: whose views are his."""

    def __init__(self) -> None:
        self.what: NDArray[np.uint8] = np.empty(0, np.uint8)
        self.page: NDArray[np.uint32] = np.empty(0, np.uint32)
        self.prefetch: NDArray[np.bool_] = np.empty(0, np.bool_)
        self.verdict: NDArray[np.uint8] = np.empty(0, np.uint8)
        self.agents: NDArray[np.uint8] = np.empty(0, np.uint8)


class Vocabulary:
    """One scanner's, until it begins anew."""

    def __init__(self, has_agent: bool, pages: Pages, visitors: Visitors) -> None:
        self._has_agent, self._pages, self._visitors = has_agent, pages, visitors
        self._addresses: list[bytes] = []  # of visitors
        self._names: list[bytes] = []  # of agents, as they were before a server wrote them
        self._targets: list[bytes] = []
        self._agents_of: NDArray[np.uint32] = np.empty(0, np.uint32)
        self._judged: dict[Rules, Judged] = defaultdict(Judged)
        self._hashes: dict[date, tuple[NDArray[np.int64], NDArray[np.bool_]]] = {}

    def learn(self, scanned: Scanned) -> None:
        """Takes up what is new with a block."""
        self._addresses += scanned.new_visitors
        self._names += [unescaped(agent) for agent in scanned.new_agents]
        self._targets += scanned.new_targets
        if scanned.new_visitors:
            self._agents_of = np.concatenate([self._agents_of, scanned.new_visitors_agents])

    def judged(self, valid: Rules) -> Judged:
        """All that is known so far, judged by these rules."""
        found = self._judged[valid]
        self._judge_targets(found, valid)
        self._judge_visitors(found, valid)
        return found

    def hashes(self, first: date, visitors: NDArray[np.uint32]) -> NDArray[np.int64]:
        """The hashes of these visitors in the month that begins on that day."""
        size = len(self._addresses)
        before = self._hashes.get(first, (np.empty(0, np.int64), np.empty(0, np.bool_)))
        hashes, hashed = (_grown(array, size) for array in before)
        self._hashes[first] = hashes, hashed
        wanted = np.zeros(size, np.bool_)
        wanted[visitors] = True
        fresh = np.flatnonzero(wanted & ~hashed)
        if len(fresh):
            agents = self._agents_of[fresh].tolist()
            known = [(self._addresses[one], self._names[two]) for one, two in zip(fresh.tolist(), agents, strict=True)]
            hashes[fresh] = self._visitors.hashed(first, known)
            hashed[fresh] = True
        return hashes[visitors]

    def _judge_targets(self, found: Judged, valid: Rules) -> None:
        targets = self._targets[len(found.what) :]
        if not targets:
            return
        fresh = [self._what(target.removeprefix(PREFETCHED), valid) for target in targets]
        found.what = _with(found.what, [what for what, _ in fresh])
        found.page = _with(found.page, [page for _, page in fresh])
        found.prefetch = _with(found.prefetch, [target.startswith(PREFETCHED) for target in targets])

    def _judge_visitors(self, found: Judged, valid: Rules) -> None:
        agents_of = self._agents_of[len(found.verdict) :]
        if not len(agents_of):
            return
        agents = self._names[len(found.agents) :]
        found.agents = _with(found.agents, [of_agent(agent if self._has_agent else None, valid) for agent in agents])
        verdicts = found.agents[agents_of]
        if valid.own_networks:
            addresses = self._addresses[len(found.verdict) :]
            verdicts[[is_own(address, valid) for address in addresses]] = Verdict.OWN
        found.verdict = np.concatenate([found.verdict, verdicts])

    def _what(self, target: bytes, valid: Rules) -> tuple[int, int]:
        what, page = classified(target, valid)
        return what, self._pages.number(page) if what == PAGE else 0


def classified(target: bytes, valid: Rules) -> tuple[int, str]:
    """What a request's target is, and the page's address where it is one."""
    path = addresses.normalised(target)
    if path is None:
        return NEITHER, ""
    if addresses.is_static(path):
        return STATIC, ""
    page = addresses.folded(path)
    return (NEITHER, "") if addresses.lies_under(page, valid.excluded) else (PAGE, page)


def _with(before: NDArray[Any], more: Sequence[Any]) -> NDArray[Any]:
    return np.concatenate([before, np.array(more, before.dtype)])


def _grown(before: NDArray[Any], size: int) -> NDArray[Any]:
    if len(before) == size:
        return before
    grown: NDArray[Any] = np.zeros(size, before.dtype)
    grown[: len(before)] = before
    return grown
