"""今後の予定, as they were written for the report."""

from typing import Any

from partner.facts.models.plans import Plan
from partner.reports.sheet import Sheet


def plans_of(sheet: Sheet, item: str = "") -> list[Plan]:
    """今後の予定 of the report's period as known at the cut, of one item or of all."""
    rows: Any = Plan.objects
    found = rows.known_at(sheet.texts_at).filter(period=sheet.period.key).order_by("item", "position", "id")
    return list(found.filter(item=item) if item else found)
