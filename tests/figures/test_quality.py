"""Q3: indicators against targets on two clocks, their history, a switched system, a person's word, their records."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from partner.common.period import JST, fiscal_year, midnight, month, parse_period
from partner.common.refusal import Refusal
from partner.facts import record
from partner.facts.models import Coverage, Operation, ResponseTime
from partner.facts.models.undertakings import IndicatorForecast
from partner.figures.engine import Evaluation, figures
from partner.figures.quality import KEY, attainments, track_records
from partner.figures.records import difference, records
from partner.ledger import clock
from partner.master import actions
from partner.master.models import Indicator, Target
from tests.told import BY, covered_until, told

pytestmark = [pytest.mark.both, pytest.mark.django_db]
Q1, Q2 = parse_period("2026Q1"), parse_period("2026Q2")
PEOPLE = "people_new"


@pytest.fixture(autouse=True)
def _in_october(at_clock: Any) -> None:
    at_clock(datetime(2026, 10, 10, tzinfo=JST))


def target(
    value: str,
    *,
    indicator: str = PEOPLE,
    year: int = 2026,
    system: str = "",
    since: date = date(2026, 4, 1),
    status: str = "agreed",
) -> None:
    keys = {"indicator": indicator, "fiscal_year": year, "system": system}
    actions.set_from(
        Target, keys=keys, values={"value": value, "status": status}, holds_from=midnight(since), reason="合意", by=("仮設 恵", "管理者")
    )  # fmt: skip


def one(code: str = PEOPLE, period: Any = Q2, cut: Any = None) -> Any:
    return next(each for each in attainments(Evaluation(cut or clock.cut()), period) if each.code == code)


def registered(*days: str) -> None:
    """One person on each of these days."""
    told("\n".join(f"P{day.replace('-', '')}x{n} {day} registered full" for n, day in enumerate(days)))


def months(year: int, counts: list[int]) -> list[str]:
    """So many days in each month of the fiscal year."""
    firsts = [date(year + (n > 8), (n + 3) % 12 + 1, 1) for n in range(len(counts))]
    return [
        f"{first:%Y-%m}-{day:02d}" for first, count in zip(firsts, counts, strict=True) for day in range(1, count + 1)
    ]


def three_years() -> None:
    """FY2024: half by September; FY2025: two thirds; FY2026: 6 so far; all complete."""
    registered(
        *months(2024, [1] * 6 + [1] * 6), *months(2025, [2] * 6 + [1] * 6), *months(2026, [1] * 6)
    )  # fmt: skip
    covered_until(midnight(date(2026, 10, 1)))


def test_without_a_target_none_is_invented():
    registered("2026-04-01")
    covered_until(midnight(date(2026, 10, 1)))
    shown = figures(Q2, clock.cut(), [KEY])[KEY]
    assert (shown["value"], shown["state"]) == (None, "not_applicable")
    row = next(row for row in shown["by"]["indicator"] if row["code"] == PEOPLE)
    assert (row["attainment"], row["measures"]["target"], row["measures"]["attained"], row["measures"]["rate"]) == (
        "目標値未設定",
        None,
        1,
        None,
    )
    assert {each["attainment"] for each in shown["by"]["indicator"]} == {"目標値未設定"}


def test_attained_since_april_and_in_the_quarter():
    three_years()
    target("12")
    numbers = one().numbers.measures
    assert (numbers["attained"], numbers["in_period"], numbers["target"], numbers["rate"]) == (6, 3, 12, Decimal("0.5"))


def test_the_forecast_learns_from_complete_years_alone():
    three_years()
    target("10")
    made = one().forecast  # mean of 1/2 and 2/3 is 7/12
    assert (made.method, made.years, made.value, made.low, made.high) == ("share", (2024, 2025), 10, 8, 14)
    assert one().state == "attention"  # no margin at all above a range whose low end misses
    assert one().needed == (Decimal("0.7"), Decimal("0.1"))


def test_a_year_that_lacks_a_month_is_left_out():
    registered(*months(2024, [1] * 12), *months(2025, [2] * 6 + [1] * 6), *months(2026, [1] * 6))
    spans = [(date(2003, 10, 1), date(2024, 8, 1)), (date(2024, 9, 1), date(2026, 10, 1))]
    record.record(
        [Coverage(kind="people", valid_from=midnight(a), valid_to=midnight(b), source="見本", **BY) for a, b in spans]
    )
    assert one().forecast.years == (2025,)
    assert one().forecast.low is None


def test_leap_years_make_no_difference():
    registered("2024-02-29", "2023-04-05", *months(2026, [1] * 6))
    covered_until(midnight(date(2026, 10, 1)))
    assert (one().forecast.years, one().forecast.value) == ((2023,), 12)


def test_without_history_business_days_are_counted():
    registered(*months(2026, [1] * 6))
    record.record([Coverage(kind="people", valid_from=Q1.start, valid_to=Q2.end, source="見本", **BY)])
    made = one().forecast
    assert (made.method, made.low) == ("pace", None)
    assert made.value == 12  # 124 of 243 business days


def test_a_year_that_is_over_is_met_or_missed():
    three_years()
    target("18", year=2025, since=date(2025, 4, 1))
    assert one(period=fiscal_year(2025)).state == "met"
    target("19", year=2025, since=date(2025, 4, 1))
    last = one(period=fiscal_year(2025))
    assert (last.state, last.forecast.method, last.forecast.value) == ("missed", "over", 18)


def test_a_target_agreed_from_a_later_day_does_not_hold_before():
    three_years()
    target("30", since=date(2026, 10, 1))
    assert one().state == "unset"
    assert one(period=month(date(2026, 10, 1))).target == 30


def test_a_target_that_ends_is_none_any_more():
    three_years()
    target("30")
    keys = {"indicator": PEOPLE, "fiscal_year": 2026, "system": ""}
    actions.end_at(
        Target, keys=keys, ends_at=midnight(date(2026, 9, 1)), reason="合意の取消し", by=("仮設 恵", "管理者")
    )
    assert (one(period=Q1).target, one().state) == (30, "unset")


def test_the_headline_counts_what_is_met_or_expected():
    three_years()
    target("6")
    target("1", indicator="organizations_new")
    value = Evaluation(clock.cut()).value(KEY, Q2)
    assert (value.value, value.state) == (1, "provisional")  # nobody said that organisations are complete
    assert Evaluation(clock.cut()).value(KEY, Q2, {"indicator": PEOPLE}).value == 6


def test_a_target_of_zero_has_no_rate():
    registered("2026-04-01")
    target("0")
    assert (one().rate, one().state) == (None, "met")


def say(value: str | None, code: str = PEOPLE, period: str = "2026Q2") -> None:
    row = IndicatorForecast(
        indicator=code, period=period, value=None if value is None else Decimal(value), reason="催しを3件予定する。",
        source_key=f"{code}{period}"[:32], **BY,
    )  # fmt: skip
    record.record([row])


def test_a_person_may_confirm_what_was_computed():
    three_years()
    target("12")
    say(None)
    assert (one().forecast.value, one().forecast.method, one().state) == (10, "share", "attention")
    assert one().person.reason


def test_an_indicator_opens_to_the_records_of_its_figure():
    three_years()
    cut = clock.cut()
    found = records(KEY, Q2, cut, {"indicator": PEOPLE})
    assert found.count == found.length == 6
    assert {row["id"][:2] for row in found} == {"PR"}
    assert records(KEY, Q2, cut).length == 0
    assert difference(KEY, Q2, cut, cut) == []


def test_an_unknown_indicator_is_refused_and_a_later_period_is_missing():
    with pytest.raises(Refusal, match="コード「nothing」"):
        figures(Q2, clock.cut(), [KEY], {"indicator": "nothing"})
    later = figures(parse_period("2027Q1"), clock.cut(), [KEY])[KEY]
    assert (later["value"], later["state"]) == (None, "missing")


def happened(kind: str, begins: date, ends: date | None, system: str) -> None:
    row = Operation(
        kind=kind, system=system, valid_from=midnight(begins), valid_to=midnight(ends) if ends else None, cause="software" if kind == "outage" else "",
        source_key=f"{kind}{system}{begins}"[:32], **BY,
    )  # fmt: skip
    record.record([row])


def responses(day: date, slow: bool) -> None:
    counts = ["0"] * 13
    counts[8 if slow else 2] = "10"
    row = ResponseTime(page_group="top", valid_from=midnight(day), counts=",".join(counts), source_key=f"rt{day}", **BY)
    record.record([row])


def switched() -> None:
    """The present system until the end of July, the next one since; a day's stop of the old one; then quicker pages."""
    happened("service", date(2025, 4, 1), date(2026, 8, 1), "current")
    happened("service", date(2026, 8, 1), None, "next")
    happened("outage", date(2026, 5, 1), date(2026, 5, 2), "current")
    responses(date(2026, 7, 10), slow=True)
    responses(date(2026, 8, 10), slow=False)
    for kind in ("operations", "response_times"):
        record.record(
            [Coverage(kind=kind, valid_from=midnight(date(2003, 10, 1)), valid_to=Q2.end, source="見本", **BY)]
        )


