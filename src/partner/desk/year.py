"""The reports of a fiscal year beside its monthly ones: quarterly, annual, expenses, then what happened in it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from partner.common.period import midnight, parse_period
from partner.master.book import present
from partner.reports.kinds import kind_of
from partner.reports.prepare import is_made
from partner.submissions import states
from partner.submissions.addresses import name_of, slug_of
from partner.submissions.deadlines import Deadline, of_fiscal_year
from partner.submissions.following import as_they_stand
from partner.submissions.happening import Happening
from partner.submissions.models import ExpectedReport
from partner.submissions.periods import AT_THE_END, INCIDENT
from partner.submissions.standing import Standing

_SOON = timedelta(days=28)  # before its data cut the year's report is made ready


@dataclass(frozen=True)
class Line:
    """One report: when it is due, how it stands (words and tone), whether its page opens and can be printed."""

    kind: str
    period: str
    label: str
    due_at: datetime
    nominal_on: date
    words: str
    tone: str
    opens: bool
    prints: bool

    @property
    def name(self) -> str:
        """What it is called."""
        return name_of(self.kind, self.period)

    @property
    def slug(self) -> str:
        """Its kind in addresses."""
        return slug_of(self.kind)

    @property
    def is_waived(self) -> bool:
        """不要."""
        return self.tone == "waived"


def lines_of(year: int, now: datetime, extra: Any) -> tuple[list[Line], list[Line]]:
    """Those of the year's periods, and those of its events and incidents; made ones as they stand, others as computed."""
    rows = as_they_stand().filter(fiscal_year=year).exclude(kind="monthly")
    made = {(one.report.kind, one.report.period): _made(one, now) for one in Standing.of_all(list(rows))}
    computed = {}
    for one in of_fiscal_year(year, extra):
        period = parse_period(one.period)
        computed[one.kind, one.period] = _computed(one, period.first, period.last, now, "これから")
    for wanted in Happening(now, since=date(year, 4, 1)).wanted:
        if wanted.fiscal_year == year:
            words, one = "催しの予定" if wanted.is_planned else "これから", wanted.deadline
            first = date.max if wanted.is_planned else wanted.first
            computed[one.kind, one.period] = _computed(one, first, wanted.last, now, words)
    found = sorted({**computed, **made}.values(), key=lambda line: (line.due_at, line.period))
    others = [line for line in found if line.kind != "monthly"]
    return [one for one in others if ":" not in one.period], [one for one in others if ":" in one.period]


def _computed(one: Deadline, first: date, last: date, now: datetime, words: str) -> Line:
    opens = first <= now.date()
    said = "期限を過ぎた期間" if opens and one.due_at < now else words
    prints = _prints(slug_of(one.kind), first, last, now)
    return Line(one.kind, one.period, one.label, one.due_at, one.nominal_on, said, "open", opens, prints)


def _prints(slug: str, first: date, last: date, now: datetime) -> bool:
    """Whether it is composed by this version, and over (or told of while it lasts)."""
    is_time = first <= now.date() if kind_of(slug).may_be_open else last < now.date()
    return is_time and is_made(slug, present(), midnight(first))


def _before(row: ExpectedReport, now: datetime) -> tuple[str, str]:
    """What stands there before anyone began: nothing yet, its period still runs, or it is time to make it."""
    if row.period_first > now.date():
        return "これから", "open"
    runs = now < row.cut_planned_at - _SOON if row.slug in AT_THE_END else row.period_last >= now.date()
    return ("期間の途中", "open") if runs and row.slug != INCIDENT else ("作成の時期", "way")


def _made(standing: Standing, now: datetime) -> Line:
    row = standing.report
    if row.is_waived:
        words, tone = "不要", "waived"
    elif standing.state not in states.OPEN or standing.steps:
        words, tone = standing.state_label, "done" if standing.sent_at else "way"
    elif row.due < now:
        words, tone = "期限超過", "stop"
    else:
        words, tone = _before(row, now)
    opens = row.period_first <= now.date()
    prints = not row.is_waived and _prints(row.slug, row.period_first, row.period_last, now)
    return Line(row.kind, row.period, row.label, row.due, row.nominal_on, words, tone, opens, prints)
