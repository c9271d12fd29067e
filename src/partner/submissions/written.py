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
    touched = Max(Greatest("recorded_at", Coalesce("superseded_at", "recorded_at")))
    texts: Any = ReportText.objects.filter(report=report.kind, period=report.period)
    plans: Any = Plan.objects.filter(period=report.period)
    wanted = [rows.order_by().values("period").annotate(at=touched).values_list("at") for rows in (texts, plans)]
    return max((at for (at,) in wanted[0].union(wanted[1], all=True)), default=None)
