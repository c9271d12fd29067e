"""What one log file holds: every line judged and counted, its page views spooled, malformed lines kept aside."""

from collections import Counter
from datetime import datetime, timedelta

from partner.common.refusal import Refusal
from partner.facts.access.agents import Verdict
from partner.facts.access.parsing import BEGINNING, FORMATS, WITHOUT_ZONE, Line, PageView, classified, guessed, parsed
from partner.facts.access.reading import LogFile
from partner.facts.access.spooling import Spool
from partner.facts.access.visitors import Visitors
from partner.ledger.clock import ORIGIN

COUNTED = ("lines", "malformed", "static", "crawler", "own", "not_a_page_request", "page_views")
_COUNTED_AS = {Verdict.PERSON: "page_views", Verdict.CRAWLER: "crawler", Verdict.OWN: "own"}
_AHEAD = timedelta(minutes=10)  # so far a web server's clock may be ahead of ours
_ASIDE_LINES, _ASIDE_BYTES = 100, 500
_ONE_IN = 10  # of the lines must be of the format, else the file is something else


class Taking:
    """One file's lines, from an offset on. After `run`, `counts`, `hours`, `first`, `last` and `aside` say what was there."""

    def __init__(
        self, file: LogFile, source: str, layout: str, visitors: Visitors, spool: Spool, now: datetime
    ) -> None:
        self.file = file
        self.source = source
        self.layout = layout or guessed(file.beginning.split(b"\n")[:-1])
        self.counts: Counter[str] = Counter()
        self.hours: set[int] = set()
        self.first: int | None = None
        self.last: int | None = None
        self.aside: list[bytes] = []
        self._visitors = visitors
        self._spool = spool
        self._from = int(ORIGIN.timestamp())
        self._until = int((now + _AHEAD).timestamp())

    def run(self, start: int, rows_before: int) -> None:
        """Takes the lines. Raises Refusal for a file that is no log of this format, or speaks of the future."""
        layout = FORMATS[self.layout]
        for row, text in enumerate(self.file.lines(start), rows_before + 1):
            line = parsed(text, layout)
            if line is None:
                self._keep_aside(row, text)
            else:
                self._take(line, row)
        self.counts["lines"] = sum(self.counts.values())
        self._spool.flush()
        if start == 0:
            self._must_be_a_log()

    def _take(self, line: Line, row: int) -> None:
        if not self._from <= line.second <= self._until:
            raise self._untimely(line, row)
        self.hours.add(line.second // 3600)
        self.first = line.second if self.first is None else min(self.first, line.second)
        self.last = line.second if self.last is None else max(self.last, line.second)
        what = classified(line, self.source)
        if isinstance(what, PageView):
            visitor, before = self._visitors.hashes(line.second, line.address, line.agent)
            self._spool.add(line.second, visitor, before, what)
            what = _COUNTED_AS[what.verdict]
        self.counts[what] += 1

    def _keep_aside(self, row: int, text: bytes) -> None:
        self.counts["malformed"] += 1
        if len(self.aside) < _ASIDE_LINES:
            self.aside.append(b"%d\t%s\n" % (row, text[:_ASIDE_BYTES]))

    def _untimely(self, line: Line, row: int) -> Refusal:
        if line.second > self._until:
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
        lines = [kept.partition(b"\t")[2] for kept in self.aside]
        if sum(WITHOUT_ZONE.match(line) is not None for line in lines) * 2 > len(lines):
            message = "時差（+0900 など）のない日時です。どの国の時刻か決められないため、取り込めません。ログの設定を確かめてください。"
            return Refusal("no_time_zone", message, file=self.file.name, row=1)
        message = (
            f"アクセスログ（{self.layout}形式）として読める行がほとんどありません。"
            "Apache・nginxのcombined形式かcommon形式のログを指定してください。"
        )
        return Refusal("another_format", message, file=self.file.name, row=1)
