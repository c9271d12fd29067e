"""受理: chosen headlines of the accepted report become public facts with their date."""

from datetime import datetime
from typing import Any

from partner.common.period import jst_day
from partner.facts import record
from partner.facts.models.published import PublishedFigure
from partner.figures.declare import find
from partner.ledger import clock
from partner.master.book import Book
from partner.submissions.agreed import agreed
from partner.submissions.models import Submission

_ROWS: Any = PublishedFigure.objects


def publish(submission: Submission, sealed: dict[str, Any], now: datetime) -> list[PublishedFigure]:
    """Records what is public now: of the items that the contract's settings name, whatever is final."""
    chosen = agreed(Book(clock.last()), "published_items", now).split(",")
    made = []
    for item, headline in sealed["headlines"].items():
        if item not in chosen or headline["value"] is None or headline["state"] != "final":
            continue
        made.append(_one(submission, headline, now))
    return made


def _one(submission: Submission, headline: dict[str, Any], now: datetime) -> PublishedFigure:
    period = submission.report.period
    new = PublishedFigure(
        key=headline["key"], label=find(headline["key"]).label, unit=headline["unit"], period=period, text=headline["value"],
        published_on=jst_day(now), submission=submission.name, by_name="受理による公開", by_role="機構",
    )  # fmt: skip
    old = _ROWS.believed().filter(key=new.key, period=period).first()
    if old is None:
        record.record([new])
    elif old.text != new.text:
        record.correct(old, new)
    return new


def published() -> list[PublishedFigure]:
    """What is public now, the latest period first."""
    return list(_ROWS.believed().order_by("-period", "key"))
