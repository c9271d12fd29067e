"""Mail services (PARTNERニュース, PARTNERエクスプレス): events as told, and the subscriptions derived from them."""

from typing import ClassVar

from django.db import models

from partner.facts.models.base import Event, Span


class SubscriptionEventKind(models.TextChoices):
    """異動区分 of a subscription. It begins when it is confirmed."""

    CONFIRMED = "confirmed", "確認"
    STOPPED = "stopped", "停止"
    BOUNCED = "bounced", "不達"
    REACHED = "reached", "不達解消"


class SubscriptionEnded(models.TextChoices):
    """How a subscription's span ended; `restated`: it went on, reached again or no more."""

    STOPPED = "stopped", "停止"
    RESTATED = "restated", "記載変更"


class SubscriptionEvent(Event):
    """One event of someone's subscription to one service."""

    subject_fields: ClassVar[tuple[str, ...]] = ("subject",)
    moment_field = "happened_at"

    subject = models.CharField(max_length=16)
    kind = models.CharField(max_length=16, choices=SubscriptionEventKind.choices)
    service = models.CharField(max_length=40)

    class Meta(Event.Meta):
        db_table = "facts_subscription_event"


class Subscription(Span):
    """Someone's subscription to one service, from its confirmation to its stop. `bounced`: mail does not arrive."""

    subject_fields: ClassVar[tuple[str, ...]] = ("subject",)

    subject = models.CharField(max_length=16)
    service = models.CharField(max_length=40)
    bounced = models.BooleanField(default=False)

    class Meta(Span.Meta):
        db_table = "facts_subscription"
