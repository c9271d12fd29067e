"""What the Centre does for people: consultations, their survey, mail services, inquiries."""

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from partner.common.calendar import is_business_day
from partner.common.period import DAY
from partner.demo import story
from partner.demo.stretches import Stretch, chance, hour_of, stretches
from partner.demo.taken import Taken
from partner.facts.streams import CONSULTATIONS, INQUIRIES, MAIL_CASES, SUBSCRIPTIONS, SURVEY_ANSWERS

Fact = dict[str, Any]
_MINUTE = 60 * 1_000_000
SURVEYED_FROM = date(2018, 4, 1)
ONLINE_FROM = date(2010, 4, 1)
_CHANNELS, _CHANNEL_WEIGHTS = ("form", "mail", "telephone", "visit", "other"), (46, 30, 20, 2, 2)
_CATEGORIES = ("registration", "posting", "consultation", "mail_service", "system", "other")
_CATEGORY_WEIGHTS = (34, 24, 12, 8, 14, 8)


class Consulting:
    """Bookings with their outcome, mail cases, and the answers of those who were asked."""

    def __init__(self, seed: int, scale: float, people: list[str]) -> None:
        self.seed, self.people = seed, people
        self.scale = max(scale, scale**0.4)  # a tenth of a Centre would hold two consultations a month
        self.booked = Taken(CONSULTATIONS, "相談予約一覧")
        self.mails = Taken(MAIL_CASES, "メール相談一覧")
        self.answers = Taken(SURVEY_ANSWERS, "相談アンケート回答")
        self.numbers = {"C": 0, "M": 0, "A": 0}
        self.arriving: dict[date, list[Fact]] = defaultdict(list)

    def tell(self, until: date, minute: int) -> list[Taken]:
        """Everything up to the day."""
        for stretch in stretches(until, minute):
            self._tell(stretch)
        return [self.booked, self.mails, self.answers]

    def _tell(self, stretch: Stretch) -> None:
        bookings: list[Fact] = []
        mails: list[Fact] = []
        asked: list[Fact] = []
        for day in stretch.days():
            rng = chance(self.seed, self.scale, "consulting", day)
            asked += self.arriving.pop(day, [])
            if is_business_day(day):
                bookings += self._bookings(rng, day, asked)
                mails += self._mails(rng, day)
        self.booked.take(stretch, bookings)
        self.mails.take(stretch, mails)
        self.answers.take(stretch, asked)

    def _number(self, letter: str) -> str:
        self.numbers[letter] += 1
        return f"{letter}{self.numbers[letter]:06}"

    def _bookings(self, rng: random.Random, day: date, asked: list[Fact]) -> Iterator[Fact]:
        grown = min(1.0, 0.25 + story.year_of(day) / 20)
        for _ in range(story.poisson(rng, 36 * grown * self.scale / 20.5)):
            luck, at = rng.random(), hour_of(rng, day, 10, 17)
            outcome = "held" if luck < 0.82 else "cancelled" if luck < 0.93 else "no_show"
            online = day >= ONLINE_FROM and rng.random() < min(0.7, 0.1 + (day - ONLINE_FROM).days / 8000)
            yield {
                "number": self._number("C"), "subject": rng.choice(self.people) if self.people and rng.random() < 0.8 else "",
                "booked_at": at, "held_at": at if outcome == "held" else None, "outcome": outcome,
                "channel": "online" if online else "face_to_face", "counsellor": f"k{rng.randint(1, 4)}",
            }  # fmt: skip
            if outcome == "held" and day >= SURVEYED_FROM:
                self._ask(rng, day, at, asked)

    def _ask(self, rng: random.Random, day: date, at: int, asked: list[Fact]) -> None:
        """The request goes out the same day; most answer within a week, some only in part."""
        number = self._number("A")
        base = {"subject": f"consultation:{number}", "survey": "consultation", "version": "第3版"}
        asked.append({**base, "kind": "invited", "happened_at": at + 30 * _MINUTE})
        luck = rng.random()
        if luck < 0.66:
            when = day + DAY * rng.randint(1, 8)
            arrived = hour_of(rng, when, 8, 23)
            questions = 4 if luck < 0.6 else rng.randint(1, 3)
            for n in range(1, questions + 1):
                score = rng.choices((5, 4, 3, 2, 1), (52, 31, 11, 4, 2))[0]
                self.arriving[when].append({
                    **base, "kind": "completed" if luck < 0.6 else "partial", "happened_at": arrived,
                    "question": f"consultation.q{n}", "answer": str(score), "score": score,
                })  # fmt: skip

    def _mails(self, rng: random.Random, day: date) -> Iterator[Fact]:
        for _ in range(story.poisson(rng, 14 * self.scale / 20.5)):
            received = hour_of(rng, day, 8, 20)
            answered = received + rng.randint(30, 900) * _MINUTE if rng.random() < 0.95 else None
            yield {
                "number": self._number("M"), "subject": rng.choice(self.people) if self.people and rng.random() < 0.7 else "",
                "received_at": received, "answered_at": answered, "closed_at": None,
            }  # fmt: skip


