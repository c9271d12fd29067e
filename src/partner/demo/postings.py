"""Jobs and trainings: organisations publish, mend, close and reopen; most end with their last day."""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from partner.common.calendar import is_business_day
from partner.common.period import DAY, add_months, midnight
from partner.demo import story
from partner.demo.centre import business_day
from partner.demo.rolls import Roll
from partner.demo.stretches import chance, hour_of, stretches
from partner.demo.taken import Taken
from partner.demo.telling import Memory
from partner.facts.streams import JOBS, TRAININGS, Stream
from partner.ledger.fields import to_microseconds

Fact = dict[str, Any]
# How eagerly an organisation of each type publishes; the few of JICA publish by far the most.
_EAGER = {
    "jobs": {"jica": 30, "international": 3, "government": 3, "municipality": 0.4, "university": 0.7, "ngo": 1.4,
             "public_corporation": 1.3, "consultant": 3.5, "company": 0.6, "other": 0.3},
    "trainings": {"jica": 20, "international": 3, "government": 2, "municipality": 0.6, "university": 2.2, "ngo": 1.6,
                  "public_corporation": 2.0, "consultant": 0.5, "company": 0.3, "other": 0.4},
}  # fmt: skip
_FIELDS = {
    "health": 12, "education": 12, "agriculture": 9, "private": 8, "ict": 6, "citizens": 6, "other": 6, "governance": 5,
    "peace": 5, "water": 5, "transport": 5, "urban": 4, "environment": 4, "nature": 4, "gender": 4, "energy": 4,
    "welfare": 3, "poverty": 3, "economy": 3, "fisheries": 2, "south_south": 1,
}  # fmt: skip
_SEASON = (0.99, 1.02, 1.10, 1.06, 0.98, 1.00, 1.00, 0.90, 0.99, 1.03, 1.01, 0.92)


def _rate(kind: str, day: date) -> float:
    """New postings a month at scale 1: of jobs 26 at first and about 300 now, of trainings 10 and about 90."""
    years = story.year_of(day)
    return 26 + 11.9 * years if kind == "jobs" else 10 + 3.5 * years


@cache
def _business_days(year: int, month: int) -> int:
    day, count = date(year, month, 1), 0
    while day.month == month:
        count += is_business_day(day)
        day += DAY
    return count


