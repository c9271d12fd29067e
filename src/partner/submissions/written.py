"""When people last wrote in a report."""

from datetime import datetime
from typing import Any

from django.db.models import Max
from django.db.models.functions import Coalesce, Greatest

from partner.facts.models import Plan
from partner.facts.models.texts import ReportText
from partner.submissions.models import ExpectedReport


def written_at(report: ExpectedReport) -> datetime | None:
    """The last tick at which a text or a plan of the report was recorded, or taken back."""
    touched = Greatest("recorded_at", Coalesce("superseded_at", "recorded_at"))
    texts: Any = ReportText.objects
    plans: Any = Plan.objects
    found = [
        texts.filter(report=report.kind, period=report.period).aggregate(at=Max(touched))["at"],
        plans.filter(period=report.period).aggregate(at=Max(touched))["at"],
    ]
    return max((at for at in found if at is not None), default=None)
