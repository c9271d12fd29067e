"""Events of postings, subscriptions and inquiries told in small tables drawn in text, one line an event.

    tell(JOBS, '''
        J1  2026-10-01 09:00:00  published  org=X type=ngo field=health others=water,education ends=2026-10-31
        J1  2026-10-20           closed
    ''')

`ends` names a last day that is included. A person's name becomes his subject key; other numbers stand as they are.
"""

import itertools
from datetime import date, datetime
from typing import Any

from partner.common.period import DAY, JST, midnight
from partner.facts import record
from partner.facts.streams import Stream
from tests.told import BY, subject

_ordinals = itertools.count(1)
_NAMES = {
    "org": "organization",
    "type": "organization_type",
    "others": "other_fields",
    "ends": "ends_at",
    "into": "merged_into",
}
_READ = {
    "org": subject,
    "others": lambda value: f";{value.replace(',', ';')};",
    "ends": lambda value: midnight(date.fromisoformat(value)) + DAY,
}


def happened(stream: Stream, line: str) -> Any:
    """One line as an unrecorded event."""
    name, day, *words = line.split()
    by_day = ":" not in words[0]
    at = datetime.fromisoformat(day if by_day else f"{day}T{words.pop(0)}").replace(tzinfo=JST)
    kind, *more = words
    values = {}
    for word in more:
        key, _, value = word.partition("=")
        values[_NAMES.get(key, key)] = _READ.get(key, str)(value)
    number = next(_ordinals)
    who = subject(name) if stream.party else name
    return stream.told(
        subject=who, kind=kind, happened_at=at, by_day=by_day, source_key=f"h{number:031x}", ordinal=number,
        **values, **BY,
    )  # fmt: skip


def tell(stream: Stream, text: str) -> list[Any]:
    """Records all lines of the table in one tick, and returns the events in their order."""
    events = [happened(stream, line) for line in text.strip().splitlines() if line.strip()]
    record.record(events)
    return events


def derived(stream: Stream, text: str) -> list[Any]:
    """What follows from the lines, all of one subject; nothing is recorded."""
    assert stream.derive is not None
    return stream.derive(
        [happened(stream, line) for line in text.strip().splitlines() if line.strip()], lambda *_: False
    )
