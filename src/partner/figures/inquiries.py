"""M8: inquiries."""

from partner.common.period import Period
from partner.figures.declare import figure
from partner.figures.sets import Facts
from partner.figures.sets.inquiries import Inquiries

_BY = ("channel", "category")


@figure("M8", label="受付件数", unit="件", type="flow", by=_BY)
def received(inquiries: Inquiries, period: Period) -> Facts:
    """Arrived in the period; what turned out to be spam was not received."""
    return inquiries.begun(period, "received")


@figure("M8", label="初回回答件数", unit="件", type="flow", by=_BY)
def answered(inquiries: Inquiries, period: Period) -> Facts:
    """First reply in substance in the period, each inquiry once."""
    return inquiries.answered(period)


@figure("M8", label="完了件数", unit="件", type="flow", by=_BY)
def closed(inquiries: Inquiries, period: Period) -> Facts:
    """Closed in the period; one merged into another closes with the merge."""
    return inquiries.closed(period)


@figure("M8", label="再開件数", unit="件", type="flow", by=_BY)
def reopened(inquiries: Inquiries, period: Period) -> Facts:
    """Opened again in the period after a close."""
    return inquiries.begun(period, "reopened")


@figure("M8", label="月末の未完了件数", unit="件", type="stock", by=_BY)
def open(inquiries: Inquiries, period: Period) -> Facts:
    """Open at 24:00 JST of the period's last day: open before + received + reopened − closed."""
    return inquiries.open(period.end)
