"""Several years side by side: each item's headline in the same period of up to five years."""

from dataclasses import dataclass
from typing import Any

from partner.common.period import Period, parse_period
from partner.figures.declare import Declared, find
from partner.figures.engine import Evaluation, Value
from partner.submissions.making import BY_PERIOD
from partner.submissions.models import Submission

YEARS = 5


@dataclass(frozen=True)
class YearLine:
    """One item: its figure and its values, the earliest year first, as known at the submission's cut."""

    item: str
    figure: Declared
    values: list[Value]
    change: Any  # on the year before; None where either is unknown


def has_years(submission: Submission, headlines: dict[str, Any]) -> bool:
    """Whether there is the same period of other years, and a headline: events and incidents stand by themselves."""
    return submission.report.kind in BY_PERIOD and bool(headlines)


def side_by_side(submission: Submission, headlines: dict[str, Any]) -> tuple[list[Period], list[YearLine]]:
    """The periods and a line for each item of the submission."""
    if not has_years(submission, headlines):
        return [], []
    periods = [parse_period(submission.report.period)]
    while len(periods) < YEARS:
        periods.insert(0, periods[0].year_before())
    evaluation = Evaluation(submission.cut)
    lines = []
    for item, headline in headlines.items():
        values = [evaluation.value(headline["key"], period) for period in periods]
        last, before = values[-1].value, values[-2].value
        change = None if last is None or before is None else last - before
        lines.append(YearLine(item, find(headline["key"]), values, change))
    return periods, lines
