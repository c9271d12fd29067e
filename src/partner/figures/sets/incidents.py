"""Complaints and troubles in valid time. A period that names an incident selects that one."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from partner.common.period import Period
from partner.facts.models.incidents import Incident, IncidentKind
from partner.figures.sets import Axis, Facts
from partner.ledger.fields import MICROSECOND

_AXES = {
    "kind": Axis("kind", choices=tuple((str(code), str(label)) for code, label in IncidentKind.choices)),
    "severity": Axis("severity", "incident_severity"),
}


class Incidents:
    """What a figure's function is handed."""

    def _facts(self, rows: Any, at: datetime, *identity: Any) -> Facts:
        return Facts(rows, at, _AXES, "IC", ("incidents", *identity))

    @property
    def _rows(self) -> Any:
        return Incident.objects

    def noticed(self, period: Period) -> Facts:
        """Noticed in the period."""
        rows = self._rows.filter(noticed_at__gte=period.start, noticed_at__lt=period.end)
        return self._facts(self._own(rows, period), period.start, "noticed", period.key)

    def handled(self, period: Period) -> Facts:
        """Dealt with in the period."""
        rows = self._rows.filter(handled_at__gte=period.start, handled_at__lt=period.end)
        return self._facts(self._own(rows, period), period.start, "handled", period.key)

    def open(self, period: Period) -> Facts:
        """Noticed and not dealt with at the period's end."""
        at = period.end
        rows = self._rows.filter(Q(handled_at__isnull=True) | Q(handled_at__gte=at), noticed_at__lt=at)
        return self._facts(self._own(rows, period), at - MICROSECOND, "open", period.key)

    def _own(self, rows: Any, period: Period) -> Any:
        return rows.filter(number=period.incident) if period.incident else rows
