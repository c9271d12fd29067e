"""When the office hands in its sheets: week by week while a month lasts, the rest on the third business day after it."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from partner.common.calendar import nth_business_day
from partner.common.period import DAY, add_months
from partner.demo import story
from partner.demo.surroundings import at, settled_on

_A_WHILE = timedelta(minutes=12)


@dataclass(frozen=True)
class Stretch:
    """Days that one sheet covers, the end excluded, and the moment at which it is taken in."""

    first: date
    until: date
    told: datetime

    def days(self) -> Iterator[date]:
        """Each of its days."""
        day = self.first
        while day < self.until:
            yield day
            day += DAY


def stretches(until: date, minute: int) -> Iterator[Stretch]:
    """All stretches whose sheet was taken in by the day; each kind of sheet has its own minute.

    After long holidays two of them come on one day, the second a while after the first.
    """
    first, last = story.OPENED, at(story.OPENED)
    while first <= until:
        following = add_months(first, 1)
        begins = first
        for ends in (*(first + DAY * n for n in (7, 14, 21)), following):
            told_on = settled_on(first) if ends == following else nth_business_day(ends, 1)
            if told_on <= until:
                last = max(at(told_on, 9, minute), last + _A_WHILE)
                yield Stretch(begins, ends, last)
            begins = ends
        first = following


def chance(seed: int, scale: float, kind: str, day: date) -> random.Random:
    """The day's own chance: it depends on nothing else."""
    return random.Random(f"{seed}/{float(scale)}/{kind}/{day}")


def hour_of(rng: random.Random, day: date, first: int = 9, last: int = 18) -> int:
    """An instant within office hours, to the minute, in microseconds."""
    minute = rng.randrange(first * 60, last * 60)
    return int(at(day, minute // 60, minute % 60).timestamp()) * 1_000_000
