"""Which hours logs cover: those that hold a line. The last hour of a source is covered up to its last line only."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from partner.facts.models.coverage import Coverage
from partner.ledger import write
from partner.ledger.fields import from_microseconds, to_microseconds

KIND = "access"
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
_HOUR = HOUR // timedelta(microseconds=1)
Interval = tuple[datetime, datetime]


def record(source: str, hours: Iterable[int], last_at: datetime, by: tuple[str, str]) -> None:
    """Records, in this transaction's tick, what is covered now that these hours (since 1970 UTC) hold lines too."""
    believed = list(Coverage.objects.believed().filter(kind=KIND, source=source, loss=False).order_by("valid_from"))
    before = [(row.valid_from, row.valid_to) for row in believed]
    wanted = set(covered(before, hours, last_at + SECOND))
    gone = [row.pk for row in believed if (row.valid_from, row.valid_to) not in wanted]
    write.supersede(Coverage.objects.filter(pk__in=gone))
    write.record(
        [
            Coverage(kind=KIND, source=source, valid_from=start, valid_to=end, by_name=by[0], by_role=by[1])
            for start, end in sorted(wanted - set(before))
        ]
    )


def covered(before: list[Interval], hours: Iterable[int], reach: datetime) -> list[Interval]:
    """Whole hours, joined; but the last one only up to where the source's lines reach."""
    held = set(hours)
    for start, end in before:
        held.update(range(to_microseconds(start) // _HOUR, -(-to_microseconds(end) // _HOUR)))
    reach = max([reach, *(end for _, end in before)])
    found: list[list[int]] = []
    for hour in sorted(held):
        if found and found[-1][1] == hour:
            found[-1][1] = hour + 1
        else:
            found.append([hour, hour + 1])
    return [(from_microseconds(start * _HOUR), min(from_microseconds(end * _HOUR), reach)) for start, end in found]
