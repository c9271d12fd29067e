"""kill -9 in the middle of a load, at random moments: all of the log is known or nothing of it, and it can be loaded again."""

import random
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from partner.common.period import JST
from partner.facts.access import store
from partner.facts.models import AccessBatch, AccessPart
from partner.ledger import clock
from tests.facts.access import slow
from tests.facts.access.compared import compact_few, is_crawler, known, must_agree, take
from tests.facts.access.logs import by_chance, line
from tests.facts.apart import killed

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("in_november")]
START = datetime(2026, 9, 30, 20, tzinfo=JST)
KILLS = 30


def load_in_a_child(path: Path, delay: float | None) -> float:
    """Loads in a process apart, killed after `delay` seconds; how long it took."""
    return killed(take, path, after=delay)[1]


def state() -> tuple[Any, ...]:
    return AccessBatch.objects.count(), AccessPart.objects.count(), clock.last()


@pytest.mark.both
def test_a_killed_load_leaves_the_store_as_before_or_as_after(file):
    chance = random.Random(20261123)
    lines = by_chance(1, START, visitors=1500)
    reach = load_in_a_child(file("0.log", lines[:1000]), None)
    done, before, outcomes = 1000, state(), {"before": 0, "after": 0}
    for _ in range(KILLS):
        path = file("access.log", lines[: done + 400])
        load_in_a_child(path, chance.uniform(0.01, reach))
        after = state()
        if after == before:
            outcomes["before"] += 1
            reach *= 1.1  # whatever else the machine does: the moments gather around the commit
        else:
            assert after[0] == before[0] + 1
            outcomes["after"] += 1
            done, reach = done + 400, reach * 0.85
        assert all((store.root() / part.path).exists() for part in AccessPart.objects.all())
        before = after
    assert min(outcomes.values()) >= 1, outcomes
    take(file("access.log", lines))
    must_agree(slow.count(lines, is_crawler))


@pytest.mark.both
def test_a_load_that_fails_while_it_is_recorded_leaves_no_row(file, monkeypatch):
    lines = by_chance(2, START)
    path = file("a.log", lines)

    def fails(*_: object) -> None:
        raise RuntimeError("the database has gone")

    monkeypatch.setattr("partner.facts.access.hours.record", fails)
    before = state()
    with pytest.raises(RuntimeError):
        take(path)
    monkeypatch.undo()
    assert state() == before
    assert list(store.root().glob("days/*/*")), "the files lie there, and nothing reads them"
    assert take(path)["page_views"] > 0
    assert len(AccessPart.objects.values_list("path", flat=True)) == AccessPart.objects.count() == 2


def test_a_killed_compaction_leaves_each_day_as_before_or_as_after(file):
    chance = random.Random(7)
    lines = by_chance(3, START, visitors=400)
    counted = slow.count(lines, is_crawler)
    step = len(lines) // 9
    for end in [*range(step, 8 * step, step), len(lines)]:
        take(file("access.log", lines[:end]))
    before, cut = known(), clock.last()
    reach, outcomes = 0.5, {"before": 0, "after": 0}
    for _ in range(KILLS):
        rows = state()
        killed(compact_few, after=chance.uniform(0.01, reach))
        if state() == rows:
            outcomes["before"] += 1
            reach *= 1.1
        else:
            outcomes["after"] += 1
            reach *= 0.85
            for number in range(3):  # nothing that counts, but parts to join
                crawled = line(START, target=f"/{outcomes['after']}/{number}", agent="Googlebot/2.1")
                take(file(f"{outcomes['after']}-{number}.log", [crawled]))
        assert all((store.root() / part.path).exists() for part in AccessPart.objects.all())
        assert known() == before == known(cut=cut)
    assert min(outcomes.values()) >= 1, outcomes
    assert killed(compact_few, after=None)[0]
    assert max(Counter(AccessPart.objects.believed().values_list("day", flat=True)).values()) <= 2
    must_agree(counted)