class Mailing:
    """Who takes the two mail services."""

    def __init__(self, seed: int, scale: float, people: list[str]) -> None:
        self.seed, self.scale, self.people = seed, scale, people
        self.taken = Taken(SUBSCRIPTIONS, "メールサービス異動一覧")
        self.subscribed: dict[str, list[str]] = {"news": [], "express": []}
        self.waiting: dict[date, list[Fact]] = defaultdict(list)
        self.next = {"news": 0, "express": 0}

    def tell(self, until: date, minute: int) -> list[Taken]:
        """Everything up to the day."""
        for stretch in stretches(until, minute):
            self.taken.take(stretch, [fact for day in stretch.days() for fact in self._day(day)])
        return [self.taken]

    def _day(self, day: date) -> Iterator[Fact]:
        rng = chance(self.seed, self.scale, "mailing", day)
        for service, rate in (("news", 150.0), ("express", 90.0)):
            beat = story.rhythm(day) / story.DAYS_A_MONTH
            for _ in range(story.poisson(rng, len(self.subscribed[service]) * 0.0026 * beat)):
                yield from self._stop(rng, day, service)
            for _ in range(story.poisson(rng, rate * self.scale * beat)):
                yield from self._confirm(rng, day, service)

    def _confirm(self, rng: random.Random, day: date, service: str) -> Iterator[Fact]:
        """The next registrant who has not; the list is in the order of registration."""
        if self.next[service] >= len(self.people):
            return
        subject = self.people[self.next[service]]
        self.next[service] += 1 if service == "news" else 2
        self.subscribed[service].append(subject)
        yield {"subject": subject, "kind": "confirmed", "service": service, "happened_at": hour_of(rng, day, 0, 24)}

    def _stop(self, rng: random.Random, day: date, service: str) -> Iterator[Fact]:
        if not self.subscribed[service]:
            return
        place = rng.randrange(len(self.subscribed[service]))
        subject = self.subscribed[service].pop(place)
        at = hour_of(rng, day, 12, 24)
        if rng.random() < 0.2:
            yield {"subject": subject, "kind": "bounced", "service": service, "happened_at": hour_of(rng, day, 0, 6)}
        yield {"subject": subject, "kind": "stopped", "service": service, "happened_at": at}


class Helpdesk:
    """Inquiries from arrival to close."""

    def __init__(self, seed: int, scale: float) -> None:
        self.seed, self.scale = seed, scale
        self.taken = Taken(INQUIRIES, "問い合わせ一覧")
        self.agenda: dict[date, list[Fact]] = defaultdict(list)
        self.number = 0

    def tell(self, until: date, minute: int) -> list[Taken]:
        """Everything up to the day."""
        for stretch in stretches(until, minute):
            self.taken.take(stretch, [fact for day in stretch.days() for fact in self._day(day)])
        return [self.taken]

    def _day(self, day: date) -> Iterator[Fact]:
        rng = chance(self.seed, self.scale, "helpdesk", day)
        grown = min(1.0, 0.3 + story.year_of(day) / 22)
        for _ in range(story.poisson(rng, 150 * grown * self.scale * story.rhythm(day) / story.DAYS_A_MONTH)):
            yield from self._receive(rng, day)
        yield from self.agenda.pop(day, [])

    def _receive(self, rng: random.Random, day: date) -> Iterator[Fact]:
        self.number += 1
        subject = f"Q{self.number:06}"
        yield {
            "subject": subject, "kind": "received", "happened_at": hour_of(rng, day, 0, 9),
            "channel": rng.choices(_CHANNELS, _CHANNEL_WEIGHTS)[0],
            "category": rng.choices(_CATEGORIES, _CATEGORY_WEIGHTS)[0] if rng.random() < 0.97 else "",
        }  # fmt: skip
        luck = rng.random()
        if luck < 0.02:
            self._at(day, {"subject": subject, "kind": "spam", "happened_at": hour_of(rng, day, 9, 10)})
            return
        answered = day + DAY * rng.choice((0, 0, 0, 1, 1, 2, 3))
        self._at(answered, {"subject": subject, "kind": "answered", "happened_at": hour_of(rng, answered, 10, 14)})
        closed = answered + DAY * (rng.randint(20, 60) if luck > 0.96 else rng.choice((0, 0, 1, 2, 5, 9)))
        self._at(closed, {"subject": subject, "kind": "closed", "happened_at": hour_of(rng, closed, 14, 18)})
        if luck < 0.06:
            again = closed + DAY * rng.randint(1, 9)
            self._at(again, {"subject": subject, "kind": "reopened", "happened_at": hour_of(rng, again, 10, 12)})
            ends = again + DAY * rng.randint(1, 6)
            self._at(ends, {"subject": subject, "kind": "closed", "happened_at": hour_of(rng, ends, 14, 18)})

    def _at(self, day: date, fact: Fact) -> None:
        self.agenda[day].append(fact)
