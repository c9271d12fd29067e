"""Both clocks: as known then and now, and roll-ups that are carried from one cut to another."""

from datetime import date, datetime

import pytest

from partner.common.period import JST, month
from partner.facts import record
from partner.facts.models import PersonEvent
from partner.figures import rollups
from partner.figures.engine import Evaluation
from partner.figures.records import difference
from partner.ledger import clock
from tests.told import covered, event, told

pytestmark = pytest.mark.both
SEPTEMBER, OCTOBER = month(date(2026, 9, 1)), month(date(2026, 10, 1))


def value(key, cut):
    return Evaluation(cut).value(key, OCTOBER).value


def test_as_known_before_and_after_a_correction(ledger_db, at_clock):
    at_clock(datetime(2026, 11, 6, tzinfo=JST))
    told("A 2026-01-01 registered simple\nB 2026-02-01 registered simple\nB 2026-11-01 left")
    covered("2026-10")
    then = clock.cut()
    at_clock(datetime(2026, 11, 12, tzinfo=JST))
    wrong = PersonEvent.objects.believed().get(kind="left")
    right = event("B 2026-10-31 left")
    right.source_key, right.ordinal = wrong.source_key, wrong.ordinal
    record.correct(wrong, right)
    now = clock.cut()
    assert (value("people.total", then), value("people.total", now)) == (2, 1)
    assert (value("people.left", then), value("people.left", now)) == (0, 1)
    made = difference("people.total", OCTOBER, then, now)
    assert [(one["sign"], one["subject"][-1]) for one in made] == [(-1, "B")]
    assert difference("people.new", OCTOBER, then, now) == []


def test_roll_ups_carried_to_a_later_cut_equal_the_facts(ledger_db, at_clock):
    at_clock(datetime(2026, 11, 3, tzinfo=JST))
    told(
        "A 2026-01-01 registered simple medium=sns purposes=job\nB 2026-09-30 registered full\nC 2026-10-31 registered full\nC 2026-10-31 left"
    )
    covered("2026-10")
    assert rollups.refresh() > 0
    at_clock(datetime(2026, 11, 20, tzinfo=JST))
    told(
        "B 2026-10-31 left\nD 2026-10-02 registered full medium=press\nA 2026-11-02 moved full\nE 2026-11-03 registered simple"
    )
    cut = clock.cut()
    for period in (SEPTEMBER, OCTOBER):
        for by in ((), ("level",), ("level", "medium"), ("level", "purpose"), ("medium",)):
            rolled = Evaluation(cut).counts("people.total", period, by)
            counted = Evaluation(cut, exact=True).counts("people.total", period, by)
            assert +rolled == +counted
    assert value("people.total", cut) == 2


def test_a_list_changed_since_makes_a_difference_too(ledger_db, at_clock):
    from partner.common.period import midnight
    from partner.master import actions
    from partner.master.models import Code

    at_clock(datetime(2026, 11, 6, tzinfo=JST))
    told("A 2026-01-01 registered simple\nB 2026-02-01 registered full")
    then = clock.cut()
    at_clock(datetime(2026, 11, 12, tzinfo=JST))
    values = {"label": "簡易登録人材", "label_en": "", "reported_as": "full", "position": 20}
    keys, since = {"list": "person_level", "code": "simple"}, midnight(date(2026, 10, 1))
    actions.set_from(Code, keys=keys, values=values, holds_from=since, reason="改定", by=("仮設 恵", "管理者"))
    now = clock.cut()
    made = difference("people.total", OCTOBER, then, now, {"level": "full"})
    assert [(one["sign"], one["subject"][-1]) for one in made] == [(1, "A")]
    assert difference("people.total", OCTOBER, then, now) == []


def test_before_the_period_began_there_is_nothing_to_compare(ledger_db, at_clock):
    at_clock(datetime(2026, 9, 1, tzinfo=JST))
    told("A 2026-01-01 registered simple")
    then = clock.cut()
    at_clock(datetime(2026, 11, 12, tzinfo=JST))
    told("B 2026-10-05 registered simple")
    assert difference("people.total", OCTOBER, then, clock.cut()) == []
