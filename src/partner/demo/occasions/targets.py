"""What was agreed of the indicators for each year: most are reached, one is missed, two were never agreed, one was raised midway."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from partner.common.calendar import nth_business_day
from partner.common.period import midnight
from partner.demo.surroundings import ADMIN, at
from partner.ledger.models import Recorded
from partner.master.models import Target

_YEARS = (2024, 2025, 2026)
_RAISED = (2025, "consultations", date(2025, 10, 1))


def targets(until: date, scale: float) -> Iterator[Recorded]:
    """A row for each target, agreed in March before its year; 研修・セミナー and トップページ were never agreed."""
    for year in _YEARS:
        told = at(nth_business_day(date(year, 3, 1), 12), 14)
        if told.date() > until:
            return
        for code, value in _values(scale).items():
            if _RAISED[:2] == (year, code):
                yield from _raised(year, code, value, told, until)
            else:
                yield _row(code, year, value, date(year, 4, 1), None, told)


def _values(scale: float) -> dict[str, Any]:
    """A small Centre promises less; shares and times are the same for all."""
    people, visits = float(scale), max(scale, scale**0.4)
    return {
        "people_new": round(5400 * people), "organizations_new": round(260 * people), "jobs_posted": round(3500 * people),
        "consultations": round(520 * visits), "consultation_mean": Decimal("4.20"), "availability": Decimal("99.90"),
        "mttr": 60, "response_within": Decimal("95.0"), "response_p95": 2000, "reliability": Decimal("99.50"),
        "subscriptions_new": round(6400 * people),
    }  # fmt: skip


def _raised(year: int, code: str, value: int, told: datetime, until: date) -> Iterator[Recorded]:
    """Raised by a tenth from October on: agreed in September, the old one closed then."""
    changed, begins = at(nth_business_day(date(year, 9, 1), 12), 14), _RAISED[2]
    first = _row(code, year, value, date(year, 4, 1), None, told)
    if changed.date() <= until:
        first.superseded_at = changed
        yield _row(code, year, value, date(year, 4, 1), begins, changed)
        yield _row(code, year, round(value * 1.1), begins, None, changed)
    yield first


def _row(code: str, year: int, value: Any, begins: date, ends: date | None, told: datetime) -> Recorded:
    row = Target(
        indicator=code, fiscal_year=year, system="", value=Decimal(value), status="agreed", valid_from=midnight(begins),
        valid_to=midnight(ends) if ends else None, reason="架空の合意", by_name=ADMIN[0], by_role=ADMIN[1],
    )  # fmt: skip
    row.recorded_at = told
    return row
