"""The consultations of the demonstration, before they become rows of the ledger."""

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest

from partner.common.period import DAY, add_months, midnight
from partner.demo.consulting import SURVEYED_FROM, Consulting
from partner.demo.telling import Memory
from partner.ledger.fields import from_microseconds, to_microseconds

UNTIL, EARLIER = date(2026, 11, 22), date(2025, 1, 9)


@pytest.fixture(scope="module")
def told():
    return {taken.stream.kind: taken for taken in Consulting(1, 1.0, Memory()).tell(UNTIL, 6)}


def believed(taken):
    return [row for row in taken.rows if row["superseded_at"] is None]


def test_twenty_to_forty_are_held_in_each_of_the_last_years_months(told):
    held = Counter(
        f"{from_microseconds(row['held_at']):%Y-%m}" for row in believed(told["consultations"]) if row["held_at"]
    )
    last = [f"{add_months(date(2025, 11, 1), n):%Y-%m}" for n in range(12)]
    assert all(20 <= held[one] <= 48 for one in last), [held[one] for one in last]
    assert 25 <= sum(held[one] for one in last) / 12 <= 40
    assert held["2004-03"] < 15


def test_every_outcome_is_there_and_none_is_left_open(told):
    outcomes = Counter(row["outcome"] for row in believed(told["consultations"]))
    whole = sum(outcomes.values())
    assert 0.03 < outcomes["no_show"] / whole < 0.09
    assert 0.06 < outcomes["cancelled"] / whole < 0.14
    ahead = [row for row in believed(told["consultations"]) if row["outcome"] == "booked"]
    assert ahead
    assert min(row["booked_at"] for row in ahead) > to_microseconds(midnight(UNTIL - 10 * DAY))


def test_bookings_are_told_first_and_corrected_by_what_came_of_them(told):
    chains = defaultdict(list)
    for row in told["consultations"].rows:
        chains[row["source_key"]].append(row)
    assert sum(len(chain) > 1 for chain in chains.values()) > len(chains) / 4
    for chain in chains.values():
        assert len({row["number"] for row in chain}) == 1
        for old, new in pairwise(chain):
            assert old["recorded_at"] < old["superseded_at"] == new["recorded_at"]
            assert old["outcome"] == "booked" != new["outcome"]


def test_nothing_is_told_before_it_happened(told):
    for kind, members in (
        ("consultations", ("held_at",)), ("mail_cases", ("received_at", "answered_at", "closed_at")),
        ("survey_answers", ("happened_at",)),
    ):  # fmt: skip
        for row in told[kind].rows:
            assert all(row[name] is None or row[name] < row["recorded_at"] for name in members)


def test_answers_follow_their_request_and_name_what_was_chosen(told):
    rows = told["survey_answers"].rows
    asked = {row["subject"]: row["happened_at"] for row in rows if row["kind"] == "invited"}
    assert min(asked.values()) >= to_microseconds(midnight(SURVEYED_FROM))
    for row in rows:
        if row["kind"] != "invited":
            assert row["happened_at"] > asked[row["subject"]]
            assert row["answer"] == f"{row['question']}.{row['score'] or 'given'}"
    answered = {row["subject"] for row in rows if row["kind"] == "completed"}
    assert 0.5 < len(answered) / len(asked) < 0.7


def test_an_earlier_end_tells_the_same_as_far_as_it_goes(told):
    limit = to_microseconds(midnight(EARLIER + DAY))
    for taken in Consulting(1, 1.0, Memory()).tell(EARLIER, 6):
        later = [row for row in told[taken.stream.kind].rows if row["recorded_at"] < limit]
        assert taken.rows
        assert [_as_of(row, limit) for row in taken.rows] == [_as_of(row, limit) for row in later]


def _as_of(row, limit):
    gone = row["superseded_at"]
    return {**row, "superseded_at": gone if gone is not None and gone < limit else None}
