"""Notes under tables that follow from the state of what they print."""

from partner.figures.states import Interval
from partner.reports import wording
from partner.reports.sheet import Sheet


def notes_of(sheet: Sheet, keys: list[str]) -> tuple[str, ...]:
    """What is provisional and why; which hours were lost for good."""
    judged = {key: sheet.evaluation.judge(key, sheet.period) for key in keys}
    notes = []
    waiting = [
        one
        for key, one in judged.items()
        if one.state == "provisional" and sheet.evaluation.value(key, sheet.period).value is not None
    ]
    if waiting:
        notes.append("速：速報値。対象期間のうち、そろったと届け出られていない時間がある。")
    lost = next((one.losses for one in judged.values() if one.losses), ())
    if lost:
        notes.append(f"欠：欠測{_hours(lost)}（{'、'.join(_said(one) for one in lost[:3])}）。補っていない。")
    return tuple(notes)


def _hours(intervals: tuple[Interval, ...]) -> str:
    seconds = sum((end - start).total_seconds() for start, end in intervals)
    return f"{seconds / 3600:.0f}時間" if seconds >= 3600 else f"{seconds / 60:.0f}分"


def _said(interval: Interval) -> str:
    return "から".join(wording.moment(at) for at in interval) + "まで"
