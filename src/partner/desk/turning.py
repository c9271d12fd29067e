"""The report before and the one after, of the same kind. Events and incidents stand by themselves."""

from datetime import datetime

from partner.common.period import Period


def before(period: Period) -> Period | None:
    """The month, quarter or year before; the fourth quarter has no report of its own."""
    if period.form == "span":
        return None
    found = period.previous()
    return found.previous() if found.key.endswith("Q4") else found


def after(period: Period, now: datetime) -> Period | None:
    """The next one, once it is over."""
    if period.form == "span":
        return None
    found = period.following()
    if found.key.endswith("Q4"):
        found = found.following()
    return found if found.end <= now else None
