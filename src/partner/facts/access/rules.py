"""The dated settings by which page views are counted (catalogue §3, rules 3 and 4). Data: they may move to master data.

Each holds from its day (JST, of the line) until the next one of its list begins. What is written with a page view
(verdict, posting) is judged by these when the log is loaded, and `version()` is kept with it; what is asked of page
views (the top page, the time-out) is read from here when they are counted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version as version_of
from typing import Generic, TypeVar

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

TOP_PAGES: tuple[Dated[frozenset[str]], ...] = (Dated(ALWAYS, frozenset({"/", "/index.html", "/en"})),)
# Normalised like the addresses they are compared with: `/en/` is `/en`.

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

OWN_NETWORKS: tuple[Dated[tuple[str, ...]], ...] = (Dated(ALWAYS, ()),)  # the Centre's own staff: 192.0.2.0/24
PROBE_AGENTS: tuple[Dated[tuple[str, ...]], ...] = (Dated(ALWAYS, ("partner-probe/",)),)  # agents begin with it

STATIC = frozenset(
    (
        "css", "js", "mjs", "map", "png", "jpg", "jpeg", "gif", "svg", "ico", "webp", "avif",
        "woff", "woff2", "ttf", "eot", "otf", "mp4", "webm", "mp3", "txt", "xml", "json", "pdf",
        "zip", "gz",
    )
)  # fmt: skip

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
    postings: tuple[tuple[str, re.Pattern[str]], ...]
    own_networks: tuple[str, ...]
    probe_agents: tuple[str, ...]


def on(settings: Sequence[Dated[Value]], day: date) -> Value:
    """What holds on the day. The first of a list holds always."""
    return next(dated.value for dated in reversed(settings) if dated.since <= day)


@cache
def of(source: str, day: date) -> Rules:
    """The settings by which a line of this source and day is judged."""
    patterns = on(POSTINGS, day)
    return Rules(
        excluded=on(EXCLUDED[source], day) if source in EXCLUDED else (),
        postings=tuple((name, _matching(pattern)) for name, pattern in patterns.items()),
        own_networks=on(OWN_NETWORKS, day),
        probe_agents=on(PROBE_AGENTS, day),
    )


def _matching(pattern: str) -> re.Pattern[str]:
    before, after = pattern.split("{number}")
    return re.compile(f"{re.escape(before)}([^/]+){re.escape(after)}")


@cache
def version() -> str:
    """Which lists judged: kept with every page view and batch."""
    return f"{EDITION} crawlers {version_of('crawler-user-agents')}"
