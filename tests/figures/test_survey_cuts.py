"""A survey's tables on both clocks: an earlier cut knows neither later answers nor later plans."""

from datetime import datetime

import pytest

from partner.common.period import JST
from partner.facts.periods import find_period
from partner.figures.engine import Evaluation
from partner.figures.tabulated import tabulate
from partner.ledger import clock
from tests.surveyed import event, many, plan

pytestmark = pytest.mark.both


def test_an_earlier_cut_knows_less(ledger_db, at_clock):
    at_clock(datetime(2026, 9, 20, tzinfo=JST))
    event()
    many("no6", "2026-09-13", (2, "q1=5"), event="E-1")
    before = clock.cut()
    at_clock(datetime(2026, 9, 22, tzinfo=JST))
    many("no6", "2026-09-14", (2, "q1=1"), event="E-1", name="more")
    plan(invited=50)
    period = find_period("event:E-1", clock.cut())
    then, now = (tabulate(Evaluation(cut), "no6", period) for cut in (before, clock.cut()))
    assert (then.completed, then.invited, then.plan) == (2, 0, None)
    assert (now.completed, now.invited) == (4, 50)
