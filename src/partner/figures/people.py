"""M1: registrations of persons. Each function returns the set; the engine counts, splits and opens it."""

from partner.common.period import Period
from partner.figures.declare import figure
from partner.figures.sets import Facts
from partner.figures.sets.registrations import Registrations


@figure("M1", label="全登録者数", unit="人", type="stock", by=("level", "level,medium", "level,purpose"))
def total(people: Registrations, period: Period) -> Facts:
    """Registrations in force at 24:00 JST of the period's last day; suspended ones stay in."""
    return people.in_force(period.end)


@figure(
    "M1", label="新規登録者数", unit="人", type="flow", by=("level", "level,medium", "level,purpose", "level,begun")
)
def new(people: Registrations, period: Period) -> Facts:
    """Registrations begun in the period: registered, or returned after leaving (再登録)."""
    return people.begun(period, "registered", "returned")


@figure("M1", label="退会者数", unit="人", type="flow", by=("level", "level,reason"))
def left(people: Registrations, period: Period) -> Facts:
    """Registrations ended in the period: left, removed or merged into another."""
    return people.ended(period, "left", "removed", "merged")


@figure("M1", label="区分変更による増", unit="人", type="flow", by=("level",))
def moved_in(people: Registrations, period: Period) -> Facts:
    """Changes into a report column from another one in the period; two levels of one column make none."""
    return people.moved(period)


@figure("M1", label="区分変更による減", unit="人", type="flow", by=("level",))
def moved_out(people: Registrations, period: Period) -> Facts:
    """Changes out of a report column into another one in the period."""
    return people.moved(period).by("level", "previous_level")


@figure("M1", label="前月末からの増加数", unit="人", type="flow", by=("level",), adds=False)
def change(people: Registrations, period: Period) -> list[Facts]:
    """The total at the period's end less the total at the end before it."""
    return [people.in_force(period.end), -people.in_force(period.start)]


@figure("M1", label="定義変更", unit="人", type="flow", by=("level",))
def reclassified(people: Registrations, period: Period) -> list[Facts]:
    """The opening total counted again under the mapping in force in the period, less what it was before."""
    return [people.in_force(period.start, counted_at=period.start), -people.in_force(period.start)]


@figure("M1", label="審査中の申請", unit="人", type="stock", by=("level",))
def pending(people: Registrations, period: Period) -> Facts:
    """Applications neither approved nor refused at the period's end; in no total."""
    return people.applications(period.end)


@figure("M1", label="うち利用停止中", unit="人", type="stock", by=("level",))
def suspended(people: Registrations, period: Period) -> Facts:
    """Of the registrations in force at the period's end, those suspended; they stay in the total."""
    return people.suspended(period.end)
