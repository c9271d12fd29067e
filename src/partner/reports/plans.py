"""今後の予定, as they were written for the report."""

from typing import Any

from partner.common.period import Period
from partner.facts.models.plans import Plan
from partner.reports.sheet import Sheet


def plans_of(sheet: Sheet, item: str = "") -> list[Plan]:
    """今後の予定 of the report's period as known at the cut, of one item or of all."""
    return plans_for(sheet, sheet.period, item)


def plans_for(sheet: Sheet, period: Period, item: str = "") -> list[Plan]:
    """The same of another period's report."""
    rows: Any = Plan.objects
    found = rows.known_at(sheet.texts_at).filter(period=period.key).order_by("item", "position", "id")
    return list(found.filter(item=item) if item else found)
