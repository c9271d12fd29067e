"""M3: job postings. Each function returns the set; the engine counts, splits and opens it."""

from partner.common.period import Period
from partner.figures.declare import figure
from partner.figures.sets import Facts, Tallied
from partner.figures.sets.postings import Postings

_BY = ("organization_type", "field", "all_fields")


@figure("M3", label="新規掲載件数", unit="件", type="flow", by=_BY)
def posted(jobs: Postings, period: Period) -> Facts:
    """First published in the period; a copy is new, a reopening or refresh is not."""
    return jobs.posted(period)


@figure("M3", label="公開した件数", unit="件", type="distinct", by=_BY)
def live(jobs: Postings, period: Period) -> Facts:
    """Public at any moment of the period, each once; by its particulars at its last public moment."""
    return jobs.live(period)


@figure("M3", label="月末公開中の件数", unit="件", type="stock", by=_BY)
def open(jobs: Postings, period: Period) -> Facts:
    """Public at 24:00 JST of the period's last day."""
    return jobs.open(period.end)


@figure("M3", label="再開件数", unit="件", type="distinct", by=_BY)
def reopened(jobs: Postings, period: Period) -> Facts:
    """Reopened, neither open at the period's start nor first published in it; each once."""
    return jobs.reopened(period)


@figure("M3", label="終了件数", unit="件", type="flow", by=_BY)
def closed(jobs: Postings, period: Period) -> Facts:
    """Publications that ended in the period, closed by someone or at their last day."""
    return jobs.closed(period)


@figure(
    "M3", label="アクセス数", unit="回", type="flow", by=("organization_type", "field", "posting"), sources=("access",)
)
def views(jobs: Postings, period: Period) -> Tallied:
    """Page views of postings' own pages, by what each posting was at that instant; 掲載外 while it was not public."""
    return jobs.views(period)
