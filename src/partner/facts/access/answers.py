"""What `asking` answers with: counts, single page views, single visits. Never an address or an agent."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Counts:
    """Five counts of a span or a day. `top_visits`: visits that touched the top page; `single_page_visits`: of one page view."""

    page_views: int = 0
    visits: int = 0
    single_page_visits: int = 0
    top_page_views: int = 0
    top_visits: int = 0


@dataclass(frozen=True)
class AccessCounts(Counts):
    """The counts of a span, and of each of its days (JST) on which there was anything; the days add up to the span."""

    by_day: dict[date, Counts] = field(default_factory=dict)


@dataclass(frozen=True)
class PageView:
    """One page view. `visitor` is the keyed hash, `visit` names the visit the same way in every answer at one cut, `number` the view."""

    number: str
    at: datetime
    page: str
    visitor: str
    visit: str
    source: str
    prefix: str
    posting: str


@dataclass(frozen=True)
class Visit:
    """One visit: from its first page view to its last."""

    visit: str
    visitor: str
    first_at: datetime
    last_at: datetime
    page_views: int
    top: bool


@dataclass(frozen=True)
class ApartView:
    """A page view that does not count. `lists` is the version of the lists by which it was judged."""

    at: datetime
    page: str
    source: str
    lists: str
