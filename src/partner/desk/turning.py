"""The report before and the one after, of the same kind. Events and incidents stand by themselves."""

from datetime import datetime

from partner.common.period import Period, fiscal_year, month, quarter


def before(period: Period) -> Period | None:
    """The month, quarter or year before; the fourth quarter has no report of its own."""
    if period.form == "span":
        return None
    found = period.previous()
    return found.previous() if found.key.endswith("Q4") else found


def after(period: Period, now: datetime) -> Period | None:
    """The next one, once it is over."""
    makers = {"month": month, "quarter": quarter, "year": lambda day: fiscal_year(day.year)}
    if period.form not in makers:
        return None
    found = makers[period.form](period.until)
    if found.key.endswith("Q4"):
        found = quarter(found.until)
    return found if found.end <= now else None
