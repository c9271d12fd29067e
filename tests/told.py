"""Facts told in small tables drawn in text, one line an event.

    told('''
        A  2026-09-30 23:59:59  registered  simple
        A  2026-10-31           left
    ''')

Words after the kind: a level, `type=ngo`, `medium=sns`, `purposes=job,training`, `into=B`.
"""

import itertools
from datetime import datetime
from typing import Any

from partner.common.period import JST, midnight, month
from partner.facts import record
from partner.facts.models import Coverage
from partner.facts.streams import PEOPLE, Party

BY = {"by_name": "見本 花子", "by_role": "事務局"}
_ordinals = itertools.count(1)


def subject(name: str) -> str:
    """The subject key of a name in a table."""
    return f"{name:0>16}"


def event(line: str, party: Party = PEOPLE) -> Any:
    """One line as an unrecorded event."""
    name, day, *words = line.split()
    by_day = ":" not in words[0]
    at = datetime.fromisoformat(day if by_day else f"{day}T{words.pop(0)}").replace(tzinfo=JST)
    kind, *more = words
    values: dict[str, Any] = {}
    for word in more:
        key, mark, value = word.partition("=")
        if not mark:
            values["level"] = word
        elif key == "purposes":
            values["purposes"] = f";{value.replace(',', ';')};"
        elif key == "into":
            values["merged_into"] = subject(value)
        else:
            values[{"type": "organization_type"}.get(key, key)] = value
    number = next(_ordinals)
    return party.event(
        subject=subject(name), kind=kind, happened_at=at, by_day=by_day, source_key=f"{number:032x}", ordinal=number,
        **values, **BY,
    )  # fmt: skip


def told(text: str, party: Party = PEOPLE) -> list[Any]:
    """Records all lines of the table in one tick, and returns the events in their order."""
    events = [event(line, party) for line in text.strip().splitlines() if line.strip()]
    record.record(events)
    return events


def covered(*keys: str, kind: str = "people") -> None:
    """States that the kind is complete for these months (2026-10)."""
    rows = []
    for key in keys:
        period = month(datetime.strptime(key, "%Y-%m").replace(tzinfo=JST).date())
        rows.append(Coverage(kind=kind, valid_from=period.start, valid_to=period.end, source="見本", **BY))
    record.record(rows)


def covered_until(day: datetime, kind: str = "people") -> None:
    """States that the kind is complete from the beginning to the day."""
    record.record(
        [
            Coverage(
                kind=kind,
                valid_from=midnight(datetime(2003, 10, 1, tzinfo=JST).date()),
                valid_to=day,
                source="見本",
                **BY,
            )
        ]
    )
