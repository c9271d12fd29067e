"""What a list of visits or page views of アクセス統計 is narrowed to, what it is called, and how many it must have."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from partner.common.period import DAY, Period, midnight
from partner.common.refusal import Refusal
from partner.desk.access_statistics import POSTINGS, Statistics
from partner.facts.access import answers, asking
from partner.facts.access.counted import Day

NAMES = ("day", "page_of", "posting", "kind", "single", "apart")
_LONGEST = 2000


@dataclass(frozen=True)
class Narrowed:
    """A month's statistics narrowed by what an address names; empty is not narrowed."""

    found: Statistics
    day: date | None
    page: str
    posting: str
    kind: str
    single: bool
    apart: str

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The day, else the month."""
        if self.day is None:
            return self.found.period.start, self.found.period.end
        return midnight(self.day), midnight(self.day + DAY)

    @property
    def what(self) -> str:
        """The address or posting that it is about."""
        return self.page or self.posting

    @property
    def of_top(self) -> bool:
        """Whether only the top page counts: not where a page is named, or what is of the whole site."""
        return self.found.of_top and not (self.what or self.single or self.apart)

    @property
    def apart_label(self) -> str:
        """検索などのクローラー, センター職員・監視, 先読み."""
        return next((one.label for one in self.found.apart if one.name == self.apart), "")

    def visit_count(self) -> int:
        """How many visits the list has: the number that was opened."""
        if self.page:
            counts = dict(asking.by_page(*self.span, self.found.cut)) if self.day else dict(self.found.pages)
            return counts.get(self.page, answers.Counts()).visits
        if self.single:
            return sum(one.single_page_visits for one in self._days())
        return sum((one.top_visits if self.of_top else one.visits) for one in self._days())

    def view_count(self) -> int:
        """How many page views the list has."""
        if self.apart:
            return sum(getattr(one, self.apart) for one in self._days())
        if self.page:
            return asking.page_counts(*self.span, self.found.cut).get(self.page, 0)
        if self.posting:
            found = asking.posting_views(*self.span, self.found.cut, self.kind)
            return sum(views for _, views in found.get(self.posting, []))
        return sum((one.top_page_views if self.of_top else one.page_views) for one in self._days())

    def _days(self) -> list[Day]:
        counts = self.found.counts
        return list(counts.values()) if self.day is None else [counts.get(self.day, Day())]


def narrowed(found: Statistics, asked: Any) -> Narrowed:
    """What the address asks for. Raises Refusal for a day or a name that there is not."""
    page, posting, kind, apart = (asked.get(name, "")[:_LONGEST] for name in ("page_of", "posting", "kind", "apart"))
    if apart and apart not in {one.name for one in found.apart}:
        raise Refusal("unknown_kind", f"種類「{apart[:40]}」はありません。")
    if posting and kind not in POSTINGS:
        raise Refusal("unknown_kind", f"種類「{kind[:40]}」はありません。")
    single = asked.get("single") == "1"
    return Narrowed(found, _day(asked.get("day", ""), found.period), page, posting, kind, single, apart)


def _day(asked: str, period: Period) -> date | None:
    if not asked:
        return None
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        raise Refusal("bad_day", f"日「{asked[:40]}」が読めません。2026-10-05 のように書いてください。") from None
    if not period.first <= day < period.until:
        raise Refusal("bad_day", f"{asked} は{period.label}の日ではありません。")
    return day
