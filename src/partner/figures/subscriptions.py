"""M7: subscriptions to the mail services."""

from dataclasses import replace

from partner.common.period import Period
from partner.figures.declare import figure
from partner.figures.sets import Facts
from partner.figures.sets.subscriptions import Subscriptions

_BY = ("service",)


@figure("M7", label="登録者数", unit="人", type="stock", by=_BY, measures=("bounced",))
def total(subscriptions: Subscriptions, period: Period) -> Facts:
    """In force at 24:00 JST of the period's last day, from confirmation to stop; those not reached stay in."""
    return replace(subscriptions.in_force(period.end), measures={"bounced": subscriptions.bounced(period.end)})


@figure("M7", label="うち不達", unit="人", type="stock", by=_BY)
def bounced(subscriptions: Subscriptions, period: Period) -> Facts:
    """Of those in force at the period's end, whom mail does not reach."""
    return subscriptions.bounced(period.end)


@figure("M7", label="新規登録者数", unit="人", type="flow", by=_BY)
def new(subscriptions: Subscriptions, period: Period) -> Facts:
    """Confirmed in the period; whoever confirms again after a stop is new again."""
    return subscriptions.begun(period)


@figure("M7", label="停止者数", unit="人", type="flow", by=_BY)
def left(subscriptions: Subscriptions, period: Period) -> Facts:
    """Stopped in the period."""
    return subscriptions.stopped(period)