class Board:
    """One board of postings. Its sheets say of a publisher what the ledger knew of him when they were made."""

    def __init__(self, stream: Stream, label: str, seed: int, scale: float, organizations: Memory) -> None:
        self.taken = Taken(stream, label)
        self.kind, self.seed, self.scale = stream.kind, seed, scale
        self.roll = Roll(organizations)
        self.agenda: dict[date, list[Fact]] = defaultdict(list)
        self.number = 0

    def tell(self, until: date, minute: int) -> Taken:
        """Everything up to the day."""
        for stretch in stretches(until, minute):
            self.roll.know(to_microseconds(stretch.told))
            self.taken.take(stretch, [fact for day in stretch.days() for fact in self._day(day)])
        return self.taken

    def _day(self, day: date) -> Iterator[Fact]:
        rng = chance(self.seed, self.scale, self.kind, day)
        yield from self.agenda.pop(day, [])
        if is_business_day(day):
            beat = _SEASON[day.month - 1] / _business_days(day.year, day.month)
            for _ in range(story.poisson(rng, _rate(self.kind, day) * self.scale * beat)):
                yield from self._publish(rng, day)

    def _publish(self, rng: random.Random, day: date) -> Iterator[Fact]:
        at = hour_of(rng, day)
        publisher = self._publisher(rng, at)
        if publisher is None:
            return  # in the first weeks nobody is registered yet
        self.number += 1
        subject = f"{'J' if self.kind == 'jobs' else 'T'}{self.number:06}"
        last = _last_day(rng, day)
        fact = {
            "subject": subject, "kind": "published", "happened_at": at, "organization": publisher[0],
            "organization_type": publisher[1].organization_type, **_fields(rng), "ends_at": _end(last),
        }  # fmt: skip
        yield fact | {"name": subject}
        self._later(rng, day, subject, last)
        if rng.random() < 0.004:  # entered under a wrong field, and found out after the month was reported
            self._on(day + DAY * rng.randint(25, 45), {**fact, **_fields(rng), "corrects": subject})

    def _publisher(self, rng: random.Random, at: int) -> tuple[str, Any] | None:
        eager = _EAGER[self.kind]
        most = max(eager.values())

        def suits(span: Any) -> bool:
            is_full = span.level == "full" and not span.suspended
            return is_full and rng.random() * most < eager.get(span.organization_type, 1)

        return self.roll.draw(rng, at, suits) or self.roll.draw(rng, at)

    def _later(self, rng: random.Random, day: date, subject: str, last: date | None) -> None:
        """Some are prolonged, mended or closed before their last day; some are reopened after it."""
        luck = rng.random()
        if last is None:
            self._event(rng, subject, "closed", business_day(day + DAY * rng.randint(20, 90)))
        elif luck < 0.10:
            when = _between(rng, max(day + DAY, last - 5 * DAY), last)
            self._event(rng, subject, "mended", when, ends_at=_end(last + DAY * rng.randint(10, 30)))
        elif luck < 0.15:
            self._event(rng, subject, "mended", _between(rng, day + DAY, day + 6 * DAY), **_fields(rng))
        elif luck < 0.27:
            when = _between(rng, day + 5 * DAY, last)
            told = when + DAY * rng.randint(30, 45) if rng.random() < 0.04 else when
            self._event(rng, subject, "closed", when, told=told)
        elif luck < 0.32:
            when = business_day(last + DAY * rng.randint(3, 40))
            self._event(rng, subject, "reopened", when, ends_at=_end(when + DAY * rng.randint(10, 30)))

    def _event(
        self, rng: random.Random, subject: str, kind: str, day: date, told: date | None = None, **more: Any
    ) -> None:
        by_day = kind == "closed" and rng.random() < 0.3
        at = to_microseconds(midnight(day)) if by_day else hour_of(rng, day)
        self._on(told or day, {"subject": subject, "kind": kind, "happened_at": at, "by_day": by_day, **more})

    def _on(self, day: date, fact: Fact) -> None:
        self.agenda[day].append(fact)


def _fields(rng: random.Random) -> Fact:
    """The main field, and others of which most postings have none."""
    codes, weights = list(_FIELDS), list(_FIELDS.values())
    main, *others = rng.choices(codes, weights, k=1 + rng.choices((0, 1, 2), (55, 33, 12))[0])
    rest = sorted(set(others) - {main})
    return {"field": main, "other_fields": f";{';'.join(rest)};" if rest else ""}


def _last_day(rng: random.Random, day: date) -> date | None:
    """Two to six weeks later, often a month's end; some stay until somebody was found."""
    if rng.random() < 0.07:
        return None
    last = day + DAY * rng.choice((14, 18, 21, 24, 28, 28, 30, 35, 40))
    if rng.random() < 0.75:
        return last
    month_end = add_months(last.replace(day=1), 1 if last.day > 12 else 0) - DAY
    return max(month_end, day + 10 * DAY)


def _end(last: date | None) -> int | None:
    """A last day is included: it ends at 00:00 of the next."""
    return None if last is None else to_microseconds(midnight(last + DAY))


def _between(rng: random.Random, first: date, last: date) -> date:
    """A business day of these days; the first one where there is none."""
    days = [first + DAY * n for n in range((last - first).days + 1)]
    return rng.choice([day for day in days if is_business_day(day)] or days[:1])


def boards(seed: int, scale: float, organizations: Memory) -> list[Board]:
    """The two boards."""
    return [
        Board(JOBS, "求人情報異動一覧", seed, scale, organizations),
        Board(TRAININGS, "研修・セミナー情報異動一覧", seed, scale, organizations),
    ]
