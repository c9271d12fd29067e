"""The demonstration Centre: the same for the same seed, a prefix for an earlier day, and full of what hurts."""

from datetime import date, datetime

import pytest

from partner.common.period import JST, month
from partner.common.refusal import Refusal
from partner.demo.centre import Centre
from partner.demo.load import live, load
from partner.demo.story import ORGANIZATIONS, PEOPLE
from partner.facts.models import PersonEvent
from partner.figures.engine import Evaluation
from partner.ledger import clock
from partner.ledger.fields import to_microseconds
from partner.reports.charts import thirteen_months
from partner.reports.walk import walk
from tests.demo.conftest import SCALE, UNTIL


def simulated(until, seed=1):
    centre = Centre(PEOPLE, seed, 0.004)
    live({"people": centre}, until, lambda text: None)
    return centre


def told(centre, until):
    """All that was recorded up to the instant, as it was believed then."""
    limit = to_microseconds(until)
    rows = []
    for key, one in [*centre.memory.events, *centre.memory.spans]:
        if one.recorded_at <= limit:
            ended = one.superseded_at if one.superseded_at is not None and one.superseded_at <= limit else None
            what = getattr(one, "span", None) or (
                one.kind,
                one.happened_at,
                one.level,
                one.purposes,
                one.ordinal,
                one.source_key,
            )
            rows.append((key, what, one.recorded_at, ended))
    return rows


def test_the_same_seed_tells_the_same_story_and_another_another():
    end = datetime(2008, 1, 1, tzinfo=JST)
    first, again, other = (told(simulated(date(2007, 12, 31), seed), end) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_a_whole_number_is_the_same_scale():
    whole, point = Centre(PEOPLE, 1, 1), Centre(PEOPLE, 1, 1.0)
    for centre in (whole, point):
        live({"people": centre}, date(2003, 10, 31), lambda text: None)
    end = datetime(2003, 11, 1, tzinfo=JST)
    assert told(whole, end) == told(point, end)


def test_an_earlier_end_is_a_prefix_of_a_later_one():
    earlier, later = simulated(date(2006, 3, 15)), simulated(date(2007, 12, 31))
    end = datetime(2006, 3, 16, tzinfo=JST)
    assert told(earlier, end) == told(later, end)


def test_the_bridge_holds_in_every_month(loaded):
    evaluation = Evaluation(clock.cut())
    period = month(date(2003, 11, 1))
    while period.end <= clock.last():
        for kind in ("people", "organizations"):
            walk(evaluation, kind, period)
        period = month(period.until)
    assert period.first == date(2026, 11, 1)


def test_the_mapping_change_shows_in_april_2026_alone(loaded):
    evaluation = Evaluation(clock.cut())
    moved = {
        period.key: evaluation.counts("people.reclassified", period, ("level",))[("full",)]
        for period in thirteen_months(month(date(2026, 10, 1)))
    }
    assert [key for key, value in moved.items() if value] == ["2026-04"]


def test_closed_months_are_final_at_their_data_cut_and_later_news_is_told_apart(loaded):
    cut = datetime(2026, 11, 6, 12, tzinfo=JST)
    october = month(date(2026, 10, 1))
    assert Evaluation(cut).value("people.total", october).state == "final"
    late = PersonEvent.objects.filter(recorded_at__gt=clock.cut(cut), happened_at__lt=october.end)
    assert late.exists()
    assert Evaluation(clock.cut()).value("people.new", month(date(2026, 11, 1))).state == "provisional"


def test_all_of_it_says_that_it_is_fictional(loaded):
    assert "架空" in Evaluation(clock.cut()).book.contract("fictional", clock.now())


def test_it_loads_into_an_empty_ledger_only(loaded):
    with pytest.raises(Refusal) as refused:
        load(scale=SCALE, seed=1, until=UNTIL, say=lambda text: None)
    assert refused.value.faults[0].code == "not_empty"


def test_the_story_of_organisations_has_simple_ones_from_2012_on():
    centre = Centre(ORGANIZATIONS, 1, 0.2)
    live({"organizations": centre}, date(2011, 12, 31), lambda text: None)
    assert centre.pools["full"].members
    assert not centre.pools["simple"].members
