"""Business days, as 行政機関の休日に関する法律 has them: not Saturdays, Sundays, national holidays, 29 December - 3 January.

Days that a new law or the office closes beyond these come in as `extra` (day → name): they are master data.
Every count is kept day by day, so that a due date can be shown with its reasons.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, lru_cache
from types import MappingProxyType

from partner.common.period import DAY, JST, Period, add_months
from partner.common.refusal import Refusal

# The equinoxes of a year are fixed by the almanac (暦要項) in the official gazette of the February before. Its last: 2026.
GAZETTED_UNTIL = date(2027, 12, 31)
FIRST_YEAR, LAST_YEAR = 1949, 2099
NONE: Mapping[date, str] = MappingProxyType({})
WEEKDAYS = "月火水木金土日"
MONTHLY_BUSINESS_DAYS = 5
DATA_CUT_TIME = time(12)
LONGER_CUT_DAYS = 7  # business days before a quarterly or annual report is due


@dataclass(frozen=True)
class CountedDay:
    """One day of a count: a business day has its number, another day the reason why it is closed."""

    day: date
    number: int | None
    reason: str | None

    def as_dict(self) -> dict[str, object]:
        """As `--json` prints it."""
        return {
            "day": self.day.isoformat(),
            "weekday": WEEKDAYS[self.day.weekday()],
            "number": self.number,
            "reason": self.reason,
        }


@dataclass(frozen=True)
class Counting:
    """A count, day by day in the order of counting; its last day is the answer."""

    days: tuple[CountedDay, ...]

    @property
    def result(self) -> date:
        """The day that was counted to."""
        return self.days[-1].day

    @property
    def is_gazetted(self) -> bool:
        """Whether every day in it is in the gazette; the holidays of later ones are computed and may change."""
        return all(counted.day <= GAZETTED_UNTIL for counted in self.days)


@cache
def national_holidays(year: int) -> Mapping[date, str]:
    """The year's national holidays, substitute and sandwiched ones too. Raises Refusal beyond 1949-2099."""
    import holidays  # most processes never ask

    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refusal("no_calendar", f"{year}年の祝日は求められません（{FIRST_YEAR}年から{LAST_YEAR}年まで）。")
    found = holidays.country_holidays("JP", years=year, language="ja")
    return MappingProxyType({day: str(found[day]) for day in found})


def closed_reason(day: date, extra: Mapping[date, str] = NONE) -> str | None:
    """Why the day is no business day (文化の日, 年末年始, 土曜日); None for a business day."""
    if name := national_holidays(day.year).get(day) or extra.get(day):
        return name
    if (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3):
        return "年末年始"
    return f"{WEEKDAYS[day.weekday()]}曜日" if day.weekday() >= 5 else None


def is_business_day(day: date, extra: Mapping[date, str] = NONE) -> bool:
    """Whether the day counts."""
    return closed_reason(day, extra) is None


def _walk(day: date, step: int, extra: Mapping[date, str]) -> Iterator[CountedDay]:
    number = 0
    while True:
        reason = closed_reason(day, extra)
        number += reason is None
        yield CountedDay(day, None if reason else number, reason)
        day += step * DAY


def _count(first: date, number: int, extra: Mapping[date, str], step: int = 1) -> Counting:
    if number < 1:
        raise ValueError(f"business days are counted from 1, not {number}")
    return _counted(first, number, tuple(extra.items()), step)


@lru_cache(maxsize=4096)
def _counted(first: date, number: int, closed: tuple[tuple[date, str], ...], step: int) -> Counting:
    """Counted once: a page asks for the same dates as the one before it."""
    days, extra = [], dict(closed)
    for counted in _walk(first, step, extra):
        days.append(counted)
        if counted.number == number:
            break
    return Counting(tuple(days))


def count_from(first: date, number: int, extra: Mapping[date, str] = NONE) -> Counting:
    """The n-th business day from the day on, which is itself day 1 if it is a business day."""
    return _count(first, number, extra)


def count_after(day: date, number: int, extra: Mapping[date, str] = NONE) -> Counting:
    """The n-th business day after the day, which is day 0."""
    return _count(day + DAY, number, extra)


def count_back(day: date, extra: Mapping[date, str] = NONE) -> Counting:
    """The last business day on or before the day."""
    return _count(day, 1, extra, step=-1)


def nth_business_day(first: date, number: int, extra: Mapping[date, str] = NONE) -> date:
    """The n-th business day from the day on."""
    return count_from(first, number, extra).result


def add_business_days(day: date, number: int, extra: Mapping[date, str] = NONE) -> date:
    """The n-th business day after the day."""
    return count_after(day, number, extra).result


def last_business_day_on_or_before(day: date, extra: Mapping[date, str] = NONE) -> date:
    """The day itself, or the last business day before it."""
    return count_back(day, extra).result


def business_days_before(day: date, number: int, extra: Mapping[date, str] = NONE) -> date:
    """So many business days before the day; the day itself is 0, even where an agreed date is a day off."""
    while number:
        day -= DAY
        number -= is_business_day(day, extra)
    return day


def monthly_due(period: Period, extra: Mapping[date, str] = NONE, number: int = MONTHLY_BUSINESS_DAYS) -> date:
    """The n-th business day of the month after the period's last month."""
    return nth_business_day(period.until, number, extra)


def monthly_data_cut(period: Period, extra: Mapping[date, str] = NONE) -> datetime:
    """12:00 JST of the business day before the monthly report is due: by default the moment whose knowledge it holds."""
    return datetime.combine(business_days_before(monthly_due(period, extra), 1, extra), DATA_CUT_TIME, JST)


def quarterly_due(period: Period, extra: Mapping[date, str] = NONE) -> date:
    """The last business day of the month after the quarter."""
    return last_business_day_on_or_before(add_months(period.until, 1) - DAY, extra)


def data_cut(period: Period, extra: Mapping[date, str] = NONE) -> datetime:
    """The same of a quarter, whose report is checked and approved for longer; of any other days, as if they ended with
    their last month.
    """
    if period.form != "quarter":
        return monthly_data_cut(period, extra)
    day = business_days_before(quarterly_due(period, extra), LONGER_CUT_DAYS, extra)
    return datetime.combine(day, DATA_CUT_TIME, JST)
