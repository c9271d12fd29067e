"""Career consultations: bookings and what came of them, cases by mail, and the survey of those who were consulted.

A sheet tells what had come about by its last day; what was still open then is corrected by a later one.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from partner.common.calendar import add_business_days, is_business_day
from partner.common.period import DAY
from partner.demo import story
from partner.demo.centre import business_day
from partner.demo.rolls import Roll
from partner.demo.stretches import Stretch, chance, hour_of, stretches
from partner.demo.taken import Taken
from partner.demo.telling import Memory
from partner.facts.streams import CONSULTATIONS, MAIL_CASES, SURVEY_ANSWERS
from partner.ledger.fields import to_microseconds

Fact = dict[str, Any]
_MINUTE = 60 * 1_000_000
SURVEYED_FROM = date(2018, 4, 1)
ONLINE_FROM = date(2010, 4, 1)
ONLINE_ONLY = (date(2020, 4, 1), date(2020, 7, 1))
_SEASON = (1.10, 1.02, 0.96, 1.04, 1.06, 1.04, 1.00, 0.84, 1.00, 1.10, 1.04, 0.80)
_BUSINESS_DAYS = 20.3  # in a month
_SCORES = {1: (50, 33, 11, 4, 2), 2: (46, 34, 14, 4, 2), 3: (38, 34, 18, 7, 3), 4: (55, 28, 11, 4, 2)}  # 5, 4, 3, 2, 1


def _bookings(day: date) -> float:
    """Bookings a month at scale 1: 9 at first, about 40 now, of which some four in five are held."""
    return 9 + min(31.0, 1.7 * story.year_of(day))


def _mails(day: date) -> float:
    return 4 + min(10.0, 0.6 * story.year_of(day))


class Consulting:
    """The counsellors' book, the mail cases and the answers."""

    def __init__(self, seed: int, scale: float, people: Memory) -> None:
        self.seed, self.scale, self.roll = seed, scale, Roll(people)
        self.size = max(scale, scale**0.4)  # a tenth of a Centre would hold three consultations a month
        self.booked = Taken(CONSULTATIONS, "相談予約一覧")
        self.mails = Taken(MAIL_CASES, "メール相談一覧")
        self.answers = Taken(SURVEY_ANSWERS, "相談アンケート回答")
        self.agenda: dict[date, list[Callable[[], None]]] = defaultdict(list)
        self.known: set[str] = set()
        self.numbers = {"C": 0, "M": 0, "A": 0}
        self.changed: dict[str, dict[str, Fact]] = {"C": {}, "M": {}}
        self.asked: list[Fact] = []

    def tell(self, until: date, minute: int) -> list[Taken]:
        """Everything up to the day."""
        for stretch in stretches(until, minute):
            self._live(stretch)
            self.booked.take(stretch, self._news("C"))
            self.mails.take(stretch, self._news("M"))
            self.answers.take(stretch, self.asked)
            self.asked = []
        return [self.booked, self.mails, self.answers]

    def _live(self, stretch: Stretch) -> None:
        self.roll.know(to_microseconds(stretch.told))
        for day in stretch.days():
            for happens in self.agenda.pop(day, []):
                happens()
            if is_business_day(day):
                rng, beat = chance(self.seed, self.scale, "consulting", day), _SEASON[day.month - 1] / _BUSINESS_DAYS
                for _ in range(story.poisson(rng, _bookings(day) * self.size * beat)):
                    self._book(rng, day)
                for _ in range(story.poisson(rng, _mails(day) * self.size * beat)):
                    self._write(rng, day)

    def _news(self, letter: str) -> Iterator[Fact]:
        """What is new or has changed since the last sheet, as it stands now."""
        for number, fact in self.changed[letter].items():
            yield {**fact, "name": number, **({"corrects": number} if number in self.known else {})}
        self.known |= self.changed[letter].keys()
        self.changed[letter] = {}

    def _new(self, rng: random.Random, letter: str, at: int, registered: float, **members: Any) -> Fact:
        """A booking or case of someone who is registered then, or not."""
        drawn = self.roll.draw(rng, at) if rng.random() < registered else None
        fact = {"number": self._number(letter), "subject": drawn[0] if drawn else "", **members}
        self.changed[letter][fact["number"]] = fact
        return fact

    def _number(self, letter: str) -> str:
        self.numbers[letter] += 1
        return f"{letter}{self.numbers[letter]:06}"

    def _on(self, day: date, letter: str, fact: Fact, **members: Any) -> None:
        """On that day more is known of it."""

        def happens() -> None:
            fact.update(members)
            self.changed[letter][fact["number"]] = fact

        self.agenda[day].append(happens)

    # ── bookings ──

    def _book(self, rng: random.Random, day: date) -> None:
        """For a day within two weeks; most are held, one in ten is cancelled before, one in sixteen does not come."""
        ahead = rng.choices((1, 2, 3, 5, 7, 9), (10, 20, 25, 25, 15, 5))[0]
        when = add_business_days(day, ahead)
        at = hour_of(rng, when, 10, 17) // (30 * _MINUTE) * (30 * _MINUTE)
        fact = self._new(
            rng, "C", at, 0.8, booked_at=at, held_at=None, outcome="booked", channel=_channel(rng, when),
            counsellor=f"k{rng.randint(1, 4)}",
        )  # fmt: skip
        luck = rng.random()
        if luck < 0.10:
            self._on(business_day(day + DAY * rng.randint(1, ahead)), "C", fact, outcome="cancelled")
        elif luck < 0.16:
            self._on(when, "C", fact, outcome="no_show")
        else:
            self._on(when, "C", fact, outcome="held", held_at=at + rng.choice((0, 0, 0, 5, 10)) * _MINUTE)
            if when >= SURVEYED_FROM:
                self._ask(rng, when, at)

    # ── the survey ──

    def _ask(self, rng: random.Random, day: date, at: int) -> None:
        """The request goes out the same day; three in five answer within a week, and a few only in part."""
        version = "第3版" if day >= date(2024, 4, 1) else "第2版"
        base: Fact = {"subject": f"consultation:{self._number('A')}", "survey": "consultation", "version": version}
        self._answers(day, [{**base, "kind": "invited", "happened_at": at + 90 * _MINUTE}])
        luck, when = rng.random(), day + DAY * rng.randint(1, 8)
        if luck < 0.66:
            is_whole, arrived = luck < 0.6, hour_of(rng, when, 8, 23)
            base |= {"kind": "completed" if is_whole else "partial", "happened_at": arrived}
            self._answers(when, [{**base, **one} for one in _said(rng, 4 if is_whole else rng.randint(1, 3))])

    def _answers(self, day: date, facts: list[Fact]) -> None:
        self.agenda[day].append(lambda: self.asked.extend(facts))

    # ── by mail ──

    def _write(self, rng: random.Random, day: date) -> None:
        """Answered within three business days as a rule, closed a while after; a few are never answered."""
        received = hour_of(rng, day, 8, 20)
        fact = self._new(rng, "M", received, 0.7, received_at=received, answered_at=None, closed_at=None)
        if rng.random() < 0.04:
            return
        answering = add_business_days(day, rng.choices((1, 2, 3, 5), (50, 28, 15, 7))[0])
        answered = hour_of(rng, answering, 9, 18)
        self._on(answering, "M", fact, answered_at=answered)
        closing = add_business_days(answering, rng.choices((1, 3, 6, 10), (40, 30, 20, 10))[0])
        self._on(closing, "M", fact, closed_at=hour_of(rng, closing, 9, 18))


def _channel(rng: random.Random, day: date) -> str:
    """Online a little at first, two in three now, and nothing else in the spring of 2020."""
    if ONLINE_ONLY[0] <= day < ONLINE_ONLY[1]:
        return "online"
    share = min(0.66, 0.08 + (day - ONLINE_FROM).days / 9500) if day >= ONLINE_FROM else 0.0
    return "online" if rng.random() < share else "face_to_face"


def _said(rng: random.Random, questions: int) -> Iterator[Fact]:
    """The answers to the first questions; whoever answers all of them may add remarks."""
    for n in range(1, questions + 1):
        score = rng.choices((5, 4, 3, 2, 1), _SCORES[n])[0]
        yield {"question": f"consultation.q{n}", "answer": f"consultation.q{n}.{score}", "score": score}
    if questions == len(_SCORES) and rng.random() < 0.25:
        yield {"question": "consultation.q5", "answer": "consultation.q5.given", "score": None}
