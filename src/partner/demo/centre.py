"""What happens at the Centre, day by day. A day depends on the seed, the scale and the days before alone."""

import hashlib
import random
from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from partner.common.calendar import add_business_days, is_business_day
from partner.common.period import DAY, JST, add_months, midnight
from partner.demo import names, story
from partner.demo.registrants import Pending, Pool, Someone
from partner.demo.story import Rates, poisson
from partner.demo.telling import Event, Memory, Subject
from partner.ledger.fields import to_microseconds

PURPOSES = ("job", "information", "training", "consultation", "jica_recruitment", "other")  # the list's order
MEDIA = (
    ("search", 33),
    ("jica_web", 23),
    ("referral", 12),
    ("seminar", 7),
    ("university", 8),
    ("sns", 8),
    ("press", 1),
    ("other", 3),
    ("", 5),
)
TYPES = (
    ("jica", 2),
    ("international", 2),
    ("government", 3),
    ("municipality", 7),
    ("university", 13),
    ("ngo", 20),
    ("public_corporation", 11),
    ("consultant", 10),
    ("company", 30),
    ("other", 2),
)


_AFTERNOON = 16 * 3600 * 1_000_000  # the office records from 16:00 on: what happens later waits for the next day


class Centre:
    """One party's life."""

    def __init__(self, rates: Rates, seed: int, scale: float) -> None:
        self.rates, self.seed, self.scale = rates, seed, float(scale)  # 1 and 1.0 tell the same story
        self.memory = Memory()
        self.pools = {"full": Pool(), "simple": Pool()}
        self.former: list[Someone] = []
        self.identities: list[tuple[str, int, tuple[str, str, str]]] = []
        self.to_record: dict[date, list[Pending]] = defaultdict(list)
        self.agenda: dict[date, list[Callable[[random.Random, date], None]]] = defaultdict(list)
        self.count = 0
        self._keys = 0

    def live(self, day: date) -> None:
        """Lets the day happen."""
        rng = random.Random(f"{self.seed}/{self.scale}/{self.rates.kind}/{day}")
        for act in self.agenda.pop(day, []):
            act(rng, day)
        beat = story.rhythm(day) / story.DAYS_A_MONTH
        for _ in range(poisson(rng, self.rates.new(day) * self.scale * beat)):
            self._someone_comes(rng, day)
        for column, share in self.rates.leave.items():
            self._often(rng, day, column, share * beat, self._leave)
        self._often(rng, day, "simple", self.rates.up * beat, self._rise)
        self._often(rng, day, "full", self.rates.down * beat, self._fall)
        self._often(rng, day, "simple", self.rates.twice * beat, self._rise_and_fall)
        for column in ("full", "simple"):
            self._often(rng, day, column, self.rates.retype * beat, self._retype)
            self._often(rng, day, column, self.rates.repurpose * beat, self._repurpose)
            self._often(rng, day, column, self.rates.suspend * beat, self._suspend)
        if self.rates.kind == "people":
            self._letters(rng, day)

    def _often(self, rng: random.Random, day: date, column: str, share: float, act: Callable[..., None]) -> None:
        pool = self.pools[column]
        for _ in range(poisson(rng, len(pool.members) * share)):
            someone = pool.draw(rng, day)
            if someone is not None:
                act(rng, day, someone)

    # ── coming ──

    def _someone_comes(self, rng: random.Random, day: date) -> None:
        if self.former and rng.random() < self.rates.returned_share:
            someone = self.former[rng.randrange(len(self.former))]
            if someone.last_day < day - 30 * DAY and someone.column == "":
                self._register(rng, day, someone, "returned", self._column(rng, day))
            return
        someone = self._new(rng)
        column = self._column(rng, day)
        if column == "full":
            event = self._apply(rng, day, someone)
            self._tell(rng, day, someone, [event])
            return
        self._register(rng, day, someone, "registered", column)
        if rng.random() < 0.004:
            self._leave_at_once(rng, day, someone)
        elif rng.random() < self.rates.mistaken:
            self._withdraw_later(rng, day, someone)

    def _new(self, rng: random.Random) -> Someone:
        self.count += 1
        digest = hashlib.sha256(f"{self.seed}/{self.scale}/{self.rates.kind}/{self.count}".encode()).hexdigest()
        someone = Someone(self.count, Subject(digest[:16]), "")
        someone.kind = _weighted(rng, TYPES) if self.rates.kind == "organizations" else ""
        made = names.organization(rng, self.count, someone.kind) if someone.kind else names.person(rng, self.count)
        self.identities.append((someone.subject.key, self.count, made))
        return someone

    def _apply(self, rng: random.Random, day: date, someone: Someone) -> Event:
        """Asks for the full registration; the office decides within five business days."""
        someone.last_day = day
        self.agenda[add_business_days(day, rng.randint(1, 5))].append(lambda r, d: self._decide(r, d, someone))
        return self._event(rng, day, "applied", level=self._level(rng, day, "full"), kind=someone.kind)

    def _decide(self, rng: random.Random, day: date, someone: Someone) -> None:
        """The office approves or refuses the application."""
        if rng.random() < 0.06:
            someone.last_day = day
            self._tell(rng, day, someone, [self._event(rng, day, "refused", by_day=True)])
            return
        self._register(rng, day, someone, "registered", "full")

    def _register(self, rng: random.Random, day: date, someone: Someone, how: str, column: str) -> None:
        someone.column, someone.level = column, self._level(rng, day, column)
        someone.purposes, someone.suspended, someone.last_day = self._purposes(rng), False, day
        self.pools[column].add(someone)
        event = self._event(rng, day, how, level=someone.level, kind=someone.kind)
        if self.rates.kind == "people":
            event.medium, event.purposes = _weighted(rng, MEDIA), someone.purposes
        self._tell(rng, day, someone, [event])

    def _column(self, rng: random.Random, day: date) -> str:
        return "full" if rng.random() < self.rates.full_share(day) else "simple"

    def _level(self, rng: random.Random, day: date, column: str) -> str:
        """Organisations keep the two levels; persons have four, and one on trial, from April 2024 on."""
        if self.rates.kind != "people" or day < story.NEW_LEVELS:
            return column
        if column == "full":
            return "apply" if rng.random() < 0.4 else "seek"
        if day < story.REMAPPED and rng.random() < 0.022:
            return "trainee"
        return "join" if rng.random() < 0.7 else "mail"

    def _purposes(self, rng: random.Random) -> str:
        if self.rates.kind != "people" or rng.random() < 0.02:
            return ""
        chances = (0.63, 0.46, 0.42, 0.27, 0.24, 0.03)
        chosen = [code for code, chance in zip(PURPOSES, chances, strict=True) if rng.random() < chance] or [
            "information"
        ]
        return f";{';'.join(chosen)};"

    # ── going and changing ──

    def _leave(self, rng: random.Random, day: date, someone: Someone) -> None:
        draw = rng.random()
        how = "merged" if draw < 0.015 else "removed" if draw < 0.04 else "left"
        event = self._event(rng, day, how, by_day=how != "left" or rng.random() < 0.6)
        if how == "merged":
            other = self.pools[someone.column].draw(rng, day)
            event.merged_into = other.subject.key if other and other is not someone else ""
            event.kind = "merged" if event.merged_into else "removed"
        self._go(someone, day)
        if how == "left" and (day + DAY).day == 1 and rng.random() < 0.2:
            self._misdated(rng, day, someone, event)
        else:
            self._tell(rng, day, someone, [event])

    def _letters(self, rng: random.Random, day: date) -> None:
        """At any scale, after the month was reported: an approval, leavings by post, and a leaving's right day."""
        morrow = day + DAY
        if day.month in story.LATE_MONTHS and day.day == 18:
            someone = self._new(rng)
            self._on(after_report(day), someone, [self._apply(rng, day, someone)], [])
        if day.month in story.LATE_MONTHS and day.day == 26:
            for _ in range(2 + poisson(rng, 2 * min(1.0, self.scale))):
                self._write(rng, day, lambda someone, event: self._on(after_report(day), someone, [event], []))
        if morrow.month in story.LATE_MONTHS and morrow.day == 1:
            self._write(rng, day, lambda someone, event: self._misdated(rng, day, someone, event))

    def _write(self, rng: random.Random, day: date, tell: Callable[[Someone, Event], object]) -> None:
        someone = self.pools["simple"].draw(rng, day) or self.pools["full"].draw(rng, day)
        if someone is not None:
            event = self._event(rng, day, "left", by_day=True)
            self._go(someone, day)
            tell(someone, event)

    def _go(self, someone: Someone, day: date) -> None:
        self.pools[someone.column].remove(someone)
        someone.column, someone.last_day = "", day
        self.former.append(someone)

    def _leave_at_once(self, rng: random.Random, day: date, someone: Someone) -> None:
        """Registered and left on one day: the leaving carries a time after the registration's."""
        self._go(someone, day)
        at = to_microseconds(datetime.combine(day, time(23, rng.randrange(60)), JST))
        self._tell(rng, day, someone, [Event("left", at, False)])

    def _misdated(self, rng: random.Random, day: date, someone: Someone, event: Event) -> None:
        """Entered as the first of the next month; the office corrects the date after the month was reported."""
        wrong = Event(event.kind, to_microseconds(midnight(day + DAY)), True)
        self._on(business_day(day + DAY), someone, [wrong], [])
        right = Event(event.kind, to_microseconds(midnight(day)), True, reason="退会日の訂正")
        someone.last_day = day + 20 * DAY  # nothing else happens to him until it is corrected
        self._on(after_report(day + DAY), someone, [right], [wrong])

    def _withdraw_later(self, rng: random.Random, day: date, someone: Someone) -> None:
        """A registration entered twice: withdrawn some days later, and nobody was ever there."""
        (event,) = self.to_record[self._recorded_on(someone)][-1].new
        self.pools[someone.column].remove(someone)
        someone.column, someone.last_day = "withdrawn", date.max
        self._on(add_business_days(someone.known_until, 12), someone, [], [event])

    def _rise(self, rng: random.Random, day: date, someone: Someone) -> None:
        self._move(rng, day, someone, "full")

    def _fall(self, rng: random.Random, day: date, someone: Someone) -> None:
        self._move(rng, day, someone, "simple")

    def _rise_and_fall(self, rng: random.Random, day: date, someone: Someone) -> None:
        """Moved twice in a month."""
        self._move(rng, day, someone, "full")
        self.agenda[day + rng.randint(4, 9) * DAY].append(
            lambda r, d: (
                self._move(r, d, someone, "simple") if someone.column == "full" and someone.last_day < d else None
            )
        )

    def _move(self, rng: random.Random, day: date, someone: Someone, column: str) -> None:
        level = self._level(rng, day, column)
        if level == someone.level or (column == "simple" and self.rates.full_share(day) == 1):
            return  # nothing changes, or there is no simple registration yet
        self.pools[someone.column].remove(someone)
        someone.column, someone.level, someone.last_day = column, level, day
        self.pools[column].add(someone)
        self._tell(rng, day, someone, [self._event(rng, day, "moved", level=level)])

    def _retype(self, rng: random.Random, day: date, someone: Someone) -> None:
        new = _weighted(rng, TYPES)
        if new != someone.kind:
            someone.kind, someone.last_day = new, day
            self._tell(rng, day, someone, [self._event(rng, day, "retyped", kind=new, by_day=True)])

    def _repurpose(self, rng: random.Random, day: date, someone: Someone) -> None:
        someone.purposes = self._purposes(rng) or ";information;"
        someone.last_day = day
        event = self._event(rng, day, "repurposed")
        event.purposes = someone.purposes
        self._tell(rng, day, someone, [event])

    def _suspend(self, rng: random.Random, day: date, someone: Someone) -> None:
        """Held at the registrant's wish, for weeks or for a year or more."""
        if someone.suspended:
            return
        someone.suspended, someone.last_day = True, day
        self._tell(rng, day, someone, [self._event(rng, day, "suspended", by_day=True)])
        again = add_business_days(day, 1 + int(rng.expovariate(1 / 130)))
        self.agenda[again].append(lambda r, d: self._resume(r, d, someone))

    def _resume(self, rng: random.Random, day: date, someone: Someone) -> None:
        if someone.suspended and someone.column in self.pools and someone.last_day < day:
            someone.suspended, someone.last_day = False, day
            self._tell(rng, day, someone, [self._event(rng, day, "resumed", by_day=True)])

    # ── being recorded ──

    def _event(
        self, rng: random.Random, day: date, how: str, level: str = "", kind: str = "", by_day: bool | None = None
    ) -> Event:
        known_by_day = rng.random() < 0.4 if by_day is None else by_day
        at = (
            midnight(day)
            if known_by_day
            else datetime.combine(day, time(rng.randrange(7, 23), rng.randrange(60), rng.randrange(60)), JST)
        )
        return Event(how, to_microseconds(at), known_by_day, level=level, organization_type=kind)

    def _tell(self, rng: random.Random, day: date, someone: Someone, events: list[Event]) -> None:
        """Most is recorded within days; some letters arrive after the month was reported."""
        draw = rng.random()
        days = 0 if draw < 0.55 else 1 if draw < 0.85 else 2
        if max(event.happened_at for event in events) >= to_microseconds(midnight(day)) + _AFTERNOON:
            days = max(days, 1)
        on = after_report(day) if draw > 1 - self.rates.late else business_day(day + days * DAY)
        self._on(on, someone, events, [])

    def _on(self, on: date, someone: Someone, new: list[Event], gone: list[Event]) -> None:
        """What is known of someone never overtakes what was known before."""
        on = max(on, someone.known_until)
        someone.known_until = on
        self.to_record[on].append(Pending(someone, new, gone))

    def _recorded_on(self, someone: Someone) -> date:
        return someone.known_until

    def record(self, day: date, tick: int) -> int:
        """Records what waits for the day, all in one tick; returns how many changes that were."""
        waiting = self.to_record.pop(day, [])
        told: dict[str, Pending] = {}
        for pending in waiting:
            for event in pending.new:
                self._keys += 1
                old = pending.gone[0] if pending.gone else None
                event.source_key = old.source_key if old else _source_key(self.rates.kind, self.seed, self._keys)
                event.ordinal = old.ordinal if old else 0
            of_subject = told.setdefault(pending.someone.subject.key, Pending(pending.someone, [], []))
            of_subject.new += pending.new
            of_subject.gone += pending.gone
        for pending in told.values():  # each subject once a tick, as record() derives
            self.memory.tell(pending.someone.subject, pending.new, pending.gone, tick)
        return len(waiting)


def _source_key(kind: str, seed: int, number: int) -> str:
    return hashlib.sha256(f"demo/{kind}/{seed}/{number}".encode()).hexdigest()[:32]


def _weighted(rng: random.Random, choices: tuple[tuple[str, int], ...]) -> str:
    return rng.choices([code for code, _ in choices], [weight for _, weight in choices])[0]


def business_day(day: date) -> date:
    """The day itself, or the first business day after it."""
    while not is_business_day(day):
        day += DAY
    return day


def after_report(day: date) -> date:
    """The first business day from the 12th of the month after: the day's month has been reported by then."""
    return business_day(add_months(day.replace(day=1), 1) + 11 * DAY)


def ticks(until: date) -> list[tuple[date, timedelta]]:
    """Business days up to `until`, each with the time of day at which the office records."""
    found, day = [], story.OPENED
    while day <= until:
        if is_business_day(day):
            found.append((day, timedelta(hours=16, minutes=day.toordinal() % 50, seconds=day.day)))
        day += DAY
    return found
