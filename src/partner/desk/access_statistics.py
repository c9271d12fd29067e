"""アクセス統計: a month's page views and visits as the desk shows them, composed from what the store answers."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from partner.common.period import DAY, Period, midnight
from partner.desk.access_hours import Hours
from partner.desk.access_rows import Apart, DayRow, Sensitive
from partner.documents.charts import MediumName, draw
from partner.documents.plots import LineChart, LinePanel, Series
from partner.facts.access import answers, asking, rules
from partner.facts.access.counted import SENSITIVITY, Day
from partner.facts.access.hours import Interval
from partner.facts.models import AccessBatch
from partner.figures.engine import Evaluation

POSTINGS = {"jobs": "求人", "trainings": "研修・セミナー"}
_APART = (
    ("crawler", "検索などのクローラー", "公開の一覧と、名前のない利用者情報による"),
    ("own", "センター職員・監視", "「アクセスの数え方」の一覧による"),
    ("prefetch", "先読み", "閲覧者の操作によらない取得"),
)


@dataclass(frozen=True)
class Statistics:
    """One month, known at one cut, of the site or of its top page."""

    period: Period
    cut: datetime
    of_top: bool

    @cached_property
    def hours(self) -> Hours:
        """Which hours the logs tell of."""
        return Hours(self.period, self.cut)

    @property
    def covered(self) -> dict[str, list[Interval]]:
        """Per source the hours with lines."""
        return self.hours.covered

    @cached_property
    def counts(self) -> dict[date, Day]:
        """Of each day that has any."""
        return asking.days(self.period.start, self.period.end, self.cut)

    @cached_property
    def before(self) -> "Statistics":
        """The month before."""
        return Statistics(self.period.previous(), self.cut, self.of_top)

    @cached_property
    def days(self) -> list[DayRow]:
        """All days of the month that have begun at the cut."""
        number = (self.period.until - self.period.first) // DAY
        days = [self.period.first + place * DAY for place in range(number)]
        return [self._day(day) for day in days if midnight(day) < self.cut]

    @cached_property
    def known_days(self) -> int:
        """How many days have a log."""
        return sum(row.counts is not None for row in self.days)

    def views(self, day: Day) -> int:
        """Page views of the site or of its top page."""
        return day.top_page_views if self.of_top else day.page_views

    def visits(self, day: Day) -> int:
        """Visits of the site, or those that touched the top page."""
        return day.top_visits if self.of_top else day.visits

    @cached_property
    def page_views(self) -> int | None:
        """Of the month; None where no log tells of it."""
        return sum(map(self.views, self.counts.values())) if self.covered else None

    @cached_property
    def visits_total(self) -> int | None:
        """Of the month; None where no log tells of it."""
        return sum(map(self.visits, self.counts.values())) if self.covered else None

    @property
    def per_visit(self) -> float | None:
        """Page views for each visit."""
        return self.page_views / self.visits_total if self.page_views is not None and self.visits_total else None

    def per_visit_of(self, day: Day) -> float | None:
        """The same of one day."""
        return self.views(day) / self.visits(day) if self.visits(day) else None

    @property
    def single(self) -> int:
        """Visits of one page view."""
        return sum(day.single_page_visits for day in self.counts.values())

    @property
    def a_day(self) -> tuple[int, int] | None:
        """Page views and visits of a day that has a log, on average."""
        if self.page_views is None or self.visits_total is None or not self.known_days:
            return None
        return round(self.page_views / self.known_days), round(self.visits_total / self.known_days)

    @cached_property
    def sources(self) -> list[tuple[str, datetime]]:
        """Each source and up to when it tells."""
        return [(source, spans[-1][1]) for source, spans in self.covered.items()]

    @cached_property
    def state(self) -> str:
        """Final or provisional, as the figures say it: complete by rule 3, or what is missing declared lost."""
        return Evaluation(self.cut).value("access.site.page_views", self.period).state

    @property
    def sensitivity(self) -> list[Sensitive]:
        """Visits of the site at three time-outs."""
        used = rules.TIMEOUT_SECONDS // 60
        found = asking.sensitivity(self.period.start, self.period.end, self.cut)
        reported = found[used].visits
        rows = []
        for minutes in SENSITIVITY:
            difference = found[minutes].visits - reported
            share = difference / reported if reported else None
            rows.append(Sensitive(minutes, found[minutes].visits, difference, share, minutes == used))
        return rows

    @cached_property
    def apart(self) -> list[Apart]:
        """What is not counted."""
        return [self._apart(*one) for one in _APART]

    @property
    def apart_total(self) -> Apart:
        """All that is not counted."""
        then = [one.then for one in self.apart if one.then is not None]
        return Apart("", "", "", sum(one.now for one in self.apart), sum(then) if then else None)

    @property
    def with_apart(self) -> Apart:
        """The site's page views with what is not counted."""
        now, then = (sum(day.page_views for day in one.counts.values()) for one in (self, self.before))
        total = self.apart_total
        return Apart("", "", "", now + total.now, None if total.then is None else then + total.then)

    def _apart(self, name: str, label: str, how: str) -> Apart:
        now, then = (sum(getattr(day, name) for day in one.counts.values()) for one in (self, self.before))
        return Apart(name, label, how, now, then if self.before.covered else None)

    @property
    def malformed(self) -> int:
        """Lines that are none of their format, in the logs that were taken and tell of this month."""
        rows = AccessBatch.objects.known_at(self.cut).filter(
            first_at__lt=self.period.end, last_at__gte=self.period.start
        )
        return sum(rows.values_list("malformed", flat=True))

    @cached_property
    def pages(self) -> list[tuple[str, answers.Counts]]:
        """Every address with its page views and the visits that touched it, most viewed first."""
        return list(asking.by_page(self.period.start, self.period.end, self.cut).items())

    @cached_property
    def postings(self) -> dict[str, list[tuple[str, int]]]:
        """By kind every posting with the views of its page, most viewed first."""
        return {prefix: self._postings(prefix) for prefix in POSTINGS}

    def _postings(self, prefix: str) -> list[tuple[str, int]]:
        found = asking.posting_views(self.period.start, self.period.end, self.cut, prefix)
        totals = [(number, sum(views for _, views in instants)) for number, instants in found.items()]
        return sorted(totals, key=lambda one: (-one[1], one[0]))

    def charts(self, medium: MediumName) -> list[str]:
        """Page views per day, and visits per day; days without a log are a gap that no line crosses."""
        return [
            self._chart(medium, "閲覧ページ数", "PV", self.views),
            self._chart(medium, "訪問者数", "訪問", self.visits),
        ]

    def _chart(self, medium: MediumName, title: str, unit: str, value: Callable[[Day], int]) -> str:
        number, step = (self.period.until - self.period.first) // DAY, 10 if medium == "narrow" else 5
        known = {row.day: row.counts for row in self.days}
        partial = frozenset(place for place, row in enumerate(self.days) if row.is_partial)
        days = [self.period.first + place * DAY for place in range(number)]
        labels = tuple(f"{day.month}/{day.day}" if day.day == 1 or day.day % step == 0 else "" for day in days)
        values = tuple(value(counts) if (counts := known.get(day)) else None for day in days)
        alt = f"{title}の1日ごとの折れ線。値は日別の表と同じ。"
        panel = LinePanel("", labels, (Series(values, partial=partial),), from_zero=True)
        chart = LineChart("", title, unit, alt, (panel,), gap_label="データなし")
        return draw(chart, medium, None if medium == "narrow" else 500)

    def _day(self, day: date) -> DayRow:
        held, whole = self.hours.day(day)
        counts = self.counts.get(day, Day()) if any(held.values()) else None
        return DayRow(day, counts, held, whole, midnight(day + DAY) <= self.cut)
