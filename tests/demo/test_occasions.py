"""Events, surveys, incidents, expenses and issues of the demonstration: an earlier end tells the beginning of the same."""

from collections import Counter
from datetime import date

import pytest

from partner.common.period import DAY, midnight
from partner.demo.occasions import tell
from partner.ledger.fields import to_microseconds

UNTIL = date(2026, 11, 22)


def rows(taken, limit):
    """What was told up to the instant, as it was believed then."""
    found = Counter()
    for row in taken.rows:
        if row["recorded_at"] <= limit:
            gone = row["superseded_at"]
            members = {**row, "superseded_at": gone if gone is not None and gone <= limit else None}
            found[repr(sorted(members.items()))] += 1
    return found


@pytest.fixture(scope="module")
def whole():
    return {taken.stream.kind: taken for taken in tell(1, 0.3, UNTIL)}


@pytest.mark.parametrize("until", [date(2025, 6, 30), date(2026, 3, 31), date(2026, 9, 13)])
def test_an_earlier_end_tells_a_prefix(whole, until):
    limit = to_microseconds(midnight(until + DAY))
    earlier = {taken.stream.kind: taken for taken in tell(1, 0.3, until)}
    assert set(earlier) <= set(whole)
    for kind, taken in whole.items():
        assert rows(earlier[kind], limit) == rows(taken, limit) if kind in earlier else not rows(taken, limit), kind
    assert all(row["recorded_at"] < limit for taken in earlier.values() for row in taken.rows)


def test_another_seed_tells_otherwise(whole):
    other = {taken.stream.kind: taken for taken in tell(2, 0.3, UNTIL)}
    assert set(other) == set(whole)
    limit = to_microseconds(midnight(UNTIL + DAY))
    assert any(rows(other[kind], limit) != rows(whole[kind], limit) for kind in whole)
