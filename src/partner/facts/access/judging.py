"""What scanned lines count as (catalogue §3, rules 3 and 4): rows of numbers, by what each number was judged to mean."""

from collections import Counter, defaultdict

import numpy as np
from numpy.typing import NDArray

from partner.facts.access import rules
from partner.facts.access.agents import Verdict
from partner.facts.access.lists import Lists
from partner.facts.access.moments import JST_OFFSET, jst_date
from partner.facts.access.rules import Rules
from partner.facts.access.scanned import Scanned
from partner.facts.access.visitors import Visitors, months_of
from partner.facts.access.vocabulary import NEITHER, PAGE, STATIC, Pages, Vocabulary

DAY = 86400
ROW = np.dtype(
    [
        ("second", "<i8"),
        ("visitor", "<i8"),
        ("before", "<i8"),
        ("is_known_before", "u1"),
        ("page", "<u4"),
        ("verdict", "u1"),
    ]
)
_COUNTED_AS = {
    Verdict.PERSON: "page_views",
    Verdict.CRAWLER: "crawler",
    Verdict.OWN: "own",
    Verdict.PREFETCH: "prefetch",
}
Rows = NDArray[np.void]
Chosen = NDArray[np.bool_] | slice


class Judging:
    """Of the lines of one source. `counts` says what they were."""

    def __init__(self, source: str, has_agent: bool, visitors: Visitors, lists: Lists) -> None:
        self.counts: Counter[str] = Counter()
        self._source, self._has_agent, self._visitors, self._lists = source, has_agent, visitors, lists
        self._pages = Pages()
        self._vocabularies: dict[tuple[int, ...], Vocabulary] = {}

    @property
    def pages(self) -> list[str]:
        """What the page numbers of the rows mean."""
        return self._pages.listed

    def rows(self, scanned: Scanned) -> Rows:
        """The page views of a block, those of crawlers and of the Centre's own too."""
        known = self._known(scanned)
        self.counts["static"] += scanned.static
        found = [self._of_rules(known, scanned, valid, chosen) for valid, chosen in self._by_rules(scanned.seconds)]
        return found[0] if len(found) == 1 else np.concatenate([np.empty(0, ROW), *found])

    def _known(self, scanned: Scanned) -> Vocabulary:
        *scanner, _ = scanned.vocabulary
        if scanned.vocabulary not in self._vocabularies:
            for other in [other for other in self._vocabularies if list(other[:-1]) == scanner]:
                del self._vocabularies[other]  # its scanner has begun anew
            self._vocabularies[scanned.vocabulary] = Vocabulary(self._has_agent, self._pages, self._visitors)
        known = self._vocabularies[scanned.vocabulary]
        known.learn(scanned)
        return known

    def _by_rules(self, seconds: NDArray[np.int64]) -> list[tuple[Rules, Chosen]]:
        """Which rows are judged by which rules: those of their days. Nearly always all by the same."""
        found: dict[Rules, list[int]] = defaultdict(list)
        for day in days_of(seconds):
            valid = rules.of(self._source, jst_date(day * DAY - JST_OFFSET), self._lists)
            found[valid].append(day)
        if len(found) == 1:
            return [(valid, slice(None)) for valid in found]
        days = (seconds + JST_OFFSET) // DAY
        return [(valid, np.isin(days, chosen)) for valid, chosen in found.items()]

    def _of_rules(self, known: Vocabulary, scanned: Scanned, valid: Rules, chosen: Chosen) -> Rows:
        judged = known.judged(valid)
        targets = scanned.targets[chosen]
        what = judged.what[targets]
        kinds = np.bincount(what, minlength=3)
        self.counts["static"] += int(kinds[STATIC])
        self.counts["not_a_page_request"] += int(kinds[NEITHER])
        is_page = np.flatnonzero(what == PAGE)
        targets, visitors = targets[is_page], scanned.visitors[chosen][is_page]
        verdicts = judged.verdict[visitors]
        verdicts[judged.prefetch[targets] & (verdicts == Verdict.PERSON)] = Verdict.PREFETCH
        for verdict, count in enumerate(np.bincount(verdicts, minlength=len(Verdict)).tolist()):
            self.counts[_COUNTED_AS[Verdict(verdict)]] += count
        return _made(known, scanned.seconds[chosen][is_page], visitors, judged.page[targets], verdicts)


def _made(
    known: Vocabulary,
    seconds: NDArray[np.int64],
    visitors: NDArray[np.uint32],
    pages: NDArray[np.uint32],
    verdicts: NDArray[np.uint8],
) -> Rows:
    """The rows, each with its visitor's hash, and within a month's first hour with the one of the month before."""
    made = np.zeros(len(seconds), ROW)
    made["second"], made["page"], made["verdict"] = seconds, pages, verdicts
    for month in months_of(seconds):
        within = (seconds >= month.began) & (seconds < month.ends)
        made["visitor"][within] = known.hashes(month.first, visitors[within])
        early = within & (seconds < month.began + rules.LONGEST_TIMEOUT)
        if early.any():
            made["before"][early] = known.hashes(month.before, visitors[early])
            made["is_known_before"][early] = 1
    return made


def days_of(seconds: NDArray[np.int64]) -> list[int]:
    """The days in Japan (since 1970) that these seconds lie in."""
    if not len(seconds):
        return []
    first, last = (int(seconds.min()) + JST_OFFSET) // DAY, (int(seconds.max()) + JST_OFFSET) // DAY
    if last - first < 2:
        return list(range(first, last + 1))
    found: list[int] = np.unique((seconds + JST_OFFSET) // DAY).tolist()
    return found
