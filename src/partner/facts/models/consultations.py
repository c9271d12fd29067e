"""Career consultations: bookings with their outcome, and cases answered by mail."""

from typing import ClassVar

from django.db import models

from partner.facts.models.base import Sourced
from partner.ledger.fields import InstantField


class Outcome(models.TextChoices):
    """結果 of a booking. Only what was held counts; the others are listed (catalogue §3 rule 6)."""

    BOOKED = "booked", "予約中"
    HELD = "held", "実施"
    CANCELLED = "cancelled", "キャンセル"
    NO_SHOW = "no_show", "欠席"


class Consultation(Sourced):
    """One booking as last told. It counts on the day it was held."""

    subject_fields: ClassVar[tuple[str, ...]] = ("subject",)
    moment_field = "booked_at"

    number = models.CharField(max_length=40)
    subject = models.CharField(max_length=16, blank=True)
    booked_at = InstantField()
    held_at = InstantField(null=True)
    channel = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    counsellor = models.CharField(max_length=40, blank=True)

    class Meta(Sourced.Meta):
        db_table = "facts_consultation"
        indexes = [*Sourced.Meta.indexes, models.Index(fields=["held_at"]), models.Index(fields=["booked_at"])]


class MailCase(Sourced):
    """A consultation by mail. It counts once, when the first answer in substance went out."""

    subject_fields: ClassVar[tuple[str, ...]] = ("subject",)
    moment_field = "received_at"

    number = models.CharField(max_length=40)
    subject = models.CharField(max_length=16, blank=True)
    received_at = InstantField()
    answered_at = InstantField(null=True)
    closed_at = InstantField(null=True)

    class Meta(Sourced.Meta):
        db_table = "facts_mail_case"
        indexes = [*Sourced.Meta.indexes, models.Index(fields=["answered_at"])]
