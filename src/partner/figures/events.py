"""A7: the Centre's own events (個別サービス)."""

from partner.common.period import Period
from partner.figures.declare import figure
from partner.figures.sets import Facts, Measured
from partner.figures.sets.events import Events


@figure("A7", label="個別サービス実施件数", unit="件", type="flow", by=("event", "category", "form"))
def held(events: Events, period: Period) -> Facts:
    """Events held whose last day lies in the period; planned and cancelled ones are not counted."""
    return events.held(period)


@figure(
    "A7", label="個別サービス参加者数", unit="人", type="flow", by=("event", "participant"), adds=False,
    measures=("applied", "online"),
)  # fmt: skip
def participants(events: Events, period: Period) -> Measured:
    """Persons who came to events of the period, by what they are; who came twice counts twice (延べ)."""
    return events.participants(period)
