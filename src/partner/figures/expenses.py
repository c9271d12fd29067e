"""経費: what was planned, ordered, spent and settled. Yen, tax included; net and tax beside."""

from partner.common.period import Period
from partner.figures.declare import figure
from partner.figures.sets import Measured
from partner.figures.sets.expenses import Expenses

_BY = ("item", "event")
_MEASURES = ("net", "tax")


@figure("A0", label="予算", unit="円", type="flow", by=_BY, adds=False, measures=_MEASURES)
def budget(expenses: Expenses, period: Period) -> Measured:
    """The contract's amounts for the year."""
    return expenses.amount(period, "budget")


@figure("A0", label="契約・発注額", unit="円", type="flow", by=_BY, adds=False, measures=_MEASURES)
def committed(expenses: Expenses, period: Period) -> Measured:
    """What was ordered, whether paid or not."""
    return expenses.amount(period, "committed")


@figure("A0", label="支出額", unit="円", type="flow", by=_BY, adds=False, measures=_MEASURES)
def spent(expenses: Expenses, period: Period) -> Measured:
    """What was paid within the year."""
    return expenses.amount(period, "spent")


@figure("A0", label="未払計上額", unit="円", type="flow", by=_BY, adds=False, measures=_MEASURES)
def accrued(expenses: Expenses, period: Period) -> Measured:
    """What belongs to the year and is paid after it, with its evidence."""
    return expenses.amount(period, "accrued")


@figure("A0", label="経費確定額", unit="円", type="flow", by=_BY, adds=False, measures=_MEASURES)
def final(expenses: Expenses, period: Period) -> Measured:
    """The amounts as settled for the year."""
    return expenses.amount(period, "final")
