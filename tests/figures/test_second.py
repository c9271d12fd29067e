"""Headline figures are counted a second time by plain SQL, and both ways agree at every cut."""

import pytest

from partner.common.period import month, parse_period
from partner.common.refusal import Refusal
from partner.desk.management.commands.doctor import _counted_twice
from partner.figures import second
from partner.ledger import clock
from tests import centre

pytestmark = [pytest.mark.both, pytest.mark.django_db]
SEPTEMBER = month(centre.TOLD_AT.date().replace(month=9))


@pytest.mark.parametrize("known_at", [None, "2026-10-05T12:00:00+09:00"])
def test_both_ways_agree(at_clock, known_at):
    centre.open_centre(at_clock)
    cut = clock.cut(clock.datetime.fromisoformat(known_at) if known_at else None)
    for period in (SEPTEMBER, parse_period("2026Q2"), parse_period("FY2026")):
        found = second.compare(period, cut)
        assert found
        assert [one["key"] for one in found if not one["same"]] == []


def test_a_difference_is_named_and_refused(at_clock, monkeypatch):
    centre.open_centre(at_clock)
    assert _counted_twice("2026-09", None)["ok"]
    monkeypatch.setitem(second.SQL, "people.total", "SELECT 999999")
    with pytest.raises(Refusal) as refused:
        _counted_twice("2026-09", None)
    assert [fault.code for fault in refused.value.faults] == ["differs"]
    assert "people.total" in refused.value.faults[0].message
