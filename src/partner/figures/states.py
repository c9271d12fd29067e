"""Final, provisional, missing: judged from coverage as known at the cut, never by the clock (catalogue §2)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import BooleanField, F, Value

from partner.common.period import Period
from partner.facts.models.coverage import Coverage
from partner.facts.models.statements import Loss

Interval = tuple[datetime, datetime]
_MARGINS = {"access": timedelta(seconds=1800)}  # a visit may have begun before the period, or go on after it (rule 3)
_BY_SOURCE = frozenset({"access"})  # several servers, each with its own log
_COLUMNS = ("kind", "valid_from", "valid_to", "source", "recorded_at")
ORDER = ("final", "provisional", "missing", "not_applicable")


class _Told(NamedTuple):
    """A row of coverage or a declared loss, as far as it is judged."""

    kind: str
    valid_from: datetime
    valid_to: datetime
    source: str
    recorded_at: datetime
    loss: bool


@dataclass(frozen=True)
class Judgement:
    """How complete a kind of facts is for a period. `uncovered` and `losses` are hours within the period."""

    state: str
    covered: bool
    uncovered: tuple[Interval, ...]
    losses: tuple[Interval, ...]


class States:
    """Judges periods by the coverage known at `cut`. With `since` only those that begin after it: less to read."""

    def __init__(self, cut: datetime, since: datetime | None = None) -> None:
        self.cut, self._since = cut, since
        self._rows: dict[str, list[_Told]] = {}
        self._has_all = False
        self._judged: dict[tuple[str, Period], Judgement] = {}
        self._all: dict[tuple[tuple[str, ...], Period], Judgement] = {}

    def read(self, kinds: Iterable[str]) -> None:
        """Reads these kinds alone: for whoever knows that no other will be asked for. Else all are read at once."""
        self._rows |= self._read(kind__in=tuple(kinds))
        for kind in kinds:
            self._rows.setdefault(kind, [])

    def _of(self, kind: str) -> list[_Told]:
        if kind not in self._rows and not self._has_all:
            self._rows, self._has_all = self._read(), True
        return self._rows.get(kind, [])

    def _read(self, **narrowed: Any) -> dict[str, list[_Told]]:
        if self._since:
            narrowed["valid_to__gt"] = self._since
        told: Any = Coverage.objects.annotate(is_loss=F("loss"))
        lost: Any = Loss.objects.annotate(is_loss=Value(True, BooleanField()))
        asked = [
            rows.known_at(self.cut).filter(**narrowed).order_by().values_list(*_COLUMNS, "is_loss")
            for rows in (told, lost)
        ]
        rows: dict[str, list[_Told]] = defaultdict(list)
        for row in asked[0].union(asked[1], all=True):
            rows[row[0]].append(_Told(*row))
        return dict(rows)

    def judge(self, kind: str, period: Period) -> Judgement:
        """Whether the kind's facts are complete for the period."""
        if (kind, period) not in self._judged:
            margin = _MARGINS.get(kind, timedelta())
            self._judged[kind, period] = self._judge(kind, (period.start - margin, period.end + margin))
        return self._judged[kind, period]

    def judge_all(self, kinds: Sequence[str], period: Period) -> Judgement:
        """Whether all these kinds are complete for the period: what one of them lacks, the whole lacks."""
        asked = (tuple(kinds), period)
        if asked not in self._all:
            self._all[asked] = _worst([self.judge(kind, period) for kind in kinds])
        return self._all[asked]

    def judge_hours(self, kinds: Sequence[str], start: datetime, end: datetime) -> Judgement:
        """Whether all these kinds are complete for these hours, nothing before or after them asked."""
        return _worst([self._judge(kind, (start, end)) for kind in kinds])

    def _judge(self, kind: str, whole: Interval) -> Judgement:
        start, end = whole
        if kind in _BY_SOURCE:
            heard = sorted({row.source for row in self._of(kind) if row.valid_from < end and row.valid_to > start})
            if len(heard) > 1:
                return _worst([self._judge_source(kind, whole, source) for source in heard])
        return self._judge_source(kind, whole, "")

    def _judge_source(self, kind: str, whole: Interval, source: str) -> Judgement:
        """One source of the kind, or all together: what one of several web servers lacks, the whole lacks."""
        start, end = whole
        rows = [row for row in self._of(kind) if source in ("", row.source)]
        rows = [row for row in rows if row.valid_from < end and row.valid_to > start]
        told = [_hours(row, whole) for row in rows if not row.loss]
        losses = [_hours(row, whole) for row in rows if row.loss]
        uncovered = subtract([whole], told + losses)
        lost = [
            hours for row in rows if row.loss for hours in subtract([_hours(row, whole)], _told_since(row, rows, whole))
        ]
        is_over = end <= self.cut
        state = "final" if is_over and not uncovered else "provisional"
        return Judgement(state, bool(told), tuple(uncovered), tuple(_joined(lost)))

    def covered_until(self, kind: str) -> datetime | None:
        """The end of the latest day for which the kind is complete."""
        return max((row.valid_to for row in self._of(kind) if not row.loss), default=None)


def _worst(each: list[Judgement]) -> Judgement:
    if not each:  # a figure that is worked out from others, of which there are none
        return Judgement("final", False, (), ())
    if len(each) == 1:
        return each[0]
    return Judgement(
        max((one.state for one in each), key=ORDER.index), any(one.covered for one in each),
        tuple(_joined([hours for one in each for hours in one.uncovered])),
        tuple(_joined([hours for one in each for hours in one.losses])),
    )  # fmt: skip


def _hours(row: Any, whole: Interval) -> Interval:
    """The row's hours as far as they lie within the whole."""
    return max(row.valid_from, whole[0]), min(row.valid_to, whole[1])


def _told_since(loss: Any, rows: list[Any], whole: Interval) -> list[Interval]:
    """What the source told after the loss was declared: then it was found after all."""
    return [_hours(row, whole) for row in rows if not row.loss and row.recorded_at > loss.recorded_at]


def subtract(wholes: list[Interval], parts: list[Interval]) -> list[Interval]:
    """What is left of the intervals without the parts, joined and in order."""
    left: list[Interval] = []
    for start, end in sorted(wholes):
        at = start
        for part_start, part_end in sorted(parts):
            if part_end <= at or part_start >= end:
                continue
            if part_start > at:
                left.append((at, part_start))
            at = max(at, part_end)
        if at < end:
            left.append((at, end))
    return _joined(left)


def _joined(intervals: list[Interval]) -> list[Interval]:
    joined: list[Interval] = []
    for start, end in sorted(intervals):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
