"""Loads, and the comparison of what the store says with the slow counter."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from partner.common.period import DAY, JST, midnight
from partner.facts.access import asking, compacting
from partner.facts.access.loading import load
from partner.ledger import clock
from tests.facts.access import slow
from tests.facts.access.logs import CRAWLERS

BY = ("試験", "試験")
MEASURES = ("page_views", "visits", "single_page_visits", "top_page_views", "top_visits")
SPRING, WINTER = datetime(2026, 1, 1, tzinfo=JST), datetime(2026, 12, 1, tzinfo=JST)


def take(*paths: Path, **more: Any) -> dict[str, Any]:
    """Loads the files together."""
    return load(list(paths), by=BY, **more)


def compact_few() -> int:
    """Joins the parts of every day that has more than two."""
    compacting.MOST_PARTS = 2
    return compacting.compact()


def is_crawler(agent: str) -> bool:
    """Of the agents in generated logs."""
    return agent in CRAWLERS


def known(minutes: int = 30, cut: datetime | None = None) -> dict[Any, tuple[int, ...]]:
    """What the store says of each day of the year."""
    found = asking.counts(SPRING, WINTER, cut or clock.cut(), timedelta(minutes=minutes))
    assert [sum(getattr(day, name) for day in found.by_day.values()) for name in MEASURES] == [
        getattr(found, name) for name in MEASURES
    ]
    return {day: tuple(getattr(one, name) for name in MEASURES) for day, one in found.by_day.items()}


def must_agree(counted: slow.Counted) -> None:
    """Every day and every page, at three time-outs, and each day asked alone."""
    for minutes in (15, 30, 60):
        assert known(minutes) == counted.days(minutes)
    cut = clock.cut()
    kept, again = asking.counts(SPRING, WINTER, cut), asking.counts(SPRING, WINTER, cut, again=True)
    assert kept == again, "what was counted and kept is what the page views say"
    for minutes, numbers in asking.sensitivity(SPRING, WINTER, cut).items():
        assert (numbers.page_views, numbers.visits) == (len(counted.views), len(counted.visits(minutes)))
    for day, numbers in counted.days().items():
        alone = asking.counts(midnight(day), midnight(day + DAY), cut)
        assert tuple(getattr(alone, name) for name in MEASURES) == numbers
    pages: dict[str, int] = {}
    for view in counted.views:
        pages[view.page] = pages.get(view.page, 0) + 1
    assert {page: one.page_views for page, one in asking.by_page(SPRING, WINTER, cut).items()} == pages
