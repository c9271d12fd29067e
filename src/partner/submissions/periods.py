"""Periods of reports, those of events and incidents too."""

from datetime import date, datetime

from partner.common.period import Period
from partner.common.refusal import Refusal
from partner.facts.periods import asked_period
from partner.ledger import clock
from partner.submissions.models import ExpectedReport

AT_THE_END = ("annual", "expenses")  # made and due while their period still runs
INCIDENT = "incident"  # told of while it lasts


def period_of(report: ExpectedReport, cut: datetime | None = None) -> Period:
    """Its period as known at the cut; now, without one. Raises Refusal where its event or incident is not known then."""
    return asked_period(report.period, cut or clock.last())


def ends_on(report: ExpectedReport) -> date | None:
    """The day that must be over before it is made and due; of an event the one now believed. None: it tells of what lasts."""
    if report.slug in (*AT_THE_END, INCIDENT):
        return None
    return period_of(report).last if report.slug == "service" else report.period_last


def must_be_over(report: ExpectedReport, now: datetime) -> None:
    """Raises Refusal where the report holds what is not over yet."""
    last = ends_on(report)
    if last and last >= now.date():
        raise Refusal("period_not_over", f"{report.label}は、まだ終わっていません。")
