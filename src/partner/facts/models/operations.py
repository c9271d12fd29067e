"""Operation of the system: service, stops, works and events; response times."""

from django.db import models
from django.db.models import F, Q

from partner.facts.models.base import Sourced
from partner.ledger.fields import InstantField

# Upper bounds of the buckets in milliseconds; one more bucket holds what took longer. Fixed, so that any hours merge.
BUCKETS = (50, 100, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000, 10000)


class OperationKind(models.TextChoices):
    """種別 of what is told of the system."""

    SERVICE = "service", "サービス予定"
    PLANNED_STOP = "planned_stop", "計画停止"
    OUTAGE = "outage", "障害停止"
    UNKNOWN = "unknown", "監視欠測"
    MAINTENANCE = "maintenance", "保守"
    RELEASE = "release", "リリース"
    BACKUP = "backup", "バックアップ"
    PATCH = "patch", "修正適用"
    SECURITY_EVENT = "security_event", "セキュリティ事象"


class Operation(Sourced):
    """One thing of the system's operation, from an instant to another; without an end while it lasts."""

    kind = models.CharField(max_length=16, choices=OperationKind.choices)
    system = models.CharField(max_length=40, blank=True)
    valid_from = InstantField()
    valid_to = InstantField(null=True)
    cause = models.CharField(max_length=40, blank=True)
    category = models.CharField(max_length=40, blank=True, help_text="what kind of work it was")
    result = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=80, blank=True)

    class Meta(Sourced.Meta):
        db_table = "facts_operation"
        indexes = [*Sourced.Meta.indexes, models.Index(fields=["kind", "valid_from"])]
        constraints = [
            *Sourced.Meta.constraints,
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="operation_ends_after_begin"
            ),
        ]


class ResponseTime(Sourced):
    """How long pages of one group took within an hour: counts by bucket; or a single sample of a probe."""

    page_group = models.CharField(max_length=40)
    valid_from = InstantField()
    counts = models.CharField(max_length=200, help_text="thirteen counts in the order of the buckets, 0,12,30,…")
    failed = models.IntegerField(default=0, help_text="samples of a probe without an answer")

    class Meta(Sourced.Meta):
        db_table = "facts_response_time"
        indexes = [*Sourced.Meta.indexes, models.Index(fields=["valid_from"])]
