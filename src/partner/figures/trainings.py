"""M4: training and seminar postings. Each function returns the set; the engine counts, splits and opens it."""

from partner.common.period import Period
from partner.figures.declare import figure
from partner.figures.sets import Facts, Tallied
from partner.figures.sets.postings import Postings

_BY = ("organization_type", "field", "all_fields")


@figure("M4", label="新規掲載件数", unit="件", type="flow", by=_BY)
def posted(trainings: Postings, period: Period) -> Facts:
    """First published in the period; a copy is new, a reopening or refresh is not."""
    return trainings.posted(period)


@figure("M4", label="公開した件数", unit="件", type="distinct", by=_BY)
def live(trainings: Postings, period: Period) -> Facts:
    """Public at any moment of the period, each once; by its particulars at its last public moment."""
    return trainings.live(period)


@figure("M4", label="月末公開中の件数", unit="件", type="stock", by=_BY)
def open(trainings: Postings, period: Period) -> Facts:
    """Public at 24:00 JST of the period's last day."""
    return trainings.open(period.end)


@figure("M4", label="再開件数", unit="件", type="distinct", by=_BY)
def reopened(trainings: Postings, period: Period) -> Facts:
    """Reopened, neither open at the period's start nor first published in it; each once."""
    return trainings.reopened(period)


@figure("M4", label="終了件数", unit="件", type="flow", by=_BY)
def closed(trainings: Postings, period: Period) -> Facts:
    """Publications that ended in the period, closed by someone or at their last day."""
    return trainings.closed(period)


@figure(
    "M4", label="アクセス数", unit="回", type="flow", by=("organization_type", "field", "posting"), sources=("access",)
)
def views(trainings: Postings, period: Period) -> Tallied:
    """Page views of postings' own pages, by what each posting was at that instant; 掲載外 while it was not public."""
    return trainings.views(period)
