"""Registrations of persons and organisations: the events as they were told, and the spans derived from them.

Events are facts with their source key. Spans are derived from a subject's events in force
(partner.facts.sequence), recorded and superseded in the same tick.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from partner.facts.models.base import Event, Span


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


class RegistrationEvent(Event):
    """One event of a registration as a source told it."""

    subject_fields: ClassVar[tuple[str, ...]] = ("subject", "merged_into")

    subject = models.CharField(max_length=16)
    kind = models.CharField(max_length=12, choices=EventKind.choices)
    level = models.CharField(max_length=40, blank=True)
    organization_type = models.CharField(max_length=40, blank=True)
    medium = models.CharField(max_length=40, blank=True)
    purposes = models.CharField(max_length=400, blank=True, help_text="codes in code order, ;job;training;")
    merged_into = models.CharField(max_length=16, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta(Event.Meta):
        abstract = True


class PersonEvent(RegistrationEvent):
    """An event of a person's registration."""

    class Meta(RegistrationEvent.Meta):
        db_table = "facts_person_event"


class OrganizationEvent(RegistrationEvent):
    """An event of an organisation's registration."""

    class Meta(RegistrationEvent.Meta):
        db_table = "facts_organization_event"


class RegistrationSpan(Span):
    """A span of one registrant."""

    subject_fields: ClassVar[tuple[str, ...]] = ("subject",)

    subject = models.CharField(max_length=16)

    class Meta(Span.Meta):
        abstract = True


class Registration(RegistrationSpan):
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


class Application(RegistrationSpan):
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
