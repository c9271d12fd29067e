"""What facts have in common: told by a source, events of a subject, spans derived from his events."""

from django.db import models
from django.db.models import F, Q

from partner.ledger.fields import InstantField
from partner.ledger.models import Recorded


class Sourced(Recorded):
    """A fact as a source told it. Its source key finds it again, so that a correction is known as one."""

    source_key = models.CharField(max_length=32, help_text="keyed hash of the source's row key")
    load = models.BigIntegerField(null=True, help_text="number of the intake load it came with")
    by_name = models.CharField(max_length=80)
    by_role = models.CharField(max_length=40)

    class Meta(Recorded.Meta):
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["source_key"], condition=Q(superseded_at__isnull=True), name="%(class)s_one_believed_per_key"
            )
        ]


class Event(Sourced):
    """Something that happened to a subject. An event known by day only happens at 00:00 JST of that day."""

    subject = models.CharField(max_length=40)
    kind = models.CharField(max_length=16)
    happened_at = InstantField()
    by_day = models.BooleanField(help_text="the source knows the day only")
    ordinal = models.BigIntegerField(help_text="order of first recording: decides between equals of one instant")

    class Meta(Sourced.Meta):
        abstract = True
        indexes = [*Sourced.Meta.indexes, models.Index(fields=["subject"])]


class Span(Recorded):
    """Something that held from an instant up to, not including, another. Spans of no length are allowed."""

    subject = models.CharField(max_length=40)
    valid_from = InstantField()
    valid_to = InstantField(null=True)
    begun = models.CharField(max_length=12)
    ended = models.CharField(max_length=12, blank=True)

    class Meta(Recorded.Meta):
        abstract = True
        indexes = [
            *Recorded.Meta.indexes,
            models.Index(fields=["subject"]),
            models.Index(fields=["valid_from"], name="%(class)s_from"),
            models.Index(fields=["valid_to"], name="%(class)s_to", condition=Q(valid_to__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="%(class)s_ends_after_begin"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True, ended="") | (Q(valid_to__isnull=False) & ~Q(ended="")),
                name="%(class)s_says_how_it_ended",
            ),
        ]
