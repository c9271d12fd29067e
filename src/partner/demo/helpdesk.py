"""Inquiries from arrival to close: written at any hour, answered and closed by the office on business days."""

import random
from collections import defaultdict, deque
from collections.abc import Iterator
from datetime import date
from typing import Any

from partner.common.calendar import add_business_days, is_business_day
from partner.common.period import DAY
from partner.demo import story
from partner.demo.centre import business_day
from partner.demo.stretches import chance, hour_of, stretches
from partner.demo.taken import Taken
from partner.facts.streams import INQUIRIES

Fact = dict[str, Any]
_MINUTE = 60 * 1_000_000
_CHANNELS, _CHANNEL_WEIGHTS = ("form", "mail", "telephone", "visit", "other"), (46, 30, 20, 2, 2)
_CATEGORIES = ("registration", "posting", "consultation", "mail_service", "system", "other", "")
_CATEGORY_WEIGHTS = (33, 23, 12, 8, 13, 8, 3)
_AT_THE_OFFICE = ("telephone", "visit")


def _rate(day: date) -> float:
    """Inquiries a month at scale 1: 45 at first, about 150 now."""
    return 45 + 4.6 * story.year_of(day)


class Helpdesk:
    """The office's list of inquiries."""

    def __init__(self, seed: int, scale: float) -> None:
        self.seed, self.scale = seed, scale
        self.taken = Taken(INQUIRIES, "問い合わせ一覧")
        self.agenda: dict[date, list[Fact]] = defaultdict(list)
        self.lately: deque[str] = deque(maxlen=20)
        self.number = 0

    def tell(self, until: date, minute: int) -> list[Taken]:
        """Everything up to the day."""
        for stretch in stretches(until, minute):
            self.taken.take(stretch, [fact for day in stretch.days() for fact in self._day(day)])
        return [self.taken]

    def _day(self, day: date) -> Iterator[Fact]:
        rng = chance(self.seed, self.scale, "helpdesk", day)
        for _ in range(story.poisson(rng, _rate(day) * self.scale * story.rhythm(day) / story.DAYS_A_MONTH)):
            yield self._receive(rng, day)
        yield from self.agenda.pop(day, [])

    def _receive(self, rng: random.Random, day: date) -> Fact:
        self.number += 1
        subject = f"Q{self.number:06}"
        channel = rng.choices(_CHANNELS, _CHANNEL_WEIGHTS)[0]
        if channel in _AT_THE_OFFICE and not is_business_day(day):
            channel = "form"
        at = hour_of(rng, day, 9, 17) if channel in _AT_THE_OFFICE else hour_of(rng, day, 0, 24)
        self._later(rng, day, at, subject, channel)
        self.lately.append(subject)
        return {
            "subject": subject, "kind": "received", "happened_at": at, "channel": channel,
            "category": rng.choices(_CATEGORIES, _CATEGORY_WEIGHTS)[0],
        }  # fmt: skip

    def _later(self, rng: random.Random, day: date, at: int, subject: str, channel: str) -> None:
        luck, is_written = rng.random(), channel in ("form", "mail")
        next_day = business_day(day + DAY)
        if is_written and luck < 0.03:
            self._at(next_day, subject, "spam", hour_of(rng, next_day, 9, 11))
        elif is_written and luck < 0.05 and self.lately:
            self._at(next_day, subject, "merged", hour_of(rng, next_day, 9, 17), merged_into=self.lately[-1])
        elif luck > 0.995:
            given_up = add_business_days(day, rng.randint(40, 100))  # never answered: who asked could not be reached
            self._at(given_up, subject, "closed", hour_of(rng, given_up, 14, 18))
        elif not is_written and luck < 0.75:
            self._answer(rng, day, at + rng.randint(3, 40) * _MINUTE, subject)
        else:
            days = rng.choices((1, 2, 3, 5, 8), (46, 30, 15, 7, 2))[0]
            answered = add_business_days(day, days)
            self._answer(rng, answered, hour_of(rng, answered, 10, 14), subject)

    def _answer(self, rng: random.Random, day: date, at: int, subject: str) -> None:
        """Answered, closed at once or some business days later; one in twenty-five is opened again."""
        self._at(day, subject, "answered", at)
        days = rng.choices((0, 2, 5, 10, 30), (50, 20, 17, 9, 4))[0]
        closed = add_business_days(day, days) if days else day
        self._at(closed, subject, "closed", hour_of(rng, closed, 14, 18) if days else at + rng.randint(1, 30) * _MINUTE)
        if rng.random() < 0.04:
            again = add_business_days(closed, rng.randint(1, 15))
            self._at(again, subject, "reopened", hour_of(rng, again, 9, 12))
            ends = add_business_days(again, rng.randint(1, 6))
            self._at(ends, subject, "closed", hour_of(rng, ends, 14, 18))

    def _at(self, day: date, subject: str, kind: str, at: int, **more: Any) -> None:
        self.agenda[day].append({"subject": subject, "kind": kind, "happened_at": at, **more})
