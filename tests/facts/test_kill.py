"""kill -9 in the middle of a load, up to fifty times at random moments: the ledger is as before or as after, never between."""

import random
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from partner.common.period import DAY, JST
from partner.facts.models import Coverage, Identity, Load, PersonApplication, PersonEvent, PersonRegistration
from partner.ledger import clock
from tests.databases import examples
from tests.facts.apart import killed
from tests.facts.sheets import csv_file, take

pytestmark = [pytest.mark.both, pytest.mark.slow]
COUNTED = (PersonEvent, PersonRegistration, PersonApplication, Identity, Load, Coverage)
ROWS, KILLS = 2000, 50


def state() -> dict[Any, Any]:
    """How many rows there are of each kind, how many of them are believed, and the last tick."""
    connection.close()  # as a process that comes later sees it
    counted: dict[Any, Any] = {model.__name__: model.objects.count() for model in COUNTED}
    counted["believed"] = PersonRegistration.objects.believed().count()
    return counted | {"tick": clock.last()}


def rows(turn: int) -> list[list[str]]:
    """Each turn a quarter of the rows says what is known, a quarter corrects the day, and half of them are new."""
    day = f"{date(2026, 1, 1) + turn * DAY}"
    old = [[f"k{n}", f"{n:06}", "登録", day if n % 2 else "2026-08-15", "simple"] for n in range(ROWS // 2)]
    return old + [[f"t{turn}-{n}", f"{turn}-{n}", "登録", "2026-09-01", "full"] for n in range(ROWS // 2)]


def take_in(path: Path) -> None:
    """What the process apart does."""
    take(path, covers="2026-09")


def load_in_a_child(path: Path, delay: float | None) -> tuple[bool, float]:
    """Loads in a process apart, killed after `delay` seconds; whether it was done by then, and the time it took."""
    return killed(take_in, path, after=delay)


def test_killed_loads_leave_the_ledger_as_before_or_as_after(ledger_db, tmp_path, at_clock):
    at_clock(datetime(2026, 11, 20, tzinfo=JST))
    chance = random.Random(20261120)
    path = tmp_path / "a.csv"
    csv_file(path, [[f"k{n}", f"{n:06}", "登録", "2026-08-15", "simple"] for n in range(ROWS)])
    done, _ = load_in_a_child(path, None)
    assert done
    reach = min(load_in_a_child(csv_file(path, rows(turn)), None)[1] for turn in (1, 2))
    before, outcomes = state(), {"before": 0, "after": 0}
    for turn in range(3, examples(KILLS) + 3):
        csv_file(path, rows(turn))
        finished, _ = load_in_a_child(path, chance.uniform(0.02, reach))
        after = state()
        if after["tick"] == before["tick"]:
            assert not finished, (
                turn,
                before,
                after,
                Load.objects.order_by("-id").values("id", "rows", "new", "unchanged", "digest", "recorded_at")[:2],
            )
            assert after == before
            outcomes["before"] += 1
            reach *= 1.1  # whatever else the machine does: the moments gather around the commit
        else:
            assert after == expected(before, after["tick"])
            outcomes["after"] += 1
            reach *= 0.85
        before = after
    assert min(outcomes.values()) >= 1, outcomes
    check_whole(ledger_db)
    load_in_a_child(path, None)  # and the next load is taken as if nothing had happened


def expected(before: dict[Any, Any], tick: datetime) -> dict[Any, Any]:
    """The state one whole load later."""
    half, told = ROWS // 2, ROWS // 4 * 3
    more = {
        "PersonEvent": told,
        "PersonRegistration": told,
        "Identity": half,
        "believed": half,
        "Load": 1,
        "Coverage": 1,
    }
    return {name: before[name] + more.get(name, 0) for name in before if name != "tick"} | {"tick": tick}


def check_whole(ledger_db: Any) -> None:
    """The database itself finds nothing wrong, and every event stands in a span."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            assert cursor.fetchone() == ("ok",)
    assert PersonEvent.objects.believed().count() == PersonRegistration.objects.believed().count()