def test_a_switched_system_is_measured_apart_over_its_own_days():
    switched()
    target("99.5", indicator="availability")
    target("99.9", indicator="availability", system="next")
    old, new = one("availability:current"), one("availability:next")
    assert (old.attained.value, new.attained.value) == (Decimal("0.991803"), 1)  # one of 122 days
    assert (old.target, new.target) == (Decimal("0.995"), Decimal("0.999"))
    assert (old.state, new.state) == ("attention", "expected")
    assert (one("response_p95:current").attained.value, one("response_p95:next").attained.value) == (2000, 200)
    assert [
        each.code for each in attainments(Evaluation(clock.cut()), Q1) if each.gauge.row.code == "availability"
    ] == ["availability"]


def test_a_switch_at_noon_gives_the_day_to_the_system_that_served_when_it_began():
    noon = datetime(2026, 8, 1, 12, tzinfo=JST)
    rows = [
        Operation(kind="service", system="current", valid_from=Q1.start, valid_to=noon, source_key="a", **BY),
        Operation(kind="service", system="next", valid_from=noon, source_key="b", **BY),
    ]
    record.record(rows)
    served = {
        each.gauge.system: each.gauge.served for each in attainments(Evaluation(clock.cut()), Q2) if each.gauge.system
    }
    assert served == {"current": (Q1.first, date(2026, 8, 2)), "next": (date(2026, 8, 2), None)}


def test_the_record_of_forecasts_knows_only_the_years_before():
    three_years()
    say("20", period="2025Q2")
    first, second = [past for past in track_records(Evaluation(clock.cut()), Q2) if past.gauge.code == PEOPLE]
    assert (first.year, first.total, first.forecasts[6].method) == (2024, 12, "pace")
    assert (second.total, second.forecasts[3].value, second.forecasts[6].value) == (18, 24, 20)
    assert (second.forecasts[3].method, second.forecasts[6].method) == ("share", "person")


def test_an_indicator_that_is_changed_holds_from_its_day():
    three_years()
    values = {name: getattr(Indicator.objects.get(code=PEOPLE), name) for name in Indicator.value_fields}
    actions.set_from(
        Indicator, keys={"code": PEOPLE}, values={**values, "where": "level=simple"}, holds_from=midnight(date(2026, 9, 1)),
        reason="合意", by=("仮設 恵", "管理者"),
    )  # fmt: skip
    assert (one(period=Q1).attained.value, one().attained.value) == (3, 0)
