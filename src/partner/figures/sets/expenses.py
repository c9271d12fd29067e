"""The contract's expenses by stage, in whole yen. A fiscal year's lines belong to it by what they say, not by their day."""

from typing import Any

from partner.common.period import Period, fiscal_year_of
from partner.facts.models.expenses import Expense
from partner.figures.sets import Amount, Axis, Facts, Measured, Numbers

_AXES = {"item": Axis("item", "expense_item"), "event": Axis("event")}


class Expenses:
    """What a figure's function is handed."""

    def amount(self, period: Period, *stages: str) -> Measured:
        """The lines of these stages: of a whole fiscal year those that name it, else those of the period's days."""
        rows: Any = Expense.objects
        rows = rows.filter(stage__in=stages)
        if period.event:
            rows = rows.filter(event=period.event)
        elif period.key == f"FY{fiscal_year_of(period.first)}":
            rows = rows.filter(fiscal_year=fiscal_year_of(period.first))
        else:
            rows = rows.filter(
                fiscal_year=fiscal_year_of(period.first), valid_from__gte=period.start, valid_from__lt=period.end
            )
        return Measured(Facts(rows, period.start, _AXES, "EX", ("expenses", *stages, period.key)), _yen)


def _yen(rows: list[Any]) -> Numbers:
    net, tax = sum(row.net for row in rows), sum(row.tax for row in rows)
    measures: dict[str, Amount | None] = {"net": net, "tax": tax}
    return Numbers(net + tax, measures)
