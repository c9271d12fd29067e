"""What scanned lines count as (catalogue §3, rules 3 and 4): each target, agent and visitor is judged once, rows by their numbers."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from partner.facts.access import addresses, rules
from partner.facts.access.agents import Verdict, judged
from partner.facts.access.moments import JST_OFFSET, jst_date
from partner.facts.access.rules import Rules
from partner.facts.access.scanned import PREFETCHED, Scanned
from partner.facts.access.visitors import Visitors, months_of

DAY = 86400
ROW = np.dtype([("second", "<i8"), ("visitor", "<i8"), ("before", "<i8"), ("is_known_before", "u1"), ("page", "<u4"), ("verdict", "u1")])  # fmt: skip
_PAGE, _STATIC, _NEITHER = 0, 1, 2
_COUNTED_AS = {
    Verdict.PERSON: "page_views",
    Verdict.CRAWLER: "crawler",
    Verdict.OWN: "own",
    Verdict.PREFETCH: "prefetch",
}
Rows = NDArray[np.void]


@dataclass(frozen=True, slots=True)
class Page:
    """A page's address as it is counted, and the posting whose page it is: prefix and number, or empty."""

    address: str
    prefix: str = ""
    posting: str = ""


@dataclass
class _Judged:
    """By one set of rules: what the targets of a vocabulary are, and whose its visitors are."""

    what: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))
    page: NDArray[np.uint32] = field(default_factory=lambda: np.empty(0, np.uint32))
    prefetch: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, np.bool_))
    verdict: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))


@dataclass
class _Vocabulary:
    visitors: list[tuple[bytes, bytes]] = field(default_factory=list)
    targets: list[bytes] = field(default_factory=list)
    judged: dict[Rules, _Judged] = field(default_factory=lambda: defaultdict(_Judged))
    hashes: dict[date, NDArray[np.int64]] = field(default_factory=dict)
    hashed: dict[date, NDArray[np.bool_]] = field(default_factory=dict)


