"""Periods, fiscal years and eras. All times are Asia/Tokyo; ends are exclusive here and inclusive in what people read."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

JST = ZoneInfo("Asia/Tokyo")
DAY = timedelta(days=1)
ERAS = ((date(2019, 5, 1), "令和"), (date(1989, 1, 8), "平成"), (date(1926, 12, 25), "昭和"))


def midnight(day: date) -> datetime:
    """00:00 JST of the day, as an instant."""
    return datetime.combine(day, time(), JST)


def jst_day(at: datetime) -> date:
    """The day in Japan on which the instant falls."""
    return at.astimezone(JST).date()


def fiscal_year_of(day: date) -> int:
    """年度: it begins on 1 April."""
    return day.year - (day.month < 4)


def era_year(day: date) -> str:
    """The year in Japan's own era, 令和8年; a first year is 元年. Raises ValueError before 1926-12-25."""
    for start, name in ERAS:
        if day >= start:
            year = day.year - start.year + 1
            return f"{name}{'元' if year == 1 else year}年"
    raise ValueError(f"no era known for {day}")


def fiscal_year_label(year: int) -> str:
    """令和8年度（2026年度）; 2019 is 令和元年度 although it began in 平成31年."""
    first = date(2019, 5, 1) if year == 2019 else date(year, 4, 1)
    return f"{era_year(first)}度（{year}年度）"


def add_months(first: date, months: int) -> date:
    """The first of the month that lies so many months on (or back)."""
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


@dataclass(frozen=True, order=True)
class Period:
    """A month, fiscal quarter, fiscal year, or the days of an event or incident: from `first` up to, not including, `until`."""

    first: date
    until: date
    key: str

    @property
    def start(self) -> datetime:
        """The instant at which it begins."""
        return midnight(self.first)

    @property
    def end(self) -> datetime:
        """The instant at which it is over: 00:00 JST of the day after its last."""
        return midnight(self.until)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.until - DAY

    @property
    def is_month(self) -> bool:
        """Whether it is one calendar month."""
        return self.first.day == 1 and add_months(self.first, 1) == self.until and ":" not in self.key

    @property
    def event(self) -> str:
        """The number of the event whose days it is; empty for any other period."""
        return self.key.removeprefix("event:") if self.key.startswith("event:") else ""

    @property
    def incident(self) -> str:
        """The number of the incident up to one of whose reports it goes; empty for any other period."""
        return self.key.removeprefix("incident:").partition("/")[0] if self.key.startswith("incident:") else ""

    @property
    def stage(self) -> str:
        """Which report of an incident: `first`, `interim-2`, `full`; empty for any other period."""
        return self.key.partition("/")[2]

    def months(self) -> "list[Period]":
        """The calendar months it is made of, in order; what is no whole number of months is one part by itself."""
        if self.event or self.incident:
            return [self]
        count = (self.until.year - self.first.year) * 12 + self.until.month - self.first.month
        return [month(add_months(self.first, n)) for n in range(count)]

    def previous(self) -> "Period":
        """The period of the same kind just before."""
        if self.is_month:
            return month(add_months(self.first, -1))
        if "Q" in self.key:
            return quarter(add_months(self.first, -3))
        return fiscal_year(self.first.year - 1)

    def following(self) -> "Period":
        """The period of the same kind just after."""
        if self.is_month:
            return month(self.until)
        return quarter(self.until) if "Q" in self.key else fiscal_year(self.first.year + 1)

    def year_before(self) -> "Period":
        """The same period one year earlier."""
        if self.is_month:
            return month(add_months(self.first, -12))
        if "Q" in self.key:
            return quarter(add_months(self.first, -12))
        return fiscal_year(self.first.year - 1)

    def fiscal_year_to_date(self) -> "Period":
        """From 1 April of its fiscal year to its end (年度累計)."""
        first = date(fiscal_year_of(self.first), 4, 1)
        return Period(first, self.until, f"{first:%Y-%m}..{self.last:%Y-%m}")

    @property
    def label(self) -> str:
        """令和8年10月（2026年10月）, 令和8年度第2四半期（2026年度第2四半期）, 令和8年度（2026年度）."""
        if self.event or self.incident:
            return self._days
        if self.is_month:
            return f"{era_year(self.last)}{self.first.month}月（{self.first.year}年{self.first.month}月）"
        year = fiscal_year_of(self.first)
        label = fiscal_year_label(year)
        if "Q" in self.key:
            part = f"第{self.key[-1]}四半期"
            return label.replace("度（", f"度{part}（").replace("度）", f"度{part}）")
        return label

    @property
    def _days(self) -> str:
        """令和8年9月12日（2026年9月12日）, 令和8年9月12日から9月13日まで（2026年9月）."""
        first, last = (f"{day.month}月{day.day}日" for day in (self.first, self.last))
        if first == last and self.first == self.last:
            return f"{era_year(self.first)}{first}（{self.first.year}年{first}）"
        same = self.first.year == self.last.year
        until = last if same else f"{era_year(self.last)}{last}"
        return f"{era_year(self.first)}{first}から{until}まで（{self.first.year}年）"

    @property
    def form(self) -> str:
        """month, quarter, year; span for any other days (months to date, the days of an event)."""
        if self.is_month:
            return "month"
        if re.fullmatch(r"\d{4}Q[1-4]", self.key):
            return "quarter"
        return "year" if self.key.startswith("FY") else "span"

    @property
    def column(self) -> str:
        """What heads its column: 10月, 第2四半期, 令和8年度."""
        if self.form == "quarter":
            return f"第{self.key[-1]}四半期"
        return f"{self.first.month}月" if self.is_month else self.label.split("（")[0]

    @property
    def short_label(self) -> str:
        """10月 for a month, else the label."""
        return f"{self.first.month}月" if self.is_month else self.label


def month(first: date) -> Period:
    """The calendar month of the day."""
    first = first.replace(day=1)
    return Period(first, add_months(first, 1), f"{first:%Y-%m}")


def quarter(first: date) -> Period:
    """The fiscal quarter that begins on the day (1 April, July, October or January)."""
    number = (first.month - 4) % 12 // 3 + 1
    return Period(first, add_months(first, 3), f"{fiscal_year_of(first)}Q{number}")


def fiscal_year(year: int) -> Period:
    """April of the year to March of the next."""
    return Period(date(year, 4, 1), date(year + 1, 4, 1), f"FY{year}")


def parse_period(text: str) -> Period:
    """`2026-10`, `2026Q2` (fiscal quarter) or `FY2026`. Raises ValueError with a Japanese message."""
    if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
        year, number = map(int, match.groups())
        if 1900 <= year <= 2199 and 1 <= number <= 12:
            return month(date(year, number, 1))
    elif match := re.fullmatch(r"(\d{4})Q([1-4])", text):
        year, number = map(int, match.groups())
        if 1900 <= year <= 2199:
            return quarter(add_months(date(year, 4, 1), 3 * (number - 1)))
    elif (match := re.fullmatch(r"FY(\d{4})", text)) and 1900 <= int(match[1]) <= 2199:
        return fiscal_year(int(match[1]))
    raise ValueError(
        f"期間「{text}」は読めません。2026-10（月）、2026Q2（年度の四半期）、FY2026（年度）のように書いてください。"
    )
