"""Subscriptions to the mail services in valid time."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from partner.common.period import Period
from partner.facts.models.subscriptions import Subscription
from partner.figures.sets import Axis, Facts, Happens
from partner.ledger.fields import MICROSECOND

_AXES = {"service": Axis("service", "mail_service")}


class Subscriptions:
    """What a figure's function is handed."""

    def _facts(self, rows: Any, counted_at: datetime, *identity: Any, **more: Any) -> Facts:
        return Facts(rows, counted_at, _AXES, "SB", ("subscriptions", *identity), **more)

    @property
    def _spans(self) -> Any:
        return Subscription.objects

    def in_force(self, at: datetime) -> Facts:
        """In force at a period's end, reached or not."""
        rows = self._spans.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=at), valid_from__lt=at)
        return self._facts(rows, at - MICROSECOND, "in_force", at, name="subscriptions.in_force", at=at)

    def bounced(self, at: datetime) -> Facts:
        """Of those in force, whom mail does not reach."""
        rows = self.in_force(at).rows.filter(bounced=True)
        return self._facts(rows, at - MICROSECOND, "bounced", at, name="subscriptions.bounced", at=at)

    def begun(self, period: Period) -> Facts:
        """Confirmed in the period; again after a stop is new again."""
        rows = self._spans.filter(begun__in=("registered", "returned"))
        return self._happened(Happens(rows, "valid_from", period.key), period, "begun")

    def stopped(self, period: Period) -> Facts:
        """Stopped in the period."""
        return self._happened(Happens(self._spans.filter(ended="stopped"), "valid_to", period.key), period, "stopped")

    def _happened(self, all_time: Happens, period: Period, what: str) -> Facts:
        return self._facts(all_time.within(period), period.start, what, period.key, happens=all_time)
