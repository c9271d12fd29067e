"""What the predecessor's last reports had printed: for March 2026, and one number that the records do not bear out."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from partner.common.period import midnight
from partner.demo.rows import BY
from partner.demo.surroundings import at
from partner.facts.models import JobPublication, OrganizationRegistration, PersonRegistration, ReportedFigure

TOLD_ON = date(2026, 4, 10)
REPORT = "令和7年度 年間業務完了報告書（前フェーズ）"
MISCOUNTED = 7  # registrations that the predecessor had left out


def reported(until: date) -> Iterator[ReportedFigure]:
    """Three figures of March 2026 as they were printed."""
    if until < TOLD_ON:
        return
    end, start = midnight(date(2026, 4, 1)), midnight(date(2026, 3, 1))
    posted = _believed(JobPublication).filter(begun="published", valid_from__gte=start, valid_from__lt=end).count()
    entries = (
        ("people.total", _in_force(PersonRegistration, end) - MISCOUNTED, "12"),
        ("organizations.total", _in_force(OrganizationRegistration, end), "14"), ("jobs.posted", posted, "16"),
    )  # fmt: skip
    for n, (key, value, page) in enumerate(entries, 1):
        row = ReportedFigure(
            key=key, period="2026-03", value=Decimal(value), report=REPORT, page=page, source_key=f"{'0' * 30}9{n}",
            explanation="前フェーズでは、停止中の登録の一部を除いて数えていた。" if n == 1 else "", by_name=BY[0], by_role=BY[1],
        )  # fmt: skip
        row.recorded_at = at(TOLD_ON, 15)
        yield row


def _believed(model: Any) -> Any:
    """As it was believed when the predecessor reported."""
    return model.objects.known_at(at(TOLD_ON, 12))


def _in_force(model: Any, end: Any) -> int:
    count: int = _believed(model).filter(Q(valid_to__isnull=True) | Q(valid_to__gte=end), valid_from__lt=end).count()
    return count
