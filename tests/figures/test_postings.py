"""M3 and M4: what is counted just before, on and just after each border; and the law that binds its figures."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partner.common.period import fiscal_year, midnight, month, quarter
from partner.facts import record
from partner.facts.streams import JOBS, TRAININGS
from partner.facts.walking import SequenceError
from partner.figures import second
from partner.figures.engine import Evaluation, figures
from partner.figures.records import records
from partner.ledger import clock
from tests.databases import examples
from tests.happened import happened, tell
from tests.told import covered

pytestmark = [pytest.mark.both, pytest.mark.django_db]
SEPTEMBER, OCTOBER, NOVEMBER = (month(date(2026, n, 1)) for n in (9, 10, 11))
KEYS = ("posted", "live", "open", "reopened", "closed")


def value(key, period=OCTOBER, cut=None, **where):
    return Evaluation(cut or clock.cut()).value(key, period, where).value or 0


def numbers(period=OCTOBER, kind="jobs", **where):
    """posted, live, open, reopened, closed."""
    return tuple(value(f"{kind}.{name}", period, **where) for name in KEYS)


def rows(key, dimension, period=OCTOBER):
    found = Evaluation(clock.cut()).rows(key, period, (dimension,))
    return {row["code"]: row["value"] for row in found if row["value"]}


@pytest.mark.parametrize(
    ("at", "september", "october", "november"),
    [
        ("2026-09-30 23:59:59.999999", (1, 1, 1), (0, 1, 1), (0, 1, 1)),
        ("2026-10-01", (0, 0, 0), (1, 1, 1), (0, 1, 1)),
        ("2026-10-01 00:00:00", (0, 0, 0), (1, 1, 1), (0, 1, 1)),
        ("2026-10-01 08:59:59", (0, 0, 0), (1, 1, 1), (0, 1, 1)),
        ("2026-10-01 09:00:00", (0, 0, 0), (1, 1, 1), (0, 1, 1)),
        ("2026-10-31 23:59:59.999999", (0, 0, 0), (1, 1, 1), (0, 1, 1)),
        ("2026-11-01", (0, 0, 0), (0, 0, 0), (1, 1, 1)),
    ],
)
@pytest.mark.parametrize("kind", ["jobs", "trainings"])
def test_a_posting_belongs_to_the_month_in_japan(kind, at, september, october, november):
    tell(JOBS if kind == "jobs" else TRAININGS, f"J1 {at} published type=ngo field=health")
    for period, expected in ((SEPTEMBER, september), (OCTOBER, october), (NOVEMBER, november)):
        assert numbers(period, kind)[:3] == expected


@pytest.mark.parametrize(
    ("end", "september", "october", "november"),
    [
        ("closed 2026-09-30 23:59:59", (1, 0, 1), (0, 0, 0), (0, 0, 0)),
        ("closed 2026-10-01", (1, 1, 0), (1, 0, 1), (0, 0, 0)),
        ("closed 2026-10-31 23:59:59.999999", (1, 1, 0), (1, 0, 1), (0, 0, 0)),
        ("closed 2026-11-01", (1, 1, 0), (1, 1, 0), (1, 0, 1)),
        ("ends 2026-09-29", (1, 0, 1), (0, 0, 0), (0, 0, 0)),
        ("ends 2026-09-30", (1, 1, 0), (1, 0, 1), (0, 0, 0)),  # open to the very end of September
        ("ends 2026-10-30", (1, 1, 0), (1, 0, 1), (0, 0, 0)),
        ("ends 2026-10-31", (1, 1, 0), (1, 1, 0), (1, 0, 1)),
        ("ends 2026-11-01", (1, 1, 0), (1, 1, 0), (1, 0, 1)),
    ],
)
def test_an_end_at_the_months_edge(end, september, october, november):
    """live, open and closed of each month; the last day is included."""
    how, _, at = end.partition(" ")
    first = "J1 2026-09-10 published type=ngo field=health"
    tell(JOBS, f"{first} ends={at}" if how == "ends" else f"{first}\nJ1 {at} closed")
    for period, expected in ((SEPTEMBER, september), (OCTOBER, october), (NOVEMBER, november)):
        _, live, open_, _, closed = numbers(period)
        assert (live, open_, closed) == expected


def test_published_and_closed_at_one_instant_is_posted_and_live_and_not_open():
    tell(JOBS, "J1 2026-10-15 published field=health\nJ1 2026-10-15 closed")
    assert numbers() == (1, 1, 0, 0, 1)


def test_a_copy_is_new_and_a_reopening_or_a_refresh_is_not():
    tell(JOBS, """
        J1 2026-09-10 published field=health ends=2026-09-20
        J1 2026-10-05 reopened
        J1 2026-10-06 closed
        J1 2026-10-08 reopened
        J2 2026-09-11 published field=health
        J2 2026-10-09 mended ends=2026-12-31
        J3 2026-10-10 published field=health
    """)  # fmt: skip
    assert numbers(SEPTEMBER) == (2, 2, 1, 0, 1)
    assert numbers() == (1, 3, 3, 1, 1)


def test_closed_and_reopened_within_the_month_is_no_reopening_of_the_check():
    tell(JOBS, "J1 2026-09-10 published field=health\nJ1 2026-10-05 closed\nJ1 2026-10-08 reopened")
    tell(JOBS, "J2 2026-10-01 published field=health\nJ2 2026-10-05 closed\nJ2 2026-10-08 reopened")
    assert numbers() == (1, 2, 2, 0, 2)


def test_reopened_in_two_months_counts_once_in_the_quarter():
    tell(JOBS, """
        J1 2026-09-10 published field=health ends=2026-09-20
        J1 2026-10-05 reopened ends=2026-10-10
        J1 2026-11-05 reopened ends=2026-11-10
    """)  # fmt: skip
    third = quarter(date(2026, 10, 1))
    assert [numbers(period)[3] for period in (OCTOBER, NOVEMBER, third)] == [1, 1, 1]
    assert numbers(third) == (0, 1, 0, 1, 2)
    assert numbers(fiscal_year(2026)) == (1, 1, 0, 0, 3)


def test_breakdowns_are_read_at_their_moment():
    tell(JOBS, """
        J1 2026-10-05 published type=ngo field=health others=water
        J1 2026-10-20 mended type=company field=education
        J2 2026-10-06 published type=ngo field=health
        J2 2026-11-02 mended type=university
    """)  # fmt: skip
    assert rows("jobs.posted", "organization_type") == {"ngo": 2}
    assert rows("jobs.live", "organization_type") == {"company": 1, "ngo": 1}
    assert rows("jobs.open", "field") == {"education": 1, "health": 1}
    assert rows("jobs.posted", "field") == {"health": 2}
    assert rows("jobs.posted", "all_fields") == {"health": 2, "water": 1}
    assert rows("jobs.live", "organization_type", NOVEMBER) == {"company": 1, "university": 1}


def test_a_type_that_nobody_knows_is_a_row_so_that_the_parts_add_up():
    tell(JOBS, "J1 2026-10-05 published field=health\nJ2 2026-10-05 published type=ngo field=health")
    assert rows("jobs.posted", "organization_type") == {"ngo": 1, "unknown": 1}


def test_quarter_and_year_roll_up():
    tell(JOBS, """
        J1 2026-07-10 published field=health ends=2026-07-31
        J2 2026-08-10 published field=health
        J3 2026-09-10 published field=health
        J3 2026-09-20 closed
    """)  # fmt: skip
    second_quarter = quarter(date(2026, 7, 1))
    assert numbers(second_quarter) == (3, 3, 1, 0, 2)
    by_month = [numbers(month(date(2026, n, 1))) for n in (7, 8, 9)]
    assert sum(one[0] for one in by_month) == 3
    assert sum(one[1] for one in by_month) == 5  # what is live is counted for the whole period, not added
    assert numbers(fiscal_year(2026)) == (3, 3, 1, 0, 2)


def test_states_need_coverage():
    tell(JOBS, "J1 2026-10-05 published field=health")
    cut = clock.cut()
    states = {period.key: Evaluation(cut).value("jobs.posted", period).state for period in (SEPTEMBER, OCTOBER)}
    assert states == {"2026-09": "missing", "2026-10": "provisional"}
    covered("2026-09", kind="jobs")
    assert Evaluation(clock.cut()).value("jobs.posted", SEPTEMBER).value == 0
    assert Evaluation(clock.cut()).value("trainings.posted", SEPTEMBER).state == "missing"


def test_every_number_opens_to_its_records():
    tell(JOBS, """
        J1 2026-09-10 published type=ngo field=health ends=2026-09-20
        J1 2026-10-05 reopened
        J2 2026-10-06 published type=company field=water others=health
        J2 2026-10-10 mended field=education
        J2 2026-10-12 closed
        J3 2026-10-07 published field=water
    """)  # fmt: skip
    covered("2026-10", kind="jobs")
    cut = clock.cut()
    answer = figures(OCTOBER, cut, [f"jobs.{key}" for key in KEYS])
    for key, figure in answer.items():
        assert records(key, OCTOBER, cut).count == figure["value"]
        for dimension, parts in figure["by"].items():
            for row in parts:
                assert records(key, OCTOBER, cut, {dimension: row["code"]}).count == row["value"], (key, row)
        for dimension in ("organization_type", "field"):
            assert sum(row["value"] for row in figure["by"][dimension]) == figure["value"]
    shown = next(iter(records("jobs.posted", OCTOBER, cut)))
    assert (shown["subject"], shown["field"], shown["all_fields"]) == ("J2", "water", ["health", "water"])


# ── the law ──

happenings = st.tuples(
    st.sampled_from(("published", "mended", "closed", "reopened")),
    st.integers(0, 75),
    st.sampled_from(("", "00:00:00", "12:34:56")),
    st.none() | st.integers(0, 40),
)
lives = st.lists(st.lists(happenings, max_size=8), min_size=1, max_size=5)
FIRST = date(2026, 8, 20)


def lived(name, story):
    """As many of the happenings as make a sequence, in their order."""
    events = []
    for kind, day, at, lasts in story:
        on = FIRST + timedelta(days=day)
        words = f"{name} {on} {at} {kind}"
        if kind != "closed" and lasts is not None:
            words += f" ends={on + timedelta(days=lasts)}"
        candidate = [*events, happened(JOBS, words)]
        try:
            JOBS.derive(candidate, lambda *_: False)
        except SequenceError:
            continue
        events = candidate
    return events


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stories=lives)
def test_live_is_what_was_open_and_posted_and_reopened(stories):
    with transaction.atomic():
        events = [one for n, story in enumerate(stories) for one in lived(f"J{n}", story)]
        if events:
            record.record(events)
        cut = clock.cut()
        periods = [month(date(2026, n, 1)) for n in range(7, 12)] + [quarter(date(2026, 10, 1)), fiscal_year(2026)]
        for period in periods:
            before = value("jobs.open", month(period.first - timedelta(days=1)), cut)
            posted, live, open_, reopened, _ = (value(f"jobs.{key}", period, cut) for key in KEYS)
            assert live == before + posted + reopened, period.key
            assert open_ <= live
            for key in KEYS:
                assert second.count(f"jobs.{key}", period, cut) == value(f"jobs.{key}", period, cut), (key, period.key)
        transaction.set_rollback(True)


@settings(max_examples=examples(60), deadline=None)
@given(story=st.lists(happenings, max_size=10))
def test_no_posting_is_public_twice_at_one_instant(story):
    spans = JOBS.derive(lived("J", story), lambda *_: False)
    for day in range(120):
        at = midnight(FIRST + timedelta(days=day))
        assert sum(span.valid_from < at and (span.valid_to is None or span.valid_to >= at) for span in spans) <= 1
    assert sum(span.begun == "published" for span in spans) <= 1
