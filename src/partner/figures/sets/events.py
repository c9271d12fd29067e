"""The Centre's own events and those who came, in valid time. A period that names an event selects what is its."""

from typing import Any

from django.db.models import Q

from partner.common.period import Period
from partner.facts.models.events import CentreEvent, EventParticipation
from partner.figures.sets import Amount, Axis, Facts, Measured, Numbers

_EVENTS = {
    "event": Axis("number"), "category": Axis("category", "event_category"), "form": Axis("form", "event_form"),
}  # fmt: skip
_PEOPLE = {"event": Axis("event"), "participant": Axis("participant", "participant_kind")}


class Events:
    """What a figure's function is handed."""

    def held(self, period: Period) -> Facts:
        """Held, the last day in the period: one that ends at midnight belongs to the day before."""
        rows: Any = CentreEvent.objects
        rows = rows.filter(state="held")
        rows = rows.filter(number=period.event) if period.event else rows.filter(_ended(period))
        return Facts(rows, period.start, _EVENTS, "CE", ("events", "held", period.key))

    def participants(self, period: Period) -> Measured:
        """Persons who came to events of the period; who applied and who came online beside."""
        rows: Any = EventParticipation.objects
        within = Q(happened_at__gte=period.start, happened_at__lt=period.end)
        rows = rows.filter(event=period.event) if period.event else rows.filter(within)
        return Measured(Facts(rows, period.start, _PEOPLE, "EP", ("events", "participants", period.key)), _persons)


def _ended(period: Period) -> Q:
    """An end at 00:00 is the end of the day before it."""
    return Q(valid_to__gt=period.start, valid_to__lte=period.end)


def _persons(rows: list[Any]) -> Numbers:
    """`told` is printed nowhere: with it nobody is a number that was told, not one that is missing."""
    measures: dict[str, Amount | None] = {
        "applied": sum(row.applied for row in rows), "online": sum(row.online for row in rows), "told": len(rows),
    }  # fmt: skip
    return Numbers(sum(row.attended for row in rows), measures)
