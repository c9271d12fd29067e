"""Inquiries in valid time: arrived, reopened, closed, open at an end, first answered."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from partner.common.period import Period
from partner.facts.models.inquiries import InquiryAnswer, OpenInquiry
from partner.figures.sets import Axis, Facts
from partner.ledger.fields import MICROSECOND

_AXES = {
    "channel": Axis("channel", "inquiry_channel", answered=True),
    "category": Axis("category", "inquiry_category", answered=True),
}


class Inquiries:
    """What a figure's function is handed."""

    def _facts(self, rows: Any, at: datetime, *identity: Any) -> Facts:
        prefix = "IA" if identity[0] == "answered" else "IQ"
        return Facts(rows, at, _AXES, prefix, ("inquiries", *identity))

    @property
    def _spans(self) -> Any:
        return OpenInquiry.objects

    def begun(self, period: Period, how: str) -> Facts:
        """Received, or reopened, in the period."""
        rows = self._spans.filter(valid_from__gte=period.start, valid_from__lt=period.end, begun=how)
        return self._facts(rows, period.start, how, period.key)

    def closed(self, period: Period) -> Facts:
        """Closed in the period, also by a merge into another."""
        rows = self._spans.filter(valid_to__gte=period.start, valid_to__lt=period.end)
        return self._facts(rows, period.start, "closed", period.key)

    def open(self, at: datetime) -> Facts:
        """Open at a period's end."""
        rows = self._spans.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=at), valid_from__lt=at)
        return self._facts(rows, at - MICROSECOND, "open", at)

    def answered(self, period: Period) -> Facts:
        """First answered in substance in the period."""
        answers: Any = InquiryAnswer.objects
        rows = answers.filter(valid_from__gte=period.start, valid_from__lt=period.end)
        return self._facts(rows, period.start, "answered", period.key)
