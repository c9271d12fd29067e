"""The report before and the one after, and what a period is compared with. Events and incidents have their own order."""

from datetime import datetime

from partner.common.period import Period
from partner.reports.compared import has_year_ago, words_of
from partner.reports.service.before import earlier_events


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


def earlier(period: Period, cut: datetime) -> list[tuple[str, Period]]:
    """What it is compared with, each with its word: 前月 and 前年同月, of a year 前年度 alone, of an event the last like it.

    Of an incident nothing: no other is like it.
    """
    if period.form == "span":
        last = next(earlier_events(period.event, cut), None) if period.event else None
        return [("同じ種類の前回", last)] if last else []
    words = words_of(period)
    found = [(words.last, period.previous())]
    return [*found, (words.ago, period.year_before())] if has_year_ago(period) else found
