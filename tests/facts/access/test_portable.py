"""One expression, two engines, one answer: on this machine, and on a cluster of two processes where Spark is installed."""

import importlib.util
import os
import shutil
from datetime import date, datetime, timedelta

import pytest

from partner.common.period import JST
from partner.facts.access import portable
from partner.facts.access.rules import OWN_PAGES
from partner.ledger import clock
from tests.facts.access.compared import known, take
from tests.facts.access.logs import by_chance, line

pytestmark = pytest.mark.usefixtures("in_november")
MONTHS = (date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1))
WHY_NOT = (
    "Spark is not installed (requirements-cluster.lock)" if importlib.util.find_spec("pyspark") is None
    else "" if shutil.which("java") or os.environ.get("JAVA_HOME") else "Spark needs Java"
)  # fmt: skip


def expected() -> dict[date, tuple[int, int]]:
    return {day: (views, visits) for day, (views, visits, *_) in known().items()}


def load(file) -> None:
    """Busy nights over two ends of months, one visitor who is followed over both, and two sources of one site."""
    for seed, evening in enumerate((datetime(2026, 8, 31, 20, tzinfo=JST), datetime(2026, 9, 30, 20, tzinfo=JST))):
        take(file(f"{seed}.log", by_chance(seed + 70, evening, visitors=150)))
    follower = [
        line(datetime(2026, 8, 31, 22, tzinfo=JST) + timedelta(minutes=29 * n), address="192.0.2.200")
        for n in range(1600)
    ]
    take(file("follower.log", follower), source="www2.example.jp")
    take(
        file("own.log", [line(datetime(2026, 9, 30, 19, tzinfo=JST) + timedelta(minutes=7 * n)) for n in range(40)]),
        source=OWN_PAGES,
    )


def test_the_expression_counts_as_the_store_does(file):
    load(file)
    found = {day: numbers for month in MONTHS for day, numbers in portable.duckdb(month, clock.cut()).items()}
    assert found == expected()
    assert len(found) > 30
    assert portable.duckdb(date(2026, 6, 1), clock.cut()) == {}


@pytest.mark.slow
@pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)
def test_a_cluster_counts_as_this_machine_does(file, tmp_path, monkeypatch):
    load(file)
    monkeypatch.chdir(tmp_path)
    session = portable.started("local-cluster[2,1,1024]")
    try:
        found = {
            day: numbers for month in MONTHS for day, numbers in portable.spark(month, clock.cut(), session).items()
        }
    finally:
        session.stop()
    assert found == expected()
