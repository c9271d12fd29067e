"""Postings of the portal: jobs, and trainings and seminars. Events as told, and the publications derived from them."""

from typing import ClassVar

from django.db import models

from partner.facts.models.base import Event, Span
from partner.ledger.fields import InstantField


class PostingEventKind(models.TextChoices):
    """異動区分 of a posting."""

    PUBLISHED = "published", "公開"
    MENDED = "mended", "修正"
    CLOSED = "closed", "終了"
    REOPENED = "reopened", "再開"


class PostingEnded(models.TextChoices):
    """How a publication ended: closed by someone, at its own last day, or because its particulars changed."""

    CLOSED = "closed", "終了"
    EXPIRED = "expired", "掲載期限"
    MENDED = "mended", "修正"


class PostingEvent(Event):
    """One event of a posting. Its subject is the posting's number, which is public."""

    subject_fields: ClassVar[tuple[str, ...]] = ("organization",)
    moment_field = "happened_at"

    kind = models.CharField(max_length=16, choices=PostingEventKind.choices)
    organization = models.CharField(max_length=16, blank=True, help_text="subject key of the publisher")
    organization_type = models.CharField(max_length=40, blank=True, help_text="the publisher's type then")
    field = models.CharField(max_length=40, blank=True, help_text="主分野")
    other_fields = models.CharField(max_length=400, blank=True, help_text="codes in code order, ;health;water;")
    ends_at = InstantField(null=True, help_text="掲載終了: 00:00 of the day after the last, or an exact time")

    class Meta(Event.Meta):
        abstract = True


class Publication(Span):
    """A posting public from an instant up to another, with one set of particulars."""

    subject_fields: ClassVar[tuple[str, ...]] = ("organization",)

    organization = models.CharField(max_length=16, blank=True)
    organization_type = models.CharField(max_length=40, blank=True)
    field = models.CharField(max_length=40, blank=True)
    all_fields = models.CharField(max_length=440, blank=True, help_text="main and others, ;health;water;")

    class Meta(Span.Meta):
        abstract = True


class JobEvent(PostingEvent):
    """An event of a job posting (求人情報)."""

    class Meta(PostingEvent.Meta):
        db_table = "facts_job_event"


class JobPublication(Publication):
    """A job posting in public."""

    class Meta(Publication.Meta):
        db_table = "facts_job_publication"


class TrainingEvent(PostingEvent):
    """An event of a training or seminar posting (研修・セミナー情報)."""

    class Meta(PostingEvent.Meta):
        db_table = "facts_training_event"


class TrainingPublication(Publication):
    """A training or seminar posting in public."""

    class Meta(Publication.Meta):
        db_table = "facts_training_publication"
