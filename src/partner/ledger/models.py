"""The two-clock base: every row says when it was recorded and when it stopped being believed."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from partner.ledger.fields import InstantField


class Clock(models.Model):
    """The ledger's own clock: one row. Its lock is the order of all commits."""

    last = InstantField(help_text="the last tick that was committed, or to which a cut raised it")
    telling = models.BooleanField(
        default=False, help_text="ticks are being set to the days they tell of: only while nothing real is recorded"
    )

    class Meta:
        db_table = "ledger_clock"


class RecordedQuerySet(models.QuerySet[Any]):
    """Every query for a report goes through `known_at`."""

    def known_at(self, cut: datetime) -> Self:
        """The rows that were believed at the cut."""
        return self.filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=cut), recorded_at__lte=cut)

    def believed(self) -> Self:
        """The rows believed now: what an action reads before it changes something."""
        return self.filter(superseded_at__isnull=True)


class Recorded(models.Model):
    """A row on the ledger. Written by partner.ledger.write alone; triggers refuse everything else.

    `subject_fields` names the columns that hold a subject's key: they change once, at erasure.
    """

    subject_fields: ClassVar[tuple[str, ...]] = ()

    recorded_at = InstantField(editable=False)
    superseded_at = InstantField(null=True, editable=False)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["recorded_at"]),
            models.Index(fields=["superseded_at"], name="%(class)s_gone", condition=Q(superseded_at__isnull=False)),
        ]


class Erasure(models.Model):
    """One subject's key was replaced by a new random one, at this tick. It permits just that, and is kept."""

    old_key = models.CharField(max_length=16, db_index=True)
    new_key = models.CharField(max_length=16, unique=True)
    tick = InstantField()
    purged_at = InstantField(
        null=True, help_text="when the freed space was proven clean; null while that is to be done"
    )

    class Meta:
        db_table = "ledger_erasure"
