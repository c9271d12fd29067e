"""The Centre's own events (個別サービス): what was planned and held, its sessions, who came."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q

from partner.common.period import jst_day
from partner.facts.models.base import Sourced
from partner.ledger.fields import MICROSECOND, InstantField


def last_day(event: Any) -> date:
    """The last day in Japan of what has valid_from and valid_to; one that ends at midnight does not reach into the next."""
    return jst_day(max(event.valid_from, event.valid_to - MICROSECOND))


class EventState(models.TextChoices):
    """状態 of an event. Only what was held counts; a cancelled one needs no report."""

    PLANNED = "planned", "予定"
    HELD = "held", "実施"
    CANCELLED = "cancelled", "中止"


class CentreEvent(Sourced):
    """One seminar or event of the Centre, as last told. It counts in the period in which its last day ends."""

    moment_field = "valid_from"

    number = models.CharField(max_length=20)
    state = models.CharField(max_length=12, choices=EventState.choices)
    title = models.CharField(max_length=120)
    category = models.CharField(max_length=40, help_text="code of the list event_category")
    form = models.CharField(max_length=40, help_text="code of the list event_form")
    valid_from = InstantField()
    valid_to = InstantField(help_text="the end of its last session")
    place = models.CharField(max_length=120, blank=True)
    audience = models.CharField(max_length=200, blank=True, help_text="for whom it is meant")
    purpose = models.TextField(blank=True)
    outline = models.TextField(blank=True, help_text="what was done")
    planned_people = models.IntegerField(null=True, help_text="participants that were planned for")
    reason = models.CharField(max_length=400, blank=True, help_text="why it was cancelled")

    class Meta(Sourced.Meta):
        db_table = "facts_centre_event"
        indexes = [*Sourced.Meta.indexes, models.Index(fields=["number"]), models.Index(fields=["valid_to"])]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="centre_event_ends_after_begin"),
        ]


class EventSession(Sourced):
    """One part of an event: a talk, a table, a booth. Speakers stand by their office, never by name."""

    moment_field = "valid_from"

    event = models.CharField(max_length=20, db_index=True, help_text="number of the event")
    position = models.IntegerField(default=0)
    title = models.CharField(max_length=120)
    valid_from = InstantField()
    valid_to = InstantField()
    given_by = models.CharField(max_length=200, blank=True, help_text="offices of those who spoke")
    attended = models.IntegerField(null=True, help_text="persons; counted apart from the event's participants")

    class Meta(Sourced.Meta):
        db_table = "facts_event_session"


class EventParticipation(Sourced):
    """How many came of one kind of people, as counted at the event's end."""

    moment_field = "happened_at"

    event = models.CharField(max_length=20, db_index=True, help_text="number of the event")
    happened_at = InstantField(help_text="the event's last day: the participants belong to its period")
    participant = models.CharField(max_length=40, help_text="code of the list participant_kind")
    applied = models.IntegerField(help_text="persons who applied")
    attended = models.IntegerField(help_text="persons who came, online ones too")
    online = models.IntegerField(default=0, help_text="of these online")

    class Meta(Sourced.Meta):
        db_table = "facts_event_participation"
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(applied__gte=0, attended__gte=0, online__gte=0, online__lte=F("attended")),
                name="participation_counts",
            ),
        ]
