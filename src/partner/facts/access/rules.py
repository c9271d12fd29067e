"""The dated settings by which page views are counted (catalogue §3, rules 3 and 4), beside the `lists` of the master data.

Each holds from its day (JST, of the line) until the next one of its list begins. What is written with a page view
(its verdict) is judged by these when the log is loaded, and `version()` is kept with it; what is asked of page views (the
time-out, which page is a posting's, which source counts) is read from here when they are counted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.metadata import version as version_of
from typing import Generic, TypeVar

from partner.facts.access.lists import Lists
from partner.facts.access.lists import on as held_on

Value = TypeVar("Value")

EDITION = "2026-11-23"  # of this file; raised with every change that would judge a line otherwise
TIMEOUT_SECONDS = 1800
LONGEST_TIMEOUT = 3600  # for so long after a month's first moment a visitor is known by both months' keys
OWN_PAGES = "portal-pages"  # the pages that the product's own site wrote down itself
OWN_SOURCE = "portal"  # the product's own site: what a log is of when nobody names its host


@dataclass(frozen=True)
class Dated(Generic[Value]):
    """A setting and the first day on which it holds."""

    since: date
    value: Value


ALWAYS = date.min

OWN_EXCLUDED = ("/-", "/api", "/healthz", "/feeds", "/desk", "/admin")
EXCLUDED: dict[str, tuple[Dated[tuple[str, ...]], ...]] = {
    source: (Dated(ALWAYS, OWN_EXCLUDED),) for source in (OWN_SOURCE, OWN_PAGES)
}
# By source host; of a foreign log nothing is excluded until it has been agreed.

POSTINGS: tuple[Dated[dict[str, str]], ...] = (
    Dated(ALWAYS, {"jobs": "/jobs/{number}", "trainings": "/trainings/{number}"}),
)

PREFERRED: tuple[Dated[tuple[str, ...]], ...] = (Dated(ALWAYS, (OWN_SOURCE, OWN_PAGES)),)
# Sources of one site: in an hour that the first one covers the others do not count. Never both.

# Beside the maintained list: what calls itself a robot, names a page about itself, or is a program. Not CUBOT telephones.
CRAWLER = re.compile(
    r"(?<!cu)bot\b|(?<!cu)bots?[/;_ -]|crawl|spider|slurp|\+https?://|^java/|^okhttp|monit|nagios|"
    r"health-?check|kube-probe|^ab/|apachebench|feed ?(parser|fetcher|burner)|^ruby|^perl|^php",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Rules:
    """The settings of one source on one day."""

    excluded: tuple[str, ...]
    own_networks: tuple[str, ...]
    probe_agents: tuple[str, ...]


def on(settings: Sequence[Dated[Value]], day: date) -> Value:
    """What holds on the day. The first of a list holds always."""
    return next(dated.value for dated in reversed(settings) if dated.since <= day)


@lru_cache(maxsize=10_000)
def of(source: str, day: date, lists: Lists) -> Rules:
    """The settings by which a line of this source and day is judged."""
    return Rules(
        excluded=excluded(source, day),
        own_networks=held_on(lists.own_networks, day),
        probe_agents=held_on(lists.own_agents, day),
    )


def excluded(source: str, day: date) -> tuple[str, ...]:
    """Below which addresses nothing of this source is a page view."""
    return on(EXCLUDED[source], day) if source in EXCLUDED else ()


def version(lists: Lists) -> str:
    """Which lists judged: kept with every page view and batch."""
    return f"{EDITION} crawlers {_crawlers()} own {lists.digest}"


@cache
def _crawlers() -> str:
    return version_of("crawler-user-agents")
