"""The office's sheets: what each load compared, and what the late one after the report brought."""

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from partner.common.period import add_months, midnight, month
from partner.demo import story
from partner.demo.centre import after_report
from partner.demo.rows import BY
from partner.demo.surroundings import at, settled_on
from partner.demo.telling import Event, Memory
from partner.facts.models import Load
from partner.ledger.fields import from_microseconds, to_microseconds

_NAMES = {"people": "人材", "organizations": "団体"}


@dataclass(frozen=True)
class _Month:
    """One month's sheet: its days, and the instant at which it was compared with what was entered day by day."""

    first: date
    settled: int


def loads(kind: str, memory: Memory, until: date) -> Iterator[Load]:
    """A sheet for every month, and one more where letters came after the month was reported."""
    months = _months(until)
    rows, late, corrected = _count(memory, months)
    for one in months:
        yield _load(kind, one.first, "", one.settled, rows=rows[one.first], unchanged=rows[one.first])
    for tick in sorted(late.keys() | corrected.keys()):
        day = from_microseconds(tick).date()
        reported = add_months(day.replace(day=1), -1)
        yield _load(
            kind, reported, "_追加", tick, rows=late[tick] + corrected[tick], new=late[tick], corrected=corrected[tick]
        )


def _months(until: date) -> list[_Month]:
    made, first = [], story.OPENED
    while settled_on(first) <= until:
        made.append(_Month(first, to_microseconds(at(settled_on(first), 9, 30))))
        first = add_months(first, 1)
    return made


def _count(memory: Memory, months: list[_Month]) -> tuple[Counter[date], Counter[int], Counter[int]]:
    """Rows of each month's sheet; and per late tick what came new or corrected for a month reported before it."""
    begins = [to_microseconds(midnight(one.first)) for one in months]
    late_days = {to_microseconds(midnight(after_report(one.first))) for one in months}
    in_month: Counter[date] = Counter()
    late: Counter[int] = Counter()
    corrected: Counter[int] = Counter()
    for _, event in memory.events:
        n = bisect_right(begins, event.happened_at) - 1
        if n + 1 < len(begins) or event.happened_at < _end(months):
            if _is_believed(event, months[n].settled):
                in_month[months[n].first] += 1
            elif event.recorded_at > months[n].settled and _midnight(event.recorded_at) in late_days:
                (corrected if event.reason else late)[event.recorded_at] += 1
    return in_month, late, corrected


def _end(months: list[_Month]) -> int:
    return to_microseconds(midnight(add_months(months[-1].first, 1))) if months else 0


def _midnight(tick: int) -> int:
    """00:00 in Japan of the tick's day."""
    day, nine = 24 * 3600 * 1_000_000, 9 * 3600 * 1_000_000
    return tick - (tick + nine) % day


def _is_believed(event: Event, tick: int) -> bool:
    return event.recorded_at <= tick and (event.superseded_at is None or event.superseded_at > tick)


def _load(kind: str, first: date, more: str, tick: int, *, rows: int, **counts: int) -> Load:
    name = f"{_NAMES[kind]}異動一覧_{first:%Y-%m}{more}.xlsx"
    row = Load(
        kind=kind, file_name=name, digest=hashlib.sha256(f"{kind}{first}{more}".encode()).hexdigest(), rows=rows,
        refused=0, covers="" if more else f"{first}..{month(first).last}", by_name=BY[0], by_role=BY[1],
        **{"new": 0, "corrected": 0, "unchanged": 0, **counts},
    )  # fmt: skip
    row.recorded_at = from_microseconds(tick)
    return row
