"""Due dates, each with the count that led to it. All pure but `closed_days`, which asks the master data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from partner.common import calendar
from partner.common.calendar import NONE, Counting, count_after, count_back, count_from
from partner.common.period import DAY, JST, Period, add_months, fiscal_year, quarter
from partner.master.book import Book, present
from partner.submissions import rules
from partner.submissions.addresses import NAMES as NAMES
from partner.submissions.addresses import name_of


@dataclass(frozen=True)
class Deadline:
    """When one report is due: the nominal date, the working date, and how it was counted."""

    kind: str
    period: str
    label: str
    nominal_on: date
    counting: Counting
    rule: rules.Rule
    not_before: date | None = None

    @property
    def name(self) -> str:
        """What the report is called; of an interim report with its number."""
        return name_of(self.kind, self.period)

    @property
    def due_on(self) -> date:
        """The working date."""
        return self.counting.result

    @property
    def due_at(self) -> datetime:
        """The working date's hour."""
        return datetime.combine(self.due_on, self.rule.due_time, JST)

    @property
    def calendar(self) -> str:
        """`gazetted`, or `computed` where the holidays of a counted day are not in the gazette yet."""
        return "gazetted" if self.counting.is_gazetted else "computed"

    def as_dict(self) -> dict[str, object]:
        """As `--json` prints it."""
        return {
            "kind": self.kind,
            "name": self.name,
            "period": self.period,
            "label": self.label,
            "nominal_on": self.nominal_on.isoformat(),
            "due_on": self.due_on.isoformat(),
            "due_at": self.due_at.isoformat(),
            "not_before": self.not_before.isoformat() if self.not_before else None,
            "calendar": self.calendar,
            "source": self.rule.source,
            "counting": [counted.as_dict() for counted in self.counting.days],
        }


def closed_days(cut: datetime | None = None) -> Mapping[date, str]:
    """Days closed beyond the calendar's own, as known at the cut (now, without one)."""
    return (Book(cut) if cut else present()).closed_days


def of_period(kind: str, period: Period, extra: Mapping[date, str] = NONE) -> Deadline:
    """The due date of a monthly, quarterly or annual report, or of the expenses."""
    rule = rules.rule_for(kind, period.first)
    last = period.last
    if rule.counted == rules.MONTHLY:
        counting = count_from(period.until, rule.number, extra)
        return Deadline(kind, period.key, period.label, counting.result, counting, rule)
    if rule.counted == rules.QUARTERLY:
        last = add_months(period.until, 1) - DAY
    counting = count_back(last, extra)
    if rule.counted == rules.LAST_DAY:
        return Deadline(kind, period.key, period.label, counting.result, counting, rule, not_before=counting.result)
    return Deadline(kind, period.key, period.label, last, counting, rule)


def of_service(event: str, held_until: date, extra: Mapping[date, str] = NONE) -> Deadline:
    """A service report's due date. The day it was held is day 0; of several days, the last."""
    return _after("service", f"event:{event}", held_until, extra)


def of_incident(
    incident: str, stage: str, on: date, days: int, extra: Mapping[date, str] = NONE, number: int = 1
) -> Deadline:
    """An incident report's due date so many business days (each) after it was noticed: `first` and the n-th `interim`;
    `full` after it was dealt with.
    """
    key = f"interim-{number}" if stage == "interim" else stage
    return _after(f"incident/{stage}", f"incident:{incident}/{key}", on, extra, days * number)


def _after(kind: str, key: str, day: date, extra: Mapping[date, str], days: int = 0) -> Deadline:
    rule = rules.rule_for(kind, day)
    counting = count_after(day, days or rule.number, extra)
    return Deadline(kind, key, f"{day.year}年{day.month}月{day.day}日", counting.result, counting, rule)


def of_fiscal_year(year: int, extra: Mapping[date, str] = NONE) -> list[Deadline]:
    """The reports expected for the fiscal year's periods, in the order in which they fall due."""
    return list(_of_fiscal_year(year, tuple(sorted(extra.items()))))


@lru_cache(maxsize=64)
def _of_fiscal_year(year: int, closed: tuple[tuple[date, str], ...]) -> list[Deadline]:
    """Counted once for the same closed days: the rules are the program's own."""
    whole, extra = fiscal_year(year), dict(closed)
    found = [of_period("monthly", month, extra) for month in whole.months()]
    found += [
        of_period("quarterly", quarter(whole.months()[n].first), extra) for n in (0, 3, 6)
    ]  # Q4 is in the annual one
    found += [of_period(kind, whole, extra) for kind in ("annual", "expenses")]
    return sorted(found, key=lambda deadline: deadline.due_at)


def due(on: date, extra: Mapping[date, str] = NONE, within: timedelta = timedelta(days=31)) -> list[Deadline]:
    """What falls due from the day on, within so many days."""
    years = range(on.year - 2, on.year + 2)
    found = [deadline for year in years for deadline in of_fiscal_year(year, extra)]
    return [deadline for deadline in found if on <= deadline.due_on <= on + within]


def data_cut(period: Period) -> datetime:
    """The moment whose knowledge a report holds, until its submission says otherwise."""
    return calendar.data_cut(period, closed_days())
