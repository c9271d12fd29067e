"""March as the annual report had printed it, and the same numbers where March's own report prints them."""

from typing import Any

from partner.common.period import fiscal_year_of
from partner.facts.models.texts import GivenFigure
from partner.reports.corrections import row_of, where_text
from partner.reports.sheet import Printed, Sheet
from partner.reports.spans.rows import PER_MEASURE

Place = tuple[str, str, str]  # row, figure, filter


def given_of_march(sheet: Sheet) -> dict[Place, GivenFigure]:
    """What the year's annual report had printed of March, by row, figure and filter: its last submission's."""
    rows: Any = GivenFigure.objects
    year = f"FY{fiscal_year_of(sheet.period.first)}"
    found = rows.known_at(sheet.texts_at).filter(report="annual", period=year, of=sheet.period.key)
    return {(row_of(row.cell), row.key, row.where): row for row in found.order_by("submission", "id")}


def printed_of(sheet: Sheet) -> dict[Place, list[Printed]]:
    """What this report prints of its month: of each row, figure and filter the number itself, then measures or changes."""
    found: dict[Place, list[Printed]] = {}
    for one in sheet.printed:
        if one.number and one.period == sheet.period.key:
            found.setdefault((row_of(one.number), one.key, where_text(one.where)), []).append(one)
    return found


def now_of(old: GivenFigure, printed: dict[Place, list[Printed]]) -> Printed | None:
    """The same number here. Measures that stand one below the other in the year's table stand side by side here."""
    row = row_of(old.cell)
    if same := printed.get((row, old.key, old.where)):
        return same[0]
    table, _, number = row.rpartition(".")
    measure, place = divmod(int(number) - 1, PER_MEASURE)
    beside = printed.get((f"{table}.{place + 1:02d}", old.key, old.where), [])
    return beside[measure] if measure and measure < len(beside) else None
