"""Events and incidents of the Centre, told in one line each."""

import itertools
from datetime import datetime
from typing import Any

from partner.common.period import JST
from partner.facts import record
from partner.facts.models.events import CentreEvent
from partner.facts.models.incidents import Incident
from tests.told import BY

_numbers = itertools.count(1)


def moment(text: str) -> datetime:
    """2026-09-12 10:00, in Japan."""
    return datetime.fromisoformat(text).replace(tzinfo=JST)


def an_event(number: str, begun: str, ended: str, state: str = "held", **more: Any) -> CentreEvent:
    """One event, unrecorded."""
    return CentreEvent(
        number=number, state=state, title=more.pop("title", f"見本の催し{number}"), category="seminar", form="online",
        valid_from=moment(begun), valid_to=moment(ended), source_key=f"ev{next(_numbers):030x}", **more, **BY,
    )  # fmt: skip


def an_incident(number: str, noticed: str, handled: str = "", **more: Any) -> Incident:
    """One incident, unrecorded."""
    return Incident(
        number=number, kind=more.pop("kind", "trouble"), severity="minor", title=more.pop("title", f"見本の事案{number}"),
        noticed_at=moment(noticed), handled_at=moment(handled) if handled else None, source_key=f"in{next(_numbers):030x}",
        **more, **BY,
    )  # fmt: skip


def believe(row: Any) -> Any:
    """Records the row; one with the same number is corrected."""
    old = type(row).objects.believed().filter(number=row.number).first()
    if old is None:
        record.record([row])
    else:
        row.source_key = old.source_key
        record.correct(old, row)
    return row
