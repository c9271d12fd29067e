"""M6: page views and visits of the site and of its top page, by rules 3 and 4."""

from partner.common.period import Period
from partner.figures.declare import figure
from partner.figures.sets import Tallied
from partner.figures.sets.access import Access


@figure("M6", key="access.top.page_views", label="トップページの閲覧ページ数", unit="回", type="flow", by=("day",))
def top_page_views(access: Access, period: Period) -> Tallied:
    """Page views of the top page (*1: one page view each)."""
    return access.tally(period, "top_page_views")


@figure("M6", key="access.top.visits", label="トップページの訪問者数", unit="回", type="flow", by=("day",))
def top_visits(access: Access, period: Period) -> Tallied:
    """Visits that touched the top page (*2), on the day of their first page view."""
    return access.tally(period, "top_visits")


@figure("M6", key="access.site.page_views", label="サイト全体の閲覧ページ数", unit="回", type="flow", by=("day",))
def site_page_views(access: Access, period: Period) -> Tallied:
    """Page views of the whole site."""
    return access.tally(period, "page_views")


@figure("M6", key="access.site.visits", label="サイト全体の訪問者数", unit="回", type="flow", by=("day",))
def site_visits(access: Access, period: Period) -> Tallied:
    """Visits to the site, on the day of their first page view."""
    return access.tally(period, "visits")


@figure("M6", key="access.site.single_page_visits", label="うち1ページだけの訪問", unit="回", type="flow", by=("day",))
def single_page_visits(access: Access, period: Period) -> Tallied:
    """Visits of one page view: the other reading of footnote *1."""
    return access.tally(period, "single_page_visits")
