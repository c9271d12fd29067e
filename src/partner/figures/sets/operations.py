"""Operation of the system in valid time: stops and works begun in a period, minutes within it, response times."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q

from partner.common.period import Period
from partner.facts.models.operations import BUCKETS, Operation, ResponseTime
from partner.figures.sets import Amount, Axis, Facts, Measured, Numbers
from partner.figures.states import Interval, subtract
from partner.master.book import Book

_SYSTEM = {"system": Axis("system", "system")}
_CAUSE = {"cause": Axis("cause", "outage_cause", answered=True), **_SYSTEM}
_WORK = {
    "kind": Axis("category", "work_kind", answered=True),
    "result": Axis("result", "operation_result", answered=True),
    **_SYSTEM,
}
_GROUP = {"page_group": Axis("page_group", "page_group")}
_SHARE = Decimal("0.000001")
_MOST_UNKNOWN = 200  # one part in so many: 0.5 % (rule 11)


class Operations:
    """What a figure's function is handed. `book` names the causes outside the contractor and the target."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def _facts(self, rows: Any, period: Period, what: str, axes: dict[str, Axis]) -> Facts:
        return Facts(rows, period.start, axes, "OP", ("operations", what, period.key))

    def begun(self, period: Period, kind: str) -> Facts:
        """What of that kind began in the period."""
        rows = _rows().filter(kind=kind, valid_from__gte=period.start, valid_from__lt=period.end)
        return self._facts(rows, period, kind, _CAUSE if kind == "outage" else _WORK)

    def _touching(self, period: Period, *kinds: str) -> Any:
        lasting = Q(valid_to__isnull=True) | Q(valid_to__gt=period.start)
        return _rows().filter(lasting, kind__in=kinds, valid_from__lt=period.end)

    def downtime(self, period: Period) -> Measured:
        """The minutes of unplanned stops within the period, wherever they began."""
        facts = self._facts(self._touching(period, "outage"), period, "downtime", _CAUSE)
        return Measured(
            facts, lambda rows: Numbers(minutes(sum((b - a for a, b in _within(rows, period)), timedelta())))
        )

    def repair(self, period: Period) -> Measured:
        """The whole duration of the stops that began in the period and are over, by their number."""
        facts = self._facts(self.begun(period, "outage").rows.filter(valid_to__isnull=False), period, "repair", _CAUSE)
        return Measured(facts, _mean_duration)

    def availability(self, period: Period) -> Measured:
        """Rule 11: (S − U) ÷ S, with what was left out and the worst case beside."""
        kinds = ("service", "planned_stop", "outage", "unknown")
        facts = self._facts(self._touching(period, *kinds), period, "availability", _SYSTEM)
        return Measured(facts, lambda rows: self._available(rows, period))

    def _available(self, rows: list[Any], period: Period) -> Numbers:
        sums = [self._ledger([row for row in rows if row.system == system], period)
                for system in sorted({row.system for row in rows})]  # fmt: skip
        planned, excluded, unknown, down = (sum((one[n] for one in sums), timedelta()) for n in range(4))
        counted = planned - excluded - unknown
        measures: dict[str, Amount | None] = {
            "planned_minutes": minutes(planned), "excluded_minutes": minutes(excluded),
            "unknown_minutes": minutes(unknown), "down_minutes": minutes(down),
            "worst_case": _share(counted - down, counted + unknown),
        }  # fmt: skip
        state = "provisional" if unknown * _MOST_UNKNOWN > planned else ""
        return Numbers(_share(counted - down, counted), measures, state)

    def _ledger(self, rows: list[Any], period: Period) -> tuple[timedelta, ...]:
        """Of one system: planned service; planned stops and stops from outside; unknown; unplanned stops in the rest."""
        planned = subtract(_within((row for row in rows if row.kind == "service"), period), [])
        outside = [row for row in rows if row.kind == "planned_stop" or self._is_outside(row)]
        served = subtract(planned, _within(outside, period))
        seen = subtract(served, _within((row for row in rows if row.kind == "unknown"), period))
        up = subtract(
            seen, _within((row for row in rows if row.kind == "outage" and not self._is_outside(row)), period)
        )
        whole, kept, watched, available = (_length(one) for one in (planned, served, seen, up))
        return whole, whole - kept, kept - watched, watched - available

    def _is_outside(self, row: Any) -> bool:
        """Whether the stop's cause lies outside the contractor, by the list of the day it began."""
        return row.kind == "outage" and any(
            code.code == row.cause for code in self.book.codes("outside_cause", row.valid_from)
        )

    def response_times(self, period: Period) -> Measured:
        """Percentiles from the merged counts of all hours."""
        samples: Any = ResponseTime.objects
        rows = samples.filter(valid_from__gte=period.start, valid_from__lt=period.end)
        identity = ("operations", "response_times", period.key)
        facts = Facts(rows, period.start, _GROUP, "RT", identity, reads=("page_group", "counts", "failed"))
        text = self.book.contract("response_target_ms", period.start)
        return Measured(facts, lambda rows: merged(rows, int(text) if text.isdigit() else None))


def _rows() -> Any:
    return Operation.objects


def _within(rows: Iterable[Any], period: Period) -> list[Interval]:
    """The rows' spans as far as they lie in the period; one that lasts goes to its end."""
    spans = ((max(row.valid_from, period.start), min(row.valid_to or period.end, period.end)) for row in rows)
    return sorted((start, end) for start, end in spans if start < end)


def _length(intervals: Iterable[tuple[datetime, datetime]]) -> timedelta:
    return sum((end - start for start, end in intervals), timedelta())


def minutes(length: timedelta) -> Amount:
    """Whole minutes, or minutes and their hundredths."""
    seconds = Decimal(length // timedelta(microseconds=1)) / 1_000_000
    exact = seconds / 60
    return int(exact) if exact == exact.to_integral_value() else exact.quantize(Decimal("0.01"))


def _share(part: timedelta, whole: timedelta) -> Decimal | None:
    if not whole:
        return None
    micro = timedelta(microseconds=1)
    return (Decimal(part // micro) / Decimal(whole // micro)).quantize(_SHARE)


def _mean_duration(rows: list[Any]) -> Numbers:
    if not rows:
        return Numbers(None)
    whole = sum((row.valid_to - row.valid_from for row in rows), timedelta())
    return Numbers(minutes(whole / len(rows)))


def merged(rows: list[Any], target: int | None) -> Numbers:
    """Response times of all rows together; a percentile is the upper bound of its bucket (D19)."""
    counts = [0] * (len(BUCKETS) + 1)
    failed = 0
    for row in rows:
        failed += row.failed
        for n, count in enumerate(row.counts.split(",")):
            counts[n] += int(count)
    answered = sum(counts)
    p50, p95, p99 = (_percentile(counts, answered, share) for share in (50, 95, 99))
    within = None
    if target is not None and answered + failed:
        inside = sum(count for bound, count in zip(BUCKETS, counts, strict=False) if bound <= target)
        within = (Decimal(inside) / (answered + failed)).quantize(Decimal("0.0001"))
    return Numbers(p95, {"p50": p50, "p95": p95, "p99": p99, "within_target": within, "samples": answered + failed})


def _percentile(counts: list[int], number: int, share: int) -> int | None:
    """The upper bound of the bucket that holds the smallest sample not below so many per cent of all."""
    if not number:
        return None
    rank, seen = -(-number * share // 100), 0
    for bound, count in zip((*BUCKETS, BUCKETS[-1]), counts, strict=True):
        seen += count
        if seen >= rank:
            return bound
    return BUCKETS[-1]