class Judging:
    """Of the lines of one source. `counts` says what they were, `pages` what the page numbers of its rows mean."""

    def __init__(self, source: str, has_agent: bool, visitors: Visitors) -> None:
        self.counts: Counter[str] = Counter()
        self.pages: list[Page] = []
        self._source, self._has_agent, self._visitors = source, has_agent, visitors
        self._numbers: dict[Page, int] = {}
        self._vocabularies: dict[tuple[int, ...], _Vocabulary] = {}

    def rows(self, scanned: Scanned) -> Rows:
        """The page views of a block, those of crawlers and of the Centre's own too."""
        known = self._known(scanned)
        days = (scanned.seconds + JST_OFFSET) // DAY
        found = [self._of_rules(known, scanned, valid, chosen) for valid, chosen in self._by_rules(days)]
        return np.concatenate(found) if found else np.empty(0, ROW)

    def _known(self, scanned: Scanned) -> _Vocabulary:
        if scanned.vocabulary not in self._vocabularies:
            for other in [other for other in self._vocabularies if other[:-1] == scanned.vocabulary[:-1]]:
                del self._vocabularies[other]  # its scanner has begun anew
            self._vocabularies[scanned.vocabulary] = _Vocabulary()
        known = self._vocabularies[scanned.vocabulary]
        known.visitors += scanned.new_visitors
        known.targets += scanned.new_targets
        return known

    def _by_rules(self, days: NDArray[np.int64]) -> list[tuple[Rules, NDArray[np.bool_]]]:
        """Which rows are judged by which rules: those of their days."""
        found: dict[Rules, NDArray[np.bool_]] = {}
        for day in np.unique(days).tolist():
            valid, chosen = rules.of(self._source, jst_date(day * DAY - JST_OFFSET)), days == day
            found[valid] = found[valid] | chosen if valid in found else chosen
        return list(found.items())

    def _of_rules(self, known: _Vocabulary, scanned: Scanned, valid: Rules, chosen: NDArray[np.bool_]) -> Rows:
        verdicts = self._judged(known, valid)
        targets = scanned.targets[chosen]
        kinds = np.bincount(verdicts.what[targets], minlength=3)
        self.counts["static"] += int(kinds[_STATIC])
        self.counts["not_a_page_request"] += int(kinds[_NEITHER])
        is_page = verdicts.what[targets] == _PAGE
        made = np.empty(int(kinds[_PAGE]), ROW)
        visitors = scanned.visitors[chosen][is_page]
        made["second"] = scanned.seconds[chosen][is_page]
        made["page"] = verdicts.page[targets[is_page]]
        asked_ahead = verdicts.prefetch[targets[is_page]] & (verdicts.verdict[visitors] == Verdict.PERSON)
        made["verdict"] = np.where(asked_ahead, Verdict.PREFETCH, verdicts.verdict[visitors])
        for verdict, count in enumerate(np.bincount(made["verdict"], minlength=len(Verdict)).tolist()):
            self.counts[_COUNTED_AS[Verdict(verdict)]] += count
        self._name(known, visitors, made)
        return made

    def _judged(self, known: _Vocabulary, valid: Rules) -> _Judged:
        found = known.judged[valid]
        targets = known.targets[len(found.what) :]
        fresh = [self._what(target.removeprefix(PREFETCHED), valid) for target in targets]
        if fresh:
            ahead = [target.startswith(PREFETCHED) for target in targets]
            found.prefetch = np.concatenate([found.prefetch, np.array(ahead, np.bool_)])
            found.what = np.concatenate([found.what, np.array([what for what, _ in fresh], np.uint8)])
            found.page = np.concatenate([found.page, np.array([page for _, page in fresh], np.uint32)])
        people = [
            judged(address, agent if self._has_agent else None, valid)
            for address, agent in known.visitors[len(found.verdict) :]
        ]
        if people:
            found.verdict = np.concatenate([found.verdict, np.array(people, np.uint8)])
        return found

    def _what(self, target: bytes, valid: Rules) -> tuple[int, int]:
        what = classified(target, valid)
        if isinstance(what, Page):
            number = self._numbers.setdefault(what, len(self.pages))
            if number == len(self.pages):
                self.pages.append(what)
            return _PAGE, number
        return (_STATIC if what == "static" else _NEITHER), 0

    def _name(self, known: _Vocabulary, visitors: NDArray[np.uint32], made: Rows) -> None:
        """Gives each row its visitor's hash, and within a month's first hour the one of the month before."""
        made["before"], made["is_known_before"] = 0, 0
        for month in months_of(made["second"]):
            within = (made["second"] >= month.began) & (made["second"] < month.ends)
            made["visitor"][within] = self._hashes(known, month.first, visitors[within])
            early = within & (made["second"] < month.began + rules.LONGEST_TIMEOUT)
            if early.any():
                made["before"][early] = self._hashes(known, month.before, visitors[early])
                made["is_known_before"][early] = 1

    def _hashes(self, known: _Vocabulary, first: date, visitors: NDArray[np.uint32]) -> NDArray[np.int64]:
        size = len(known.visitors)
        hashes = _grown(known.hashes.get(first), size, np.int64)
        hashed = _grown(known.hashed.get(first), size, np.bool_)
        known.hashes[first], known.hashed[first] = hashes, hashed
        wanted = np.zeros(size, np.bool_)
        wanted[visitors] = True
        for number in np.flatnonzero(wanted & ~hashed).tolist():
            hashes[number] = self._visitors.hashed(first, *known.visitors[number])
        hashed |= wanted
        return hashes[visitors]


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


def _grown(before: NDArray[Any] | None, size: int, kind: type) -> NDArray[Any]:
    grown: NDArray[Any] = np.zeros(size, kind)
    if before is not None:
        grown[: len(before)] = before
    return grown
