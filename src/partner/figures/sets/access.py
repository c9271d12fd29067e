"""Page views and visits: sets that the columnar store counts; and views of postings by what each posting was then."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from partner.common.period import Period, add_months, jst_day, midnight
from partner.facts.access import answers, asking
from partner.facts.models.postings import Publication
from partner.figures.sets import Axis, Codes, Tallied
from partner.ledger.fields import MICROSECOND, from_microseconds, to_microseconds
from partner.master.book import UNKNOWN

OUTSIDE = "outside"
_DAY = {"day": Axis("day", days=True)}
_EXTRA = ((OUTSIDE, "掲載外"),)
_POSTING = {
    "organization_type": Axis("organization_type", "organization_type", answered=True, extra=_EXTRA),
    "field": Axis("field", "field", answered=True, extra=_EXTRA),
    "posting": Axis("posting"),
}
_LIMIT = 2000


class Access:
    """What a figure's function is handed. It keeps what it asked the store, since a report asks for many months."""

    def __init__(self) -> None:
        self._days: dict[date, answers.Counts] = {}
        self._known: tuple[datetime, datetime] | None = None

    def tally(self, period: Period, measure: str) -> Tallied:
        """One of the five measures of the site or its top page."""
        return Tallied(
            lambda cut, columns: self._by_day(period, cut, measure, columns),
            lambda cut, where, offset, limit: _listed(period, cut, measure, where, offset, limit),
            period.start, _DAY, "PV", ("access", measure, period.key),
        )  # fmt: skip

    def _by_day(self, period: Period, cut: datetime, measure: str, columns: Codes) -> dict[Codes, int]:
        self._ask(period, cut)
        days = {day: one for day, one in self._days.items() if period.first <= day < period.until}
        if not columns:
            return {(): sum(getattr(one, measure) for one in days.values())}
        return {(day.isoformat(),): getattr(one, measure) for day, one in days.items() if getattr(one, measure)}

    def _ask(self, period: Period, cut: datetime) -> None:
        """The period alone at first; who asks for a second one wants to compare: then thirteen months in one pass.
        What is known is not asked again: visits belong to the day of their first page view, so days add up to any period.
        """
        if self._known is None:
            self._days, self._known = (
                dict(asking.counts(period.start, period.end, cut).by_day),
                (period.start, period.end),
            )
            return
        since, until = self._known
        if since <= period.start and period.end <= until:
            return
        end = max(period.end, until)
        start = min(period.start, since, midnight(add_months(jst_day(end - MICROSECOND).replace(day=1), -12)))
        for first, last in ((start, since), (until, end)):
            if first < last:
                self._days |= asking.counts(first, last, cut).by_day
        self._known = (start, end)


def _listed(
    period: Period, cut: datetime, measure: str, where: Mapping[str, str], offset: int, limit: int
) -> list[dict[str, Any]]:
    start, end = period.start, period.end
    if "day" in where:
        start = datetime.fromisoformat(where["day"]).replace(tzinfo=period.start.tzinfo)
        end = start + timedelta(days=1)
    top = measure.startswith("top")
    if measure.endswith("page_views"):
        views = asking.page_views(start, end, cut, offset, limit, top=top)
        return [_record(view.number, view.at, page=view.page, visit=view.visit) for view in views]
    visits = asking.visits(start, end, cut, offset, limit, top=top, single=measure.startswith("single"))
    return [
        _record(one.visit, one.first_at, valid_to=one.last_at, page_views=one.page_views) for one in visits
    ]  # fmt: skip


def _record(number: str, at: datetime, **more: Any) -> dict[str, Any]:
    """A view or a visit as a record: its time and page, never an address or an agent."""
    return {"id": f"PV-{number}", "valid_from": at, "valid_to": None, **more}


