"""Inquiries (問い合わせ): events as told, and the spans in which an inquiry was open."""

from django.db import models

from partner.facts.models.base import Event, Span


class InquiryEventKind(models.TextChoices):
    """異動区分 of an inquiry."""

    RECEIVED = "received", "受付"
    ANSWERED = "answered", "初回回答"
    CLOSED = "closed", "完了"
    REOPENED = "reopened", "再開"
    MERGED = "merged", "統合"
    SPAM = "spam", "迷惑"


class InquiryEnded(models.TextChoices):
    """How an inquiry ceased to be open."""

    CLOSED = "closed", "完了"
    MERGED = "merged", "統合"
    SPAM = "spam", "迷惑"


class InquiryEvent(Event):
    """One event of an inquiry. Its subject is the inquiry's number; who asked is not kept here."""

    moment_field = "happened_at"
    kind = models.CharField(max_length=16, choices=InquiryEventKind.choices)
    channel = models.CharField(max_length=40, blank=True)
    category = models.CharField(max_length=40, blank=True)
    merged_into = models.CharField(max_length=40, blank=True, help_text="number of the inquiry that goes on")

    class Meta(Event.Meta):
        db_table = "facts_inquiry_event"


class OpenInquiry(Span):
    """An inquiry from its arrival (or reopening) to its close. What turned out to be spam has no span."""

    channel = models.CharField(max_length=40, blank=True)
    category = models.CharField(max_length=40, blank=True)

    class Meta(Span.Meta):
        db_table = "facts_inquiry"


class InquiryAnswer(Span):
    """The first reply in substance: a span of no length at that instant, with the inquiry's particulars."""

    channel = models.CharField(max_length=40, blank=True)
    category = models.CharField(max_length=40, blank=True)

    class Meta(Span.Meta):
        db_table = "facts_inquiry_answer"
