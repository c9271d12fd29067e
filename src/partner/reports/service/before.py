"""Which event was held the time before: the last one of the same category."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from partner.common.period import Period
from partner.facts.models.events import CentreEvent, EventState
from partner.facts.periods import event_of, find_period


def earlier_events(number: str, cut: datetime) -> Iterator[Period]:
    """The days of the events of that category held before it, the latest first, as known at the cut."""
    own = event_of(number, cut)
    rows: Any = CentreEvent.objects
    held = rows.known_at(cut).filter(state=EventState.HELD, category=own.category, valid_from__lt=own.valid_from)
    for row in held.order_by("-valid_from", "-pk"):
        yield find_period(f"event:{row.number}", cut)
