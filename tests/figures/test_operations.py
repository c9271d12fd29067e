"""M9: minutes within the month, stops from outside, hours nobody watched, percentiles from merged counts."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from partner.common.period import JST, month, parse_period
from partner.facts import record
from partner.facts.models import Coverage, Operation, ResponseTime
from partner.figures.engine import Evaluation
from partner.figures.records import records
from partner.figures.second import compare
from partner.figures.sets.operations import merged
from partner.ledger import clock
from tests.told import BY

pytestmark = [pytest.mark.both, pytest.mark.django_db]
OCTOBER = month(date(2026, 10, 1))
_keys = iter(range(10**6))


@pytest.fixture(autouse=True)
def _in_november(at_clock):
    at_clock(datetime(2026, 11, 20, tzinfo=JST))


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=JST)


def happened(kind: str, begins: str, ends: str = "", cause: str = "", system: str = "current", **more: Any) -> Any:
    row = Operation(
        kind=kind, system=system, valid_from=at(begins), valid_to=at(ends) if ends else None, cause=cause,
        source_key=f"{next(_keys):032x}", **more, **BY,
    )  # fmt: skip
    record.record([row])
    return row


def covered(kind: str = "operations", period: Any = OCTOBER) -> None:
    record.record([Coverage(kind=kind, valid_from=period.start, valid_to=period.end, source="見本", **BY)])


def value(key: str, period: Any = OCTOBER, **where: str) -> Any:
    return Evaluation(clock.cut()).value(f"operations.{key}", period, where)


def served() -> None:
    happened("service", "01-01")
    covered()


def test_nothing_planned_is_not_applicable_and_nothing_told_is_missing():
    assert value("availability").state == "missing"
    covered()
    assert (value("availability").value, value("availability").state) == (None, "not_applicable")
    assert (value("mttr_minutes").state, value("outages").value) == ("not_applicable", 0)


@pytest.mark.parametrize(
    ("stops", "share", "measures"),
    [
        ([], "1.000000", (44640, 0, 0, 0)),
        ([("outage", "10-10 10:00", "10-10 11:30", "software")], "0.997984", (44640, 0, 0, 90)),
        ([("outage", "10-10 10:00", "10-10 11:30", "network")], "1.000000", (44640, 90, 0, 0)),
        ([("planned_stop", "10-18 02:00", "10-18 06:00", "maintenance")], "1.000000", (44640, 240, 0, 0)),
        (  # an outage inside a planned stop is none; its rest counts
            [("planned_stop", "10-18 02:00", "10-18 06:00", "maintenance"), ("outage", "10-18 05:00", "10-18 07:00", "software")],
            "0.998649", (44640, 240, 0, 60),
        ),
        ([("unknown", "10-20 00:00", "10-20 01:00", ""), ("outage", "10-20 00:30", "10-20 01:30", "software")],
         "0.999327", (44640, 0, 60, 30)),
        ([("outage", "09-30 23:30", "10-01 00:30", "software")], "0.999328", (44640, 0, 0, 30)),
        ([("outage", "10-31 23:30", "11-01 00:30", "software")], "0.999328", (44640, 0, 0, 30)),
    ],
)  # fmt: skip
def test_what_counts_as_served(stops, share, measures):
    served()
    for stop in stops:
        happened(*stop)
    found = value("availability")
    assert found.value == Decimal(share)
    names = ("planned_minutes", "excluded_minutes", "unknown_minutes", "down_minutes")
    assert tuple(found.measures[name] for name in names) == measures
    assert all(one["same"] for one in compare(OCTOBER, clock.cut()))


def test_more_than_half_a_per_cent_unknown_keeps_it_provisional():
    served()
    happened("unknown", "10-20 00:00", "10-20 03:43")  # 223 of 44,640 minutes: 0.4996 %
    assert value("availability").state == "final"
    happened("unknown", "10-21 00:00", "10-21 00:01")
    found = value("availability")
    assert found.state == "provisional"
    assert found.value == 1
    assert found.measures["worst_case"] == Decimal("0.994982")


def test_an_outage_is_counted_where_it_began_and_cut_at_the_months_edge():
    covered(period=parse_period("FY2026"))
    happened("outage", "10-31 23:30", "11-01 01:30", "software")
    happened("outage", "10-10 10:00", "10-10 10:30", "network")
    november = month(date(2026, 11, 1))
    assert (value("outages").value, value("outages", november).value) == (2, 0)
    assert (value("downtime_minutes").value, value("downtime_minutes", november).value) == (60, 90)
    assert value("mttr_minutes").value == 75
    assert value("mttr_minutes", cause="network").value == 30
    assert value("downtime_minutes", parse_period("2026Q3")).value == 150
    assert records("operations.outages", OCTOBER, clock.cut(), {"cause": "software"}).count == 1


def test_what_was_known_before_a_correction_stays():
    served()
    row = happened("outage", "10-10 10:00", "10-10 11:00", "software")
    then = clock.cut()
    new = Operation(
        kind="outage", system="current", valid_from=row.valid_from, valid_to=at("10-10 12:00"), cause="software",
        source_key=row.source_key, **BY,
    )  # fmt: skip
    record.correct(row, new)
    if clock.cut() > then:  # one transaction tells all where nothing commits
        assert Evaluation(then).value("operations.downtime_minutes", OCTOBER).value == 60
    assert value("downtime_minutes").value == 120


def times(text: str, group: str = "top", day: str = "10-01", failed: int = 0) -> Any:
    counts = [int(one) for one in text.split()]
    return ResponseTime(
        page_group=group, valid_from=at(day), counts=",".join(map(str, counts + [0] * (13 - len(counts)))), failed=failed,
        source_key=f"{next(_keys):032x}", **BY,
    )  # fmt: skip


def test_percentiles_are_upper_bounds_of_their_buckets():
    record.record([times("50 45 4 1")])
    covered("response_times")
    found = value("response_ms")
    assert (found.value, found.measures["p50"], found.measures["p99"]) == (100, 50, 200)
    assert (found.measures["samples"], found.measures["within_target"]) == (100, None)
    assert value("response_ms", page_group="search").state == "not_applicable"


def test_hours_merge_to_the_same_whatever_way_they_are_cut():
    parts = [
        times("3 9 1 0 2"),
        times("0 0 7 7 1", day="10-02"),
        times("90", day="10-03"),
        times("0 0 0 0 0 0 0 0 0 0 0 0 3", failed=2),
    ]
    whole = merged(parts, 200)
    sums = [sum(int(part.counts.split(",")[n]) for part in parts) for n in range(13)]
    together = times(" ".join(map(str, sums)), failed=2)
    assert merged([together], 200) == whole
    assert merged(list(reversed(parts)), 200) == whole
    assert whole.measures["within_target"] == Decimal(110) / 125  # without an answer is not within the target
    assert whole.measures["p99"] == 10000


def test_nothing_measured_is_not_applicable():
    covered("response_times")
    assert value("response_ms").state == "not_applicable"
