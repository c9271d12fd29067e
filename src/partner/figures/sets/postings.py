"""Postings in valid time: first published, public at some moment, open at an end, reopened, closed."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from partner.common.period import Period
from partner.facts.models.postings import Publication
from partner.figures.sets import Axis, Facts, Happens, Tallied
from partner.figures.sets.access import PostingViews
from partner.ledger.fields import MICROSECOND

_AXES = {
    "organization_type": Axis("organization_type", "organization_type", answered=True),
    "field": Axis("field", "field", answered=True),
    "all_fields": Axis("all_fields", "field", multiple=True, answered=True),
}
_CLOSED = ("closed", "expired")
_LASTS_TO = Q(valid_to__isnull=True)


class Postings:
    """The postings of one kind: what a figure's function is handed."""

    def __init__(self, kind: str, publication: type[Publication], prefix: str) -> None:
        self.kind, self.publication, self.prefix = kind, publication, prefix

    def _facts(self, rows: Any, at: datetime, *identity: Any, **more: Any) -> Facts:
        return Facts(rows, at, _AXES, self.prefix, (self.kind, *identity), **more)

    def _spans(self) -> Any:
        rows: Any = self.publication.objects
        return rows.all()

    def posted(self, period: Period) -> Facts:
        """First published in the period; a reopening or a change is not."""
        all_time = Happens(self._spans().filter(begun="published"), "valid_from", period.key)
        return self._facts(all_time.within(period), period.start, "posted", period.key, happens=all_time)

    def live(self, period: Period) -> Facts:
        """Public at any moment of the period, each posting once, as it was at its last public moment.

        What ends with the period's first instant stood open at the end before it, and counts: so that live = open at
        the previous end + posted + reopened holds to the instant.
        """
        rows = self._spans().filter(_LASTS_TO | Q(valid_to__gte=period.start), valid_from__lt=period.end)
        return self._facts(rows, period.end - MICROSECOND, "live", period.key, distinct="subject")

    def open(self, at: datetime) -> Facts:
        """Public at a period's end."""
        rows = self._spans().filter(_LASTS_TO | Q(valid_to__gte=at), valid_from__lt=at)
        return self._facts(rows, at - MICROSECOND, "open", at)

    def reopened(self, period: Period) -> Facts:
        """Reopened in the period, neither open at its start nor first published in it; each once."""
        begun = self._spans().filter(valid_from__gte=period.start, valid_from__lt=period.end)
        return self._facts(
            begun.filter(begun="reopened"), period.end - MICROSECOND, "reopened", period.key, distinct="subject",
            unless=(self.open(period.start).rows, begun.filter(begun="published")),
        )  # fmt: skip

    def closed(self, period: Period) -> Facts:
        """Publications that ended in the period, by someone or at their last day."""
        all_time = Happens(self._spans().filter(ended__in=_CLOSED), "valid_to", period.key)
        return self._facts(all_time.within(period), period.start, "closed", period.key, happens=all_time)

    def views(self, period: Period) -> Tallied:
        """Page views of the postings' own pages."""
        return PostingViews(self.kind, self.publication).views(period)