class PostingViews:
    """Page views of the postings of one kind."""

    def __init__(self, prefix: str, publication: type[Publication]) -> None:
        self.prefix, self.publication = prefix, publication
        self._counted: dict[tuple[Period, datetime], Counter[Codes]] = {}

    def views(self, period: Period) -> Tallied:
        """Views of postings' own pages, by what the posting was at that instant."""
        return Tallied(
            lambda cut, columns: self._groups(period, cut, columns),
            lambda cut, where, offset, limit: self._page(period, cut, where, offset, limit),
            period.start, _POSTING, "PV", (self.prefix, "views", period.key),
        )  # fmt: skip

    def _groups(self, period: Period, cut: datetime, columns: Codes) -> dict[Codes, int]:
        """Narrowed from one counting by all that a posting is known by: a report asks for each."""
        if (period, cut) not in self._counted:
            self._counted[period, cut] = self._count(period, cut)
        places = [tuple(_POSTING).index(column) for column in columns]
        found: Counter[Codes] = Counter()
        for codes, number in self._counted[period, cut].items():
            found[tuple(codes[place] for place in places)] += number
        return dict(found)

    def _count(self, period: Period, cut: datetime) -> Counter[Codes]:
        found: Counter[Codes] = Counter()
        views = asking.posting_views(period.start, period.end, cut, self.prefix)
        spans = self._publications(list(views), cut)
        for posting, instants in views.items():
            known = spans.get(posting)
            for at, number in instants:
                found[_codes(posting, known, at, tuple(_POSTING))] += number
        return found

    def _publications(self, numbers: list[str], cut: datetime) -> dict[str, list[Any]]:
        """The publications of these postings known at the cut, in the order of time."""
        spans: dict[str, list[Any]] = {}
        rows: Any = self.publication.objects
        for start in range(0, len(numbers), 500):
            known = rows.known_at(cut).filter(subject__in=numbers[start : start + 500])
            for row in known.order_by("subject", "valid_from", "id"):
                spans.setdefault(row.subject, []).append(row)
        return spans

    def _page(
        self, period: Period, cut: datetime, where: Mapping[str, str], offset: int, limit: int
    ) -> list[dict[str, Any]]:
        posting = where.get("posting", "")
        if set(where) <= {"posting"}:
            views = asking.page_views(period.start, period.end, cut, offset, limit, prefix=self.prefix, posting=posting)
            return [_viewed(view) for view in views]
        return self._narrowed(period, cut, where, offset, limit)

    def _narrowed(
        self, period: Period, cut: datetime, where: Mapping[str, str], offset: int, limit: int
    ) -> list[dict[str, Any]]:
        """Views under a filter that the store does not know: read through, in stretches."""
        names, wanted = tuple(where), tuple(where.values())
        spans: dict[str, list[Any]] = {}
        asked: set[str] = set()
        found: list[dict[str, Any]] = []
        at = 0
        while len(found) < offset + limit:
            views = asking.page_views(period.start, period.end, cut, at, _LIMIT, prefix=self.prefix)
            if not views:
                break
            at += len(views)
            new = {view.posting for view in views} - asked
            asked |= new
            spans |= self._publications(sorted(new), cut)
            for view in views:
                codes = _codes(view.posting, spans.get(view.posting), to_microseconds(view.at), names)
                if tuple(code or UNKNOWN for code in codes) == wanted:
                    found.append(_viewed(view))
        return found[offset : offset + limit]


def _viewed(view: Any) -> dict[str, Any]:
    return _record(view.number, view.at, page=view.page, posting=view.posting, visit=view.visit)


def _codes(posting: str, spans: list[Any] | None, at: int, columns: Codes) -> Codes:
    """What the posting was at the instant; unknown where nobody knows it, outside where it was not public."""
    if spans is None:
        said: dict[str, str] = {"posting": ""}
    else:
        span = _public_at(spans, at)
        said = {"posting": posting} | (
            {"organization_type": span.organization_type, "field": span.field}
            if span is not None
            else {"organization_type": OUTSIDE, "field": OUTSIDE}
        )
    return tuple(said.get(column, "") for column in columns)


def _public_at(spans: list[Any], at: int) -> Any:
    instant = from_microseconds(at)
    place = bisect_right([span.valid_from for span in spans], instant) - 1
    span = spans[place] if place >= 0 else None
    return span if span is not None and (span.valid_to is None or instant < span.valid_to) else None
