"""Days and hours as the desk's own pages print them."""

from datetime import date, datetime

from django import template

from partner.common.calendar import WEEKDAYS
from partner.common.period import DAY, JST, era_year
from partner.submissions.deadlines import NAMES

register = template.Library()


@register.filter
def day_full(at: datetime) -> str:
    """令和8年（2026年）10月5日（月）."""
    day = at.astimezone(JST).date()
    return f"{era_year(day)}（{day.year}年）{day.month}月{day.day}日（{WEEKDAYS[day.weekday()]}）"


@register.filter
def before_bracket(label: str) -> str:
    """令和8年9月 of 令和8年9月（2026年9月）."""
    return label.partition("（")[0]


@register.filter
def clock_time(at: datetime) -> str:
    """17:00."""
    return f"{at.astimezone(JST):%H:%M}"


@register.filter
def until_day(until: datetime) -> str:
    """10月31日, for a time whose end is 00:00 of the day after."""
    day: date = (until.astimezone(JST) - DAY).date()
    return f"{day.year}年{day.month}月{day.day}日"


@register.filter
def minute(at: datetime) -> str:
    """2026-10-06 12:00."""
    return f"{at.astimezone(JST):%Y-%m-%d %H:%M}"


@register.filter
def second(at: datetime) -> str:
    """2026-10-06 12:00:00."""
    return f"{at.astimezone(JST):%Y-%m-%d %H:%M:%S}"


@register.filter
def report_name(kind: str) -> str:
    """月次報告書 for `monthly`."""
    return NAMES.get(kind, kind)
