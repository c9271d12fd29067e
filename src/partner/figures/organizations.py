"""M2: registrations of organisations. Each function returns the set; the engine counts, splits and opens it."""

from partner.common.period import Period
from partner.figures.declare import figure
from partner.figures.sets import Facts
from partner.figures.sets.registrations import Registrations

_BY = ("level", "level,organization_type")


@figure("M2", label="全登録団体数", unit="団体", type="stock", by=_BY)
def total(organizations: Registrations, period: Period) -> Facts:
    """Registrations in force at 24:00 JST of the period's last day; suspended ones stay in."""
    return organizations.in_force(period.end)


@figure("M2", label="新規登録団体数", unit="団体", type="flow", by=(*_BY, "level,begun"))
def new(organizations: Registrations, period: Period) -> Facts:
    """Registrations begun in the period: registered, or returned after leaving (再登録)."""
    return organizations.begun(period, "registered", "returned")


@figure("M2", label="退会団体数", unit="団体", type="flow", by=(*_BY, "level,reason"))
def left(organizations: Registrations, period: Period) -> Facts:
    """Registrations ended in the period: left, removed or merged into another."""
    return organizations.ended(period, "left", "removed", "merged")


@figure("M2", label="区分変更による増", unit="団体", type="flow", by=_BY)
def moved_in(organizations: Registrations, period: Period) -> Facts:
    """Changes into a report column from another one in the period; two levels of one column make none."""
    return organizations.moved(period)


@figure("M2", label="区分変更による減", unit="団体", type="flow", by=_BY)
def moved_out(organizations: Registrations, period: Period) -> Facts:
    """Changes out of a report column into another one in the period."""
    return organizations.moved(period).by("level", "previous_level")


@figure("M2", label="種別変更による増", unit="団体", type="flow", by=_BY)
def retyped_in(organizations: Registrations, period: Period) -> Facts:
    """Changes into an organisation type from another one in the period."""
    return organizations.retyped(period)


@figure("M2", label="種別変更による減", unit="団体", type="flow", by=_BY)
def retyped_out(organizations: Registrations, period: Period) -> Facts:
    """Changes out of an organisation type into another one in the period."""
    return organizations.retyped(period).by("organization_type", "previous_type")


@figure("M2", label="前月末からの増加数", unit="団体", type="flow", by=_BY, adds=False)
def change(organizations: Registrations, period: Period) -> list[Facts]:
    """The total at the period's end less the total at the end before it."""
    return [organizations.in_force(period.end), -organizations.in_force(period.start)]


@figure("M2", label="定義変更", unit="団体", type="flow", by=_BY)
def reclassified(organizations: Registrations, period: Period) -> list[Facts]:
    """The opening total counted again under the mapping and lists in force in the period, less what it was before."""
    return [organizations.in_force(period.start, counted_at=period.start), -organizations.in_force(period.start)]


@figure("M2", label="審査中の申請", unit="団体", type="stock", by=_BY)
def pending(organizations: Registrations, period: Period) -> Facts:
    """Applications neither approved nor refused at the period's end; in no total."""
    return organizations.applications(period.end)


@figure("M2", label="うち利用停止中", unit="団体", type="stock", by=_BY)
def suspended(organizations: Registrations, period: Period) -> Facts:
    """Of the registrations in force at the period's end, those suspended; they stay in the total."""
    return organizations.suspended(period.end)
