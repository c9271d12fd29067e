"""The registrants as they are in truth, and those in force of whom anyone can be drawn."""

import random
from dataclasses import dataclass
from datetime import date

from partner.demo import story
from partner.demo.telling import Event, Subject


@dataclass(slots=True)
class Someone:
    """A registrant as he is in truth, whether or not the ledger knows it yet."""

    number: int
    subject: Subject
    column: str
    level: str = ""
    kind: str = ""
    purposes: str = ""
    last_day: date = story.OPENED
    known_until: date = story.OPENED
    suspended: bool = False
    place: int = -1


@dataclass(slots=True)
class Pending:
    """A change that waits to be recorded on a business day."""

    someone: Someone
    new: list[Event]
    gone: list[Event]


class Pool:
    """Those in force in one report column; anyone can be drawn and taken out at once."""

    def __init__(self) -> None:
        self.members: list[Someone] = []

    def add(self, someone: Someone) -> None:
        """Joins."""
        someone.place = len(self.members)
        self.members.append(someone)

    def remove(self, someone: Someone) -> None:
        """Goes; the last one takes the place."""
        last = self.members.pop()
        if last is not someone:
            self.members[someone.place] = last
            last.place = someone.place

    def draw(self, rng: random.Random, day: date) -> Someone | None:
        """Anyone to whom nothing has happened today."""
        for _ in range(3 if self.members else 0):
            someone = self.members[rng.randrange(len(self.members))]
            if someone.last_day < day:
                return someone
        return None
