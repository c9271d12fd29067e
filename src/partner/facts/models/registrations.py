"""Registrations of persons and organisations: the events as they were told, and the spans derived from them.

Events are facts with their source key. Spans are derived from a subject's events in force
(partner.facts.sequence), recorded and superseded in the same tick.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from partner.ledger.fields import InstantField
from partner.ledger.models import Recorded


class EventKind(models.TextChoices):
    """異動区分: what happened to a registration."""

    APPLIED = "applied", "申請"
    REFUSED = "refused", "却下"
    REGISTERED = "registered", "登録"
    RETURNED = "returned", "再登録"
    MOVED = "moved", "区分変更"
    RETYPED = "retyped", "種別変更"
    REPURPOSED = "repurposed", "目的変更"
    SUSPENDED = "suspended", "停止"
    RESUMED = "resumed", "再開"
    LEFT = "left", "退会"
    REMOVED = "removed", "抹消"
    MERGED = "merged", "統合"


class Begun(models.TextChoices):
    """How a span began. `restated`: what is known of the registration changed, the registration went on."""

    REGISTERED = "registered", "登録"
    RETURNED = "returned", "再登録"
    MOVED = "moved", "区分変更"
    RETYPED = "retyped", "種別変更"
    RESTATED = "restated", "記載変更"


class Ended(models.TextChoices):
    """How a span ended; empty while it lasts."""

    LEFT = "left", "退会"
    REMOVED = "removed", "抹消"
    MERGED = "merged", "統合"
    MOVED = "moved", "区分変更"
    RETYPED = "retyped", "種別変更"
    RESTATED = "restated", "記載変更"


class RegistrationEvent(Recorded):
    """One event as a source told it. An event known by day only happens at 00:00 JST of that day."""

    subject_fields: ClassVar[tuple[str, ...]] = ("subject", "merged_into")

    subject = models.CharField(max_length=16)
    kind = models.CharField(max_length=12, choices=EventKind.choices)
    happened_at = InstantField()
    by_day = models.BooleanField(help_text="the source knows the day only")
    level = models.CharField(max_length=40, blank=True)
    organization_type = models.CharField(max_length=40, blank=True)
    medium = models.CharField(max_length=40, blank=True)
    purposes = models.CharField(max_length=400, blank=True, help_text="codes in code order, ;job;training;")
    merged_into = models.CharField(max_length=16, blank=True)
    source_key = models.CharField(max_length=32, help_text="keyed hash of the source's row key")
    ordinal = models.BigIntegerField(help_text="order of first recording: decides between equals of one instant")
    load = models.BigIntegerField(null=True, help_text="number of the intake load it came with")
    reason = models.CharField(max_length=200, blank=True)
    by_name = models.CharField(max_length=80)
    by_role = models.CharField(max_length=40)

    class Meta(Recorded.Meta):
        abstract = True
        indexes = [
            *Recorded.Meta.indexes,
            models.Index(fields=["subject"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source_key"], condition=Q(superseded_at__isnull=True), name="%(class)s_one_believed_per_key"
            )
        ]


class PersonEvent(RegistrationEvent):
    """An event of a person's registration."""

    class Meta(RegistrationEvent.Meta):
        db_table = "facts_person_event"


class OrganizationEvent(RegistrationEvent):
    """An event of an organisation's registration."""

    class Meta(RegistrationEvent.Meta):
        db_table = "facts_organization_event"


class Span(Recorded):
    """Something that held from an instant up to, not including, another. Spans of no length are allowed."""

    subject_fields: ClassVar[tuple[str, ...]] = ("subject",)

    subject = models.CharField(max_length=16)
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


class Registration(Span):
    """A registration in one level, with one set of particulars. `previous_*` say what a change came from."""

    level = models.CharField(max_length=40)
    previous_level = models.CharField(max_length=40, blank=True)
    organization_type = models.CharField(max_length=40, blank=True)
    previous_type = models.CharField(max_length=40, blank=True)
    medium = models.CharField(max_length=40, blank=True)
    purposes = models.CharField(max_length=400, blank=True)
    suspended = models.BooleanField(default=False)

    class Meta(Span.Meta):
        abstract = True
        indexes = [
            *Span.Meta.indexes,
            models.Index(fields=["suspended"], name="%(class)s_held", condition=Q(suspended=True)),
        ]


class PersonRegistration(Registration):
    """人材登録"""

    class Meta(Registration.Meta):
        db_table = "facts_person_registration"


class OrganizationRegistration(Registration):
    """団体登録"""

    class Meta(Registration.Meta):
        db_table = "facts_organization_registration"


class Application(Span):
    """An application that waits (申請中). Begun `applied`; ended `approved`, `refused` or `lapsed`."""

    level = models.CharField(max_length=40)
    organization_type = models.CharField(max_length=40, blank=True)

    class Meta(Span.Meta):
        abstract = True


class PersonApplication(Application):
    """人材登録の申請"""

    class Meta(Application.Meta):
        db_table = "facts_person_application"


class OrganizationApplication(Application):
    """団体登録の申請"""

    class Meta(Application.Meta):
        db_table = "facts_organization_application"
