"""Registrations in valid time: those in force, begun, ended, moved; and applications that wait."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Q

from partner.common.period import Period
from partner.facts.models.registrations import Begun, Ended
from partner.facts.streams import Party
from partner.figures.sets import Axis, Facts, Happens
from partner.ledger.fields import MICROSECOND

_BEGUN = tuple((code, label) for code, label in Begun.choices if code in ("registered", "returned"))
_REASONS = tuple((code, label) for code, label in Ended.choices if code in ("left", "removed", "merged"))


class Registrations:
    """The registrations of one party: what a figure's function is handed."""

    def __init__(self, party: Party) -> None:
        self.party = party
        self._prefix = {"people": "PR", "organizations": "OR"}[party.kind]
        code = str(party.code)
        self._axes = {
            "level": Axis("level", f"{code}_level", f"{code}_column"),
            "organization_type": Axis("organization_type", "organization_type"),
            "medium": Axis("medium", "contact_medium", answered=True),
            "purpose": Axis("purposes", "registration_purpose", multiple=True, answered=True),
            "begun": Axis("begun", choices=_BEGUN),
            "reason": Axis("ended", choices=_REASONS),
        }

    def _facts(self, rows: Any, counted_at: datetime, *identity: Any, **more: Any) -> Facts:
        return Facts(rows, counted_at, self._axes, self._prefix, (self.party.kind, *identity), **more)

    def in_force(self, at: datetime, counted_at: datetime | None = None) -> Facts:
        """In force at a period's end: begun before it, and not ended before it (catalogue §2)."""
        rows = self.party.registration.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=at), valid_from__lt=at)
        name = f"{self.party.kind}.in_force"
        return self._facts(rows, counted_at or at - MICROSECOND, "in_force", at, name=name, at=at)

    def suspended(self, at: datetime) -> Facts:
        """Of those in force at a period's end, the suspended ones."""
        rows = self.in_force(at).rows.filter(suspended=True)
        return self._facts(rows, at - MICROSECOND, "suspended", at, name=f"{self.party.kind}.suspended", at=at)

    def begun(self, period: Period, *how: str) -> Facts:
        """Begun in the period, in one of these ways."""
        rows = self.party.registration.objects.filter(begun__in=how)
        return self._happened(Happens(rows, "valid_from", period.key), period, "begun", *how)

    def ended(self, period: Period, *how: str) -> Facts:
        """Ended in the period, in one of these ways."""
        rows = self.party.registration.objects.filter(ended__in=how)
        return self._happened(Happens(rows, "valid_to", period.key), period, "ended", *how)

    def _happened(self, all_time: Happens, period: Period, name: str, *how: str) -> Facts:
        rows = all_time.within(period)
        return self._facts(rows, period.start, name, period.key, *how, happens=all_time)

    def moved(self, period: Period) -> Facts:
        """Moved between two levels of different report columns; moves count changes, not persons."""
        return replace(self.begun(period, "moved"), changed=("previous_level", self._axes["level"]))

    def retyped(self, period: Period) -> Facts:
        """Changed its organisation type."""
        return replace(self.begun(period, "retyped"), changed=("previous_type", self._axes["organization_type"]))

    def applications(self, at: datetime) -> Facts:
        """Applications that wait at a period's end."""
        rows = self.party.application.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=at), valid_from__lt=at)
        prefix = self._prefix.replace("R", "A")
        facts = self._facts(rows, at - MICROSECOND, "applications", at, name=f"{self.party.kind}.applications", at=at)
        return replace(facts, prefix=prefix)
