"""What one log file holds: every line judged and counted, its page views spooled, malformed lines kept aside."""

from collections import Counter
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from partner.common.refusal import Refusal
from partner.facts.access import anchors, scanning
from partner.facts.access.expiring import Expiring
from partner.facts.access.formats import BEGINNING, WITHOUT_ZONE, guessed, named
from partner.facts.access.judging import Judging
from partner.facts.access.lists import Lists
from partner.facts.access.reading import LogFile
from partner.facts.access.scanned import ASIDE_LINES, Block, Frame, Scanned, digest_of
from partner.facts.access.spooling import Spool
from partner.facts.access.visitors import Visitors
from partner.ledger.clock import ORIGIN

COUNTED = ("lines", "malformed", "static", "crawler", "own", "prefetch", "not_a_page_request", "page_views")
_AHEAD = timedelta(minutes=10)  # so far a web server's clock may be ahead of ours
_ONE_IN = 10  # of the lines must be of the format, else the file is something else


class Taking:
    """One file's lines, from an offset on. After `run`, its members say what was there."""

    def __init__(
        self, file: LogFile, source: str, layout: str, visitors: Visitors, lists: Lists, now: datetime
    ) -> None:
        self.file = file
        self.layout = layout or guessed(file.beginning.split(b"\n")[:-1])
        self.hours: set[int] = set()
        self.first: int | None = None
        self.last: int | None = None
        self.aside: list[tuple[int, bytes]] = []
        self.anchors: list[int] = []
        self.minutes: Counter[int] = Counter()  # page requests and the like of each minute since 1970
        self._last_lines: list[bytes] = []
        self._visitors = visitors
        self._judging = Judging(source, named(self.layout).has_agent, visitors, lists)
        self._frame = Frame(int(ORIGIN.timestamp()), int((now + _AHEAD).timestamp()), anchors.key())

    @property
    def counts(self) -> Counter[str]:
        """How many lines, and what they were."""
        return self._judging.counts

    @property
    def pages(self) -> list[str]:
        """What the page numbers of the spooled rows mean."""
        return self._judging.pages

    def run(self, start: int, rows_before: int, spool: Spool, expiring: Expiring) -> None:
        """Takes the lines. Raises Refusal for a file that is no log of this format, or speaks of the future."""
        blocks = self.file.blocks(start, rows_before)
        for block, scanned in scanning.each(blocks, self.layout, self._frame, self.file.expected - start):
            if scanned.untimely is not None:
                raise self._untimely(block, scanned.untimely)
            self._count(scanned)
            self._remember(block)
            spool.add(self._judging.rows(scanned))
            expiring.add(self._visitors.named())
        self.anchors += [digest_of(line, self._frame.key) for line in self._last_lines]
        if start == 0:
            self._must_be_a_log()

    def _remember(self, block: Block) -> None:
        begins = len(block.text)
        for _ in range(anchors.LAST_LINES + 1):
            begins = max(0, block.text.rfind(b"\n", 0, begins))
        here = block.text[begins:-1].split(b"\n")[-anchors.LAST_LINES :]
        kept = [*self._last_lines, *(line.removesuffix(b"\r") for line in here)]
        self._last_lines = kept[-anchors.LAST_LINES :]

    def _count(self, scanned: Scanned) -> None:
        self.counts["lines"] += scanned.lines
        self.counts["malformed"] += scanned.malformed
        self.counts["not_a_page_request"] += scanned.not_a_page
        self.hours |= scanned.hours
        if scanned.first is not None and scanned.last is not None:
            self.first = scanned.first if self.first is None else min(self.first, scanned.first)
            self.last = scanned.last if self.last is None else max(self.last, scanned.last)
        self.aside += scanned.asides[: ASIDE_LINES - len(self.aside)]
        self.anchors += scanned.anchors
        self.minutes.update(_each(scanned.seconds // 60))

    def _untimely(self, block: Block, is_ahead: bool) -> Refusal:
        parse = named(self.layout).parse
        lines = enumerate(map(parse, block.text.replace(b"\r\n", b"\n").split(b"\n")), block.row + 1)
        first, last = self._frame.first, self._frame.last
        row = next(row for row, line in lines if line is not None and not first <= line.second <= last)
        if is_ahead:
            message = "未来の日時の行があります。サーバーの時計か、ファイルを確かめてください。"
            return Refusal("in_the_future", message, file=self.file.name, row=row)
        message = f"記録の始まり（{ORIGIN:%Y-%m-%d}）より前の日時の行があります。"
        return Refusal("before_origin", message, file=self.file.name, row=row)

    def _must_be_a_log(self) -> None:
        lines, malformed = self.counts["lines"], self.counts["malformed"]
        begun = self.file.unfinished
        if (lines and (lines - malformed) * _ONE_IN < lines) or (not lines and begun and not BEGINNING.match(begun)):
            raise self._another_format()

    def _another_format(self) -> Refusal:
        lines = [text for _, text in self.aside]
        if sum(WITHOUT_ZONE.match(line) is not None for line in lines) * 2 > len(lines):
            message = "時差（+0900 など）のない日時です。どの国の時刻か決められないため、取り込めません。ログの設定を確かめてください。"
            return Refusal("no_time_zone", message, file=self.file.name, row=1)
        message = (
            f"アクセスログ（{self.layout[:80]}形式）として読める行がほとんどありません。"
            "Apache・nginxのcombined形式、common形式、JSON形式のログを指定するか、--format に書式を指定してください。"
        )
        return Refusal("another_format", message, file=self.file.name, row=1)


def _each(numbers: NDArray[np.int64]) -> dict[int, int]:
    """How often each is there. They lie close together, unless something is wrong with a log's clock."""
    if not len(numbers):
        return {}
    first, last = int(numbers.min()), int(numbers.max())
    if last - first > len(numbers):
        found, counts = np.unique(numbers, return_counts=True)
    else:
        counts = np.bincount(numbers - first)
        found = np.flatnonzero(counts)
        found, counts = found + first, counts[found]
    return dict(zip(found.tolist(), counts.tolist(), strict=True))
