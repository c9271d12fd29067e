"""Who takes the two mail services: registrants, from their confirmation to their stop; some mail does not arrive."""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from partner.common.period import DAY, midnight
from partner.demo import story
from partner.demo.rolls import Roll
from partner.demo.stretches import Stretch, chance, hour_of, stretches
from partner.demo.taken import Taken
from partner.demo.telling import Memory
from partner.facts.streams import SUBSCRIPTIONS
from partner.ledger.fields import to_microseconds

Fact = dict[str, Any]
Taker = tuple[str, str]  # a person and a service
_MINUTE = 60 * 1_000_000
_BEGINS = {"news": story.OPENED, "express": date(2008, 10, 1)}
_ON_REGISTERING = {"news": 0.71, "express": 0.30}  # share of those who register
_LATER = {"news": 30.0, "express": 55.0}  # registrants of long standing who join, a month at scale 1
_STOPS, _BOUNCES = 0.0013, 0.0011  # share of those in force, a month


class Mailing:
    """The two services. A person who leaves the Centre stops what he takes."""

    def __init__(self, seed: int, scale: float, people: Memory) -> None:
        self.seed, self.scale = seed, scale
        self.roll = Roll(people)
        self.taken = Taken(SUBSCRIPTIONS, "メールサービス異動一覧")
        self.last: dict[Taker, int] = {}  # the instant of the last thing that happened
        self.taking: set[Taker] = set()
        self.bouncing: set[Taker] = set()
        self.takers: list[Taker] = []
        self.asked: set[tuple[str, int]] = set()
        self.agenda: dict[date, list[tuple[str, Taker]]] = defaultdict(list)

    def tell(self, until: date, minute: int) -> list[Taken]:
        """Everything up to the day."""
        for stretch in stretches(until, minute):
            self.taken.take(stretch, list(self._stretch(stretch)))
        return [self.taken]

    def _stretch(self, stretch: Stretch) -> Iterator[Fact]:
        rng = chance(self.seed, self.scale, "mailing by registration", stretch.first)
        for subject, span in self.roll.know(to_microseconds(stretch.told)):
            if span.valid_to is None:
                yield from self._registered(rng, stretch, subject, span)
            elif span.ended in ("left", "removed", "merged"):
                for service in _BEGINS:
                    yield from self._stop((subject, service), span.valid_to)
        for day in stretch.days():
            yield from self._day(day)

    def _registered(self, rng: random.Random, stretch: Stretch, subject: str, span: Any) -> Iterator[Fact]:
        """Asked once at each registration; confirmed within the sheet's days."""
        if span.begun not in ("registered", "returned") or (subject, span.valid_from) in self.asked:
            return
        self.asked.add((subject, span.valid_from))
        first, end = to_microseconds(midnight(stretch.first)), to_microseconds(midnight(stretch.until))
        for service, share in _ON_REGISTERING.items():
            at = max(span.valid_from, first) + rng.randint(2, 1500) * _MINUTE
            if rng.random() < share and stretch.first >= _BEGINS[service]:
                yield from self._confirm((subject, service), min(at, end - _MINUTE))

    def _day(self, day: date) -> Iterator[Fact]:
        rng = chance(self.seed, self.scale, "mailing", day)
        for what, taker in self.agenda.pop(day, []):
            yield from self._planned(rng, day, what, taker)
        beat = story.rhythm(day) / story.DAYS_A_MONTH
        for _ in range(story.poisson(rng, len(self.takers) * _STOPS * beat)):
            yield from self._own_wish(rng, day)
        for _ in range(story.poisson(rng, len(self.takers) * _BOUNCES * beat)):
            yield from self._bounce(rng, day)
        for service, rate in _LATER.items():
            if day >= _BEGINS[service]:
                for _ in range(story.poisson(rng, rate * self.scale * beat * min(1.0, story.year_of(day) / 8))):
                    yield from self._join(rng, day, service)

    def _own_wish(self, rng: random.Random, day: date) -> Iterator[Fact]:
        """Stops at his own wish; one in eight takes it again later."""
        taker = self._any(rng)
        if taker is not None:
            yield from self._stop(taker, hour_of(rng, day, 0, 24))
            if rng.random() < 0.12:
                self.agenda[day + DAY * rng.randint(20, 500)].append(("again", taker))

    def _bounce(self, rng: random.Random, day: date) -> Iterator[Fact]:
        """Mail comes back; some are reached again, some stopped by the office half a year later, some stay."""
        taker, at, luck = self._any(rng), hour_of(rng, day, 6, 9), rng.random()
        if taker is None or taker in self.bouncing or self.last[taker] >= at:
            return
        self.bouncing.add(taker)
        yield self._fact(taker, "bounced", at)
        if luck < 0.8:
            what, days = ("reached", rng.randint(3, 60)) if luck < 0.35 else ("stopped", rng.randint(150, 240))
            self.agenda[day + DAY * days].append((what, taker))

    def _join(self, rng: random.Random, day: date, service: str) -> Iterator[Fact]:
        at = hour_of(rng, day, 0, 24)
        drawn = self.roll.draw(rng, at, tries=5)
        if drawn is not None:
            yield from self._confirm((drawn[0], service), at)

    def _planned(self, rng: random.Random, day: date, what: str, taker: Taker) -> Iterator[Fact]:
        at = hour_of(rng, day, 9, 18)
        if what == "again" and self.roll.at(taker[0], at) is not None:
            yield from self._confirm(taker, at)
        elif what == "stopped" and taker in self.bouncing:
            yield from self._stop(taker, at)
        elif what == "reached" and taker in self.bouncing and self.last[taker] < at:
            self.bouncing.discard(taker)
            yield self._fact(taker, "reached", at)

    # ── what is told ──

    def _confirm(self, taker: Taker, at: int) -> Iterator[Fact]:
        if taker not in self.taking and self.last.get(taker, 0) < at:
            self.taking.add(taker)
            self.takers.append(taker)
            yield self._fact(taker, "confirmed", at)

    def _stop(self, taker: Taker, at: int) -> Iterator[Fact]:
        if taker in self.taking:
            self.taking.discard(taker)
            self.bouncing.discard(taker)
            yield self._fact(taker, "stopped", max(at, self.last[taker] + _MINUTE))

    def _any(self, rng: random.Random) -> Taker | None:
        """Anyone who takes a service now; those who stopped are dropped when they are met."""
        while self.takers:
            place = rng.randrange(len(self.takers))
            taker = self.takers[place]
            if taker in self.taking:
                return taker
            last = self.takers.pop()
            if place < len(self.takers):
                self.takers[place] = last
        return None

    def _fact(self, taker: Taker, kind: str, at: int) -> Fact:
        self.last[taker] = at
        return {"subject": taker[0], "service": taker[1], "kind": kind, "happened_at": at}
