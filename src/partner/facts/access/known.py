"""Whether a log was loaded before, and up to where: by the digest of its head and its source, or by its lines."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from partner.common.refusal import Refusal
from partner.facts.access import anchors
from partner.facts.access.formats import guessed, named
from partner.facts.access.reading import HEAD, LogFile
from partner.facts.access.scanned import digest_of
from partner.facts.models.access import AccessBatch
from partner.ledger.fields import from_microseconds, to_microseconds

_IN_SEQUENCE = 50  # lines by which a file is found that begins inside a loaded log
_FEWEST = 10  # where the log ends before so many
_SHARE = 4  # a quarter of the lines
_MINUTE = 60_000_000
Log = Sequence[AccessBatch]


@dataclass(frozen=True)
class Loaded:
    """How much of a file was loaded before: so many bytes and lines of it. `log` is the one to which the rest belongs.

    `log` is None where the file has a head of its own, because it begins inside of what was loaded.
    """

    ends: int
    lines: int
    log: AccessBatch | None


class Known:
    """What was taken from logs of a source, and what this load is about to take: asked for no more than a file needs."""

    def __init__(self, source: str, more: Sequence[AccessBatch]) -> None:
        self._rows = AccessBatch.objects.believed().filter(source=source)
        self._more = more

    def beginning_like(self, file: LogFile) -> list[Log]:
        """Logs with this head."""
        lengths = {
            *self._rows.values_list("head_length", flat=True).distinct(),
            *(one.head_length for one in self._more),
        }
        heads = {hashlib.sha256(file.head[:length]).hexdigest() for length in lengths if length <= len(file.head)}
        rows = self._rows.filter(head_digest__in=heads)
        found = [*rows.values_list("log", flat=True), *(one.log for one in self._more if one.head_digest in heads)]
        return [log for log in self._whole(found) if _has_head(file, log[-1])]

    def within(self, first: int, last: int) -> list[Log]:
        """Logs with lines of that time (seconds since 1970)."""
        start, end = (from_microseconds(second * 1_000_000) for second in (first, last))
        rows = self._rows.filter(first_at__lte=end, last_at__gte=start)
        more = [
            one.log
            for one in self._more
            if one.first_at and one.last_at and one.first_at <= end and one.last_at >= start
        ]
        return self._whole([*rows.values_list("log", flat=True), *more])

    def _whole(self, logs: Iterable[str]) -> list[Log]:
        names = set(logs)
        batches = [*self._rows.filter(log__in=names), *(one for one in self._more if one.log in names)]
        return _logs(batches)


def loaded_part(file: LogFile, known: Known, layout: str) -> Loaded | None:
    """How much of this file was loaded before; None where it is new. `layout` is its format, where that was said.

    Raises Refusal for a file that begins like a loaded log and goes on otherwise, or ends before what was loaded.
    """
    for log in known.beginning_like(file):
        _must_be_same_or_grown(file, log)
        return Loaded(log[-1].ends, log[-1].first_row + log[-1].lines, log[-1])
    first = _first_second(file, layout)
    return None if first is None else _begun_inside(file, known.within(first, first))


def must_not_repeat(file: LogFile, minutes: Mapping[int, int], lines: int, known: Known) -> None:
    """Raises Refusal for a file of whose lines more than half were loaded before, from another file.

    `minutes` says how many of its lines, of those that may be page views, are of which minute since 1970: where few are of a time
    that another log tells of, no line needs to be looked at.
    """
    if not minutes:
        return
    first, last = min(minutes) * 60, max(minutes) * 60 + 59
    logs = [log for log in known.within(first, last) if _overlap(log, minutes)]
    if not logs:
        return
    key = anchors.key()
    digests = (digest_of(line.removesuffix(b"\n").removesuffix(b"\r"), key) for line in file.lines())
    here = np.unique(np.fromiter(digests, np.uint64))
    for log in logs:
        rows, kept = anchors.of_log(log)
        repeated = int(anchors.weights(rows)[np.isin(kept, here)].sum())
        if repeated * 2 > lines:
            name = log[-1].file_name
            message = (
                f"半分を超える行が、取込済みの「{name}」と同じです。同じログを切り直した写しと思われるため、取り込めません。"
                "重ならない範囲のファイルか、元のログを指定してください。"
            )
            raise Refusal("repeats", message, file=file.name)


def _first_second(file: LogFile, layout: str) -> int | None:
    """When the first line was written that is one."""
    lines = file.beginning.split(b"\n")[:-1]
    parse = named(layout or guessed(lines)).parse
    return next((line.second for line in map(parse, (text.removesuffix(b"\r") for text in lines)) if line), None)


def head_of(file: LogFile) -> tuple[int, str]:
    """Length and digest of the head: the first 4 KiB, or as much of what was taken as there is."""
    length = min(HEAD, file.ends)
    return length, hashlib.sha256(file.head[:length]).hexdigest()


def _logs(batches: Iterable[AccessBatch]) -> list[Log]:
    logs: dict[str, list[AccessBatch]] = defaultdict(list)
    for batch in batches:
        logs[batch.log].append(batch)
    return [sorted(log, key=lambda batch: batch.ends) for log in logs.values()]


def _has_head(file: LogFile, batch: AccessBatch) -> bool:
    if len(file.head) < batch.head_length:
        return False
    return hashlib.sha256(file.head[: batch.head_length]).hexdigest() == batch.head_digest


def _must_be_same_or_grown(file: LogFile, log: Log) -> None:
    last = log[-1]
    found = file.digests_at([last.ends]).get(last.ends)
    if found is None:
        message = "前に取り込んだときより短くなっています。途中までの写しか、書き換えられたログです。全体のあるファイルを指定してください。"
        raise Refusal("shorter", message, file=file.name)
    if found != last.digest:
        message = "前に取り込んだ部分と内容が違います。書き換えられたログは取り込めません。別のサーバーのログなら --source を指定してください。"
        raise Refusal("rewritten", message, file=file.name)


def _begun_inside(file: LogFile, logs: Iterable[Log]) -> Loaded | None:
    key = anchors.key()
    first = [digest_of(line.removesuffix(b"\r"), key) for line in file.beginning.split(b"\n")[:-1][:_IN_SEQUENCE]]
    for log in logs:
        for start in _starts(first, log):
            if found := _followed(file, log, start, key):
                return found
    return None


def _starts(first: list[int], log: Log) -> list[int]:
    """The lines of the log at which these lines may stand in sequence."""
    rows, digests = anchors.of_log(log)
    end = log[-1].first_row + log[-1].lines
    alike = np.flatnonzero(np.isin(digests, np.array(first, np.uint64)))
    if not len(alike):  # nearly always: a new file has no line of an old one
        return []
    kept = dict(zip(rows.tolist(), digests.tolist(), strict=True))
    places = {int(rows[at]) - n for at in alike.tolist() for n, one in enumerate(first) if one == int(digests[at])}
    found = []
    for start in sorted(places):
        here = min(len(first), end - start)
        held = [n for n in range(here) if start + n in kept]
        enough = here == len(first) == _IN_SEQUENCE or here >= _FEWEST
        if start > 0 and enough and held and all(kept[start + n] == first[n] for n in held):
            found.append(start)
    return found


def _followed(file: LogFile, log: Log, start: int, key: bytes) -> Loaded | None:
    """How much of the file is what the log holds from that line on; None where it goes on otherwise before the log ends."""
    rows, digests = anchors.of_log(log)
    kept = dict(zip(rows.tolist(), digests.tolist(), strict=True))
    end = log[-1].first_row + log[-1].lines
    length = 0
    for row, line in enumerate(file.lines(), start):
        if row == end:
            return Loaded(length, row - start, None)
        if row in kept and kept[row] != digest_of(line.removesuffix(b"\n").removesuffix(b"\r"), key):
            return None
        length += len(line)
    return Loaded(length, row + 1 - start, None)


def _overlap(log: Log, minutes: Mapping[int, int]) -> bool:
    """Whether so much of a file is of the log's time that half of its lines may be the log's."""
    spans = [
        (to_microseconds(one.first_at) // _MINUTE, to_microseconds(one.last_at) // _MINUTE)
        for one in log
        if one.first_at and one.last_at
    ]
    shared = sum(number for minute, number in minutes.items() if any(start <= minute <= end for start, end in spans))
    return shared * _SHARE >= sum(minutes.values())
