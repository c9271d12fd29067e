"""What a scanner's numbers mean: each address, agent, visitor and target is judged and hashed once, then told by its number."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Page:
    """A page's address as it is counted, and the posting whose page it is: prefix and number, or empty."""

    address: str
    prefix: str = ""
    posting: str = ""


class Pages:
    """The pages of one batch, numbered in the order of their first appearance."""

    def __init__(self) -> None:
        self.listed: list[Page] = []
        self._numbers: dict[Page, int] = {}

    def number(self, page: Page) -> int:
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
        self.own: NDArray[np.bool_] = np.empty(0, np.bool_)  # per address
        self.agents: NDArray[np.uint8] = np.empty(0, np.uint8)


class Vocabulary:
    """One scanner's, until it begins anew."""

    def __init__(self, has_agent: bool, pages: Pages, visitors: Visitors) -> None:
        self._has_agent, self._pages, self._visitors = has_agent, pages, visitors
        self._addresses: list[bytes] = []
        self._names: list[bytes] = []  # of agents, as they were before a server wrote them
        self._targets: list[bytes] = []
        self._pairs: NDArray[np.uint32] = np.empty((0, 2), np.uint32)
        self._judged: dict[Rules, Judged] = defaultdict(Judged)
        self._hashes: dict[date, tuple[NDArray[np.int64], NDArray[np.bool_]]] = {}

    def learn(self, scanned: Scanned) -> None:
        """Takes up what is new with a block."""
        self._addresses += scanned.new_addresses
        self._names += [unescaped(agent) for agent in scanned.new_agents]
        self._targets += scanned.new_targets
        if len(scanned.new_visitors):
            self._pairs = np.concatenate([self._pairs, scanned.new_visitors])

    def judged(self, valid: Rules) -> Judged:
        """All that is known so far, judged by these rules."""
        found = self._judged[valid]
        self._judge_targets(found, valid)
        self._judge_visitors(found, valid)
        return found

    def hashes(self, first: date, visitors: NDArray[np.uint32]) -> NDArray[np.int64]:
        """The hashes of these visitors in the month that begins on that day."""
        size = len(self._pairs)
        before = self._hashes.get(first, (np.empty(0, np.int64), np.empty(0, np.bool_)))
        hashes, hashed = (_grown(array, size) for array in before)
        self._hashes[first] = hashes, hashed
        wanted = np.zeros(size, np.bool_)
        wanted[visitors] = True
        fresh = np.flatnonzero(wanted & ~hashed)
        if len(fresh):
            known = [(self._addresses[one], self._names[two]) for one, two in self._pairs[fresh].tolist()]
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
        pairs = self._pairs[len(found.verdict) :]
        if not len(pairs):
            return
        agents = self._names[len(found.agents) :]
        found.agents = _with(found.agents, [of_agent(agent if self._has_agent else None, valid) for agent in agents])
        found.own = _with(found.own, [is_own(address, valid) for address in self._addresses[len(found.own) :]])
        verdicts = np.where(found.own[pairs[:, 0]], Verdict.OWN, found.agents[pairs[:, 1]])
        found.verdict = np.concatenate([found.verdict, verdicts.astype(np.uint8)])

    def _what(self, target: bytes, valid: Rules) -> tuple[int, int]:
        what = classified(target, valid)
        if isinstance(what, Page):
            return PAGE, self._pages.number(what)
        return (STATIC if what == "static" else NEITHER), 0


def classified(target: bytes, valid: Rules) -> Page | str:
    """The page of a request's target, or what it is instead: `not_a_page_request` or `static`."""
    path = addresses.normalised(target)
    if path is None:
        return "not_a_page_request"
    if addresses.is_static(path):
        return "static"
    page = addresses.folded(path)
    if addresses.lies_under(page, valid.excluded):
        return "not_a_page_request"
    for prefix, pattern in valid.postings:
        if match := pattern.fullmatch(page):
            return Page(page, prefix, match[1])
    return Page(page)


def _with(before: NDArray[Any], more: Sequence[Any]) -> NDArray[Any]:
    return np.concatenate([before, np.array(more, before.dtype)])


def _grown(before: NDArray[Any], size: int) -> NDArray[Any]:
    if len(before) == size:
        return before
    grown: NDArray[Any] = np.zeros(size, before.dtype)
    grown[: len(before)] = before
    return grown
