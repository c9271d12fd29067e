"""The lines of アクセス統計: a day, what is not counted, visits at another time-out."""

from dataclasses import dataclass
from datetime import date

from partner.facts.access.counted import Day

_WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True)
class DayRow:
    """One day: `counts` is None where no log tells of it. Per source, how many of `whole` hours have lines."""

    day: date
    counts: Day | None
    held: dict[str, int]
    whole: int
    is_over: bool

    @property
    def weekday(self) -> str:
        """日 to 土."""
        return _WEEKDAYS[self.day.weekday()]

    @property
    def lacks(self) -> bool:
        """Whether a source lacks an hour that it should have."""
        return not self.held or min(self.held.values()) < self.whole

    @property
    def is_partial(self) -> bool:
        """Whether the counts are of a part of the day only."""
        return self.counts is not None and (self.lacks or not self.is_over)

    @property
    def hours(self) -> str:
        """24／24時間; where sources differ, each by its name."""
        numbers = set(self.held.values()) or {0}
        if len(numbers) == 1:
            return f"{numbers.pop()}／{self.whole}時間"
        return "、".join(f"{source} {number}／{self.whole}時間" for source, number in self.held.items())


@dataclass(frozen=True)
class Sensitive:
    """Visits at another time-out, and by how much they differ from those that are reported."""

    minutes: int
    visits: int
    difference: int
    share: float | None
    is_used: bool

    @property
    def percent(self) -> str:
        """The difference in percent; empty where there is none to reckon."""
        return "" if self.share is None else f"{self.share:+.1%}".replace("+", "＋").replace("-", "−")


@dataclass(frozen=True)
class Apart:
    """Page views that are not counted: this month's, and those of the month before where it has a log."""

    name: str
    label: str
    how: str
    now: int
    then: int | None
