"""Complaints and troubles (その他). Item A0: they stand in reports of their own."""

from partner.common.period import Period
from partner.figures.declare import figure
from partner.figures.sets import Facts
from partner.figures.sets.incidents import Incidents

_BY = ("kind", "severity")


@figure("A0", label="クレーム・トラブル発生件数", unit="件", type="flow", by=_BY)
def received(incidents: Incidents, period: Period) -> Facts:
    """Noticed in the period."""
    return incidents.noticed(period)


@figure("A0", label="クレーム・トラブル対処件数", unit="件", type="flow", by=_BY)
def handled(incidents: Incidents, period: Period) -> Facts:
    """Dealt with in the period."""
    return incidents.handled(period)


@figure("A0", label="対処中のクレーム・トラブル", unit="件", type="stock", by=_BY)
def open(incidents: Incidents, period: Period) -> Facts:
    """Noticed and not dealt with at 24:00 JST of the period's last day: open before + received − handled."""
    return incidents.open(period)
