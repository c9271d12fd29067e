"""M9: operation and maintenance of the system."""

from partner.common.period import Period
from partner.figures.declare import figure
from partner.figures.sets import Facts, Measured
from partner.figures.sets.operations import Operations

_BY = ("kind", "result", "system")


@figure(
    "M9", label="稼働率", unit="％", type="ratio", by=("system",),
    measures=("planned_minutes", "excluded_minutes", "unknown_minutes", "down_minutes", "worst_case"),
)  # fmt: skip
def availability(operations: Operations, period: Period) -> Measured:
    """(S − U) ÷ S: S planned service less planned stops, stops from outside and unknown; U unplanned minutes within S."""
    return operations.availability(period)


@figure("M9", label="計画外停止件数", unit="件", type="flow", by=("cause", "system"))
def outages(operations: Operations, period: Period) -> Facts:
    """Unplanned stops that began in the period."""
    return operations.begun(period, "outage")


@figure("M9", label="計画外停止時間", unit="分", type="flow", by=("cause", "system"), adds=False)
def downtime_minutes(operations: Operations, period: Period) -> Measured:
    """Minutes of unplanned stops within the period; one across its edge is cut there."""
    return operations.downtime(period)


@figure("M9", label="平均復旧時間", unit="分", type="ratio", by=("cause", "system"))
def mttr_minutes(operations: Operations, period: Period) -> Measured:
    """The whole duration of the unplanned stops begun in the period that are over, by their number."""
    return operations.repair(period)


@figure("M9", label="保守作業件数", unit="件", type="flow", by=_BY)
def maintenance(operations: Operations, period: Period) -> Facts:
    """Maintenance works begun in the period."""
    return operations.begun(period, "maintenance")


@figure("M9", label="リリース件数", unit="件", type="flow", by=_BY)
def releases(operations: Operations, period: Period) -> Facts:
    """Releases in the period."""
    return operations.begun(period, "release")


@figure("M9", label="バックアップ件数", unit="件", type="flow", by=_BY)
def backups(operations: Operations, period: Period) -> Facts:
    """Backups begun in the period, by their result."""
    return operations.begun(period, "backup")


@figure("M9", label="修正適用件数", unit="件", type="flow", by=_BY)
def patches(operations: Operations, period: Period) -> Facts:
    """Patches applied in the period."""
    return operations.begun(period, "patch")


@figure("M9", label="セキュリティ事象件数", unit="件", type="flow", by=_BY)
def security_events(operations: Operations, period: Period) -> Facts:
    """Security events that began in the period."""
    return operations.begun(period, "security_event")


@figure(
    "M9", label="応答時間（95％値）", unit="ミリ秒", type="distribution", by=("page_group",),
    sources=("response_times",), measures=("p50", "p95", "p99", "within_target", "samples"),
)  # fmt: skip
def response_ms(operations: Operations, period: Period) -> Measured:
    """The 95th percentile of the response times of the period, from merged histograms."""
    return operations.response_times(period)
