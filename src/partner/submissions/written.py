"""When people last wrote in a report."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, Max, Q
from django.db.models.functions import Coalesce, Greatest

from partner.facts.models import Plan
from partner.facts.models.texts import ReportText
from partner.submissions.models import ExpectedReport


def written_at(report: ExpectedReport) -> datetime | None:
    """The last tick at which a text or a plan of the report was recorded, or taken back."""
    touched = Max(Greatest("recorded_at", Coalesce("superseded_at", "recorded_at")))
    wanted = [rows.order_by().values("period").annotate(at=touched).values_list("at") for rows in _of(report)]
    return max((at for (at,) in wanted[0].union(wanted[1], all=True)), default=None)


def written_after(report: ExpectedReport, at: Any) -> Any:
    """The same as a condition of another query: whether any was recorded, or taken back, after that column's moment."""
    later = Q(recorded_at__gt=at) | Q(superseded_at__gt=at)
    texts, plans = (Exists(rows.filter(later)) for rows in _of(report))
    return texts | plans


def _of(report: ExpectedReport) -> tuple[Any, Any]:
    texts: Any = ReportText.objects
    plans: Any = Plan.objects
    return texts.filter(report=report.slug, period=report.period), plans.filter(period=report.period)
