"""Jobs and trainings: organisations publish, mend, close and reopen; most end with their last day."""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from partner.common.period import DAY, midnight
from partner.demo import story
from partner.demo.stretches import chance, hour_of, stretches
from partner.demo.taken import Taken
from partner.facts.streams import JOBS, TRAININGS, Stream
from partner.ledger.fields import to_microseconds

Fact = dict[str, Any]
_TYPES = (
    "ngo",
    "company",
    "consultant",
    "public_corporation",
    "jica",
    "university",
    "international",
    "government",
    "municipality",
    "other",
)
_WEIGHTS = (27, 21, 17, 12, 8, 6, 4, 2, 2, 1)
_FIELDS = (
    "health", "education", "agriculture", "private", "governance", "water", "environment", "urban", "peace", "energy",
    "transport", "ict", "gender", "nature", "citizens", "welfare", "fisheries", "poverty", "economy", "south_south", "other",
)  # fmt: skip
_FIELD_WEIGHTS = tuple(60 / (n + 2) for n in range(len(_FIELDS)))


def _jobs(day: date) -> float:
    """New postings a month at scale 1: 40 at first, about 290 now."""
    return 40 + 250 * min(1.0, story.year_of(day) / 18)


def _trainings(day: date) -> float:
    return 15 + 70 * min(1.0, story.year_of(day) / 18)


class Board:
    """One board of postings."""

    def __init__(self, stream: Stream, label: str, seed: int, scale: float, organizations: list[str]) -> None:
        self.taken = Taken(stream, label)
        self.seed, self.scale, self.organizations = seed, scale, organizations
        self.rate = _jobs if stream is JOBS else _trainings
        self.live: list[tuple[str, str]] = []
        self.agenda: dict[date, list[Fact]] = defaultdict(list)
        self.number = 0

    def tell(self, until: date, minute: int) -> Taken:
        """Everything up to the day."""
        for stretch in stretches(until, minute):
            self.taken.take(stretch, [fact for day in stretch.days() for fact in self._day(day)])
        return self.taken

    def _day(self, day: date) -> Iterator[Fact]:
        rng = chance(self.seed, self.scale, self.taken.stream.kind, day)
        yield from self.agenda.pop(day, [])
        for _ in range(story.poisson(rng, self.rate(day) * self.scale * story.rhythm(day) / story.DAYS_A_MONTH)):
            yield from self._publish(rng, day)

    def _publish(self, rng: random.Random, day: date) -> Iterator[Fact]:
        self.number += 1
        subject = f"{self.number + (10000 if self.taken.stream is JOBS else 50000)}"
        lasts = rng.choice((14, 21, 28, 30, 30, 45)) if rng.random() < 0.93 else 0
        main, others = (
            rng.choices(_FIELDS, _FIELD_WEIGHTS)[0],
            rng.choices(_FIELDS, _FIELD_WEIGHTS, k=rng.choice((0, 0, 1, 2))),
        )
        codes = sorted(set(others) - {main})
        yield {
            "subject": subject, "kind": "published", "happened_at": hour_of(rng, day),
            "organization": rng.choice(self.organizations) if self.organizations else "",
            "organization_type": rng.choices(_TYPES, _WEIGHTS)[0], "field": main,
            "other_fields": f";{';'.join(codes)};" if codes else "",
            "ends_at": to_microseconds(midnight(day + DAY * (lasts + 1))) if lasts else None,
        }  # fmt: skip
        self._later(rng, day, subject, lasts)

    def _later(self, rng: random.Random, day: date, subject: str, lasts: int) -> None:
        """Some are mended, some closed before their last day, some reopened after it."""
        luck = rng.random()
        if luck < 0.12 and lasts > 7:
            when = day + DAY * rng.randint(1, 6)
            self.agenda[when].append(_event(rng, subject, "mended", when))
        elif luck < 0.22 and lasts > 7:
            when = day + DAY * rng.randint(7, lasts)
            self.agenda[when].append(_event(rng, subject, "closed", when))
        elif luck < 0.26 and lasts:
            when = day + DAY * (lasts + rng.randint(3, 40))
            again = _event(rng, subject, "reopened", when)
            self.agenda[when].append(again | {"ends_at": to_microseconds(midnight(when + DAY * 15))})
        elif not lasts:
            when = day + DAY * rng.randint(20, 90)
            self.agenda[when].append(_event(rng, subject, "closed", when))


def _event(rng: random.Random, subject: str, kind: str, day: date) -> Fact:
    return {"subject": subject, "kind": kind, "happened_at": hour_of(rng, day)}


def boards(seed: int, scale: float, organizations: list[str]) -> list[Board]:
    """The two boards."""
    return [
        Board(JOBS, "求人情報異動一覧", seed, scale, organizations),
        Board(TRAININGS, "研修・セミナー情報異動一覧", seed, scale, organizations),
    ]
