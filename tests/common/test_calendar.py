"""Business days against the law, against a second library, and against the dates worked out by hand."""

from datetime import date, datetime, timedelta

import jpholiday
import pytest

from partner.common import calendar
from partner.common.period import JST, month
from partner.common.refusal import Refusal

DAY = timedelta(days=1)
YEARS = range(2012, 2028)
VERNAL = dict(zip(YEARS, (20, 20, 21, 21, 20, 20, 21, 21, 20, 20, 21, 21, 20, 20, 20, 21), strict=True))
AUTUMN = dict(zip(YEARS, (22, 23, 23, 23, 22, 23, 23, 23, 22, 23, 23, 23, 22, 23, 23, 23), strict=True))


def nth_monday(year: int, month: int, number: int) -> date:
    first = date(year, month, 1)
    return first + DAY * ((-first.weekday()) % 7 + 7 * (number - 1))


def named_in_the_law(year: int) -> set[date]:
    """国民の祝日に関する法律 第2条, and the special measures of 2019, 2020 and 2021."""
    fixed = [(1, 1), (2, 11), (3, VERNAL[year]), (4, 29), (5, 3), (5, 4), (5, 5), (9, AUTUMN[year]), (11, 3), (11, 23)]
    if year >= 2020:
        fixed.append((2, 23))
    elif year <= 2018:
        fixed.append((12, 23))
    if year == 2019:
        fixed += [(5, 1), (10, 22)]
    if year == 2020:
        fixed += [(7, 23), (7, 24), (8, 10)]
    elif year == 2021:
        fixed += [(7, 22), (7, 23), (8, 8)]
    elif year >= 2016:
        fixed.append((8, 11))
    days = {date(year, *day) for day in fixed} | {nth_monday(year, 1, 2), nth_monday(year, 9, 3)}
    return days if year in (2020, 2021) else days | {nth_monday(year, 7, 3), nth_monday(year, 10, 2)}


def by_law(year: int) -> set[date]:
    """With 第3条: the next day that is none, after one on a Sunday; the day between two."""
    days = named_in_the_law(year)
    added = set()
    for day in days:
        if day.weekday() == 6:
            substitute = day + DAY
            while substitute in days:
                substitute += DAY
            added.add(substitute)
    return days | added | {day + DAY for day in days if day + 2 * DAY in days and day + DAY not in days}


@pytest.mark.parametrize("year", YEARS)
def test_national_holidays_are_those_of_the_law(year: int) -> None:
    assert set(calendar.national_holidays(year)) == by_law(year)


@pytest.mark.parametrize("year", YEARS)
def test_a_second_library_gives_the_same_days(year: int) -> None:
    assert set(calendar.national_holidays(year)) == {day for day, _ in jpholiday.year_holidays(year)}


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2026-10-31", "土曜日"),
        ("2026-11-01", "日曜日"),
        ("2026-11-02", None),
        ("2026-11-03", "文化の日"),
        ("2026-05-06", "振替休日"),
        ("2026-09-22", "国民の休日"),
        ("2026-12-28", None),
        ("2026-12-29", "年末年始"),
        ("2026-12-31", "年末年始"),
        ("2027-01-01", "元日"),
        ("2027-01-02", "年末年始"),
        ("2027-01-03", "年末年始"),
        ("2027-01-04", None),
        ("2019-04-30", "国民の休日"),
        ("2019-05-01", "天皇の即位の日"),
        ("2019-10-22", "即位礼正殿の儀が行われる日"),
        ("2020-07-20", None),  # 海の日 was moved for the Games
        ("2020-07-24", "スポーツの日"),
        ("2021-08-09", "振替休日"),
        ("2021-10-11", None),
    ],
)
def test_why_a_day_is_closed(day: str, reason: str | None) -> None:
    assert calendar.closed_reason(date.fromisoformat(day)) == reason


def test_a_day_of_the_office_is_closed_only_when_it_is_handed_in() -> None:
    extra = {date(2026, 11, 2): "創立記念日"}
    assert calendar.is_business_day(date(2026, 11, 2))
    assert calendar.closed_reason(date(2026, 11, 2), extra) == "創立記念日"
    assert calendar.monthly_due(month(date(2026, 10, 1)), extra) == date(2026, 11, 10)


def test_the_ten_days_of_2019() -> None:
    counting = calendar.count_from(date(2019, 5, 1), 5)
    assert counting.result == date(2019, 5, 13)
    assert [counted.day.day for counted in counting.days if counted.number] == [7, 8, 9, 10, 13]


def test_a_count_shows_every_day_with_its_number_or_its_reason() -> None:
    counting = calendar.count_after(date(2026, 9, 18), 2)
    assert [(counted.day.isoformat(), counted.number, counted.reason) for counted in counting.days] == [
        ("2026-09-19", None, "土曜日"),
        ("2026-09-20", None, "日曜日"),
        ("2026-09-21", None, "敬老の日"),
        ("2026-09-22", None, "国民の休日"),
        ("2026-09-23", None, "秋分の日"),
        ("2026-09-24", 1, None),
        ("2026-09-25", 2, None),
    ]


@pytest.mark.parametrize(
    ("after", "number", "expected"),
    [
        ("2026-12-25", 10, "2027-01-15"),
        ("2026-04-25", 10, "2026-05-14"),
        ("2026-09-12", 10, "2026-09-30"),
        ("2026-12-19", 10, "2027-01-07"),
    ],
)
def test_business_days_after_a_day(after: str, number: int, expected: str) -> None:
    assert calendar.add_business_days(date.fromisoformat(after), number) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-07-31", "2026-07-31"),
        ("2026-10-31", "2026-10-30"),
        ("2027-01-31", "2027-01-29"),
        ("2026-01-31", "2026-01-30"),
        ("2029-03-31", "2029-03-30"),
        ("2027-01-03", "2026-12-28"),
    ],
)
def test_the_last_business_day_on_or_before(day: str, expected: str) -> None:
    assert calendar.last_business_day_on_or_before(date.fromisoformat(day)) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("of", "cut"),
    [
        ("2026-10", "2026-11-06T12:00"),  # due Monday 9 November: the Friday before
        ("2026-12", "2027-01-07T12:00"),
        ("2026-04", "2026-05-11T12:00"),
    ],
)
def test_a_months_data_cut_is_noon_of_the_business_day_before_it_is_due(of: str, cut: str) -> None:
    period = month(date.fromisoformat(f"{of}-01"))
    assert calendar.monthly_data_cut(period) == datetime.fromisoformat(cut).replace(tzinfo=JST)


def test_a_count_beyond_the_gazette_is_computed() -> None:
    assert calendar.count_from(date(2027, 12, 1), 5).is_gazetted
    assert not calendar.count_from(date(2027, 12, 27), 5).is_gazetted


@pytest.mark.parametrize("year", [1948, 2100])
def test_a_year_without_a_calendar_is_refused_and_not_taken_for_one_without_holidays(year: int) -> None:
    with pytest.raises(Refusal, match="祝日は求められません"):
        calendar.closed_reason(date(year, 6, 1))


def test_a_count_of_none_is_refused() -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        calendar.count_after(date(2026, 10, 1), 0)
