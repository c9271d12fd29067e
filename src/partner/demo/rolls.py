"""Who was registered, as the ledger knew it when a sheet was made: nobody acts before he was heard of."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from partner.demo.telling import Memory
from partner.facts.sequence import RegistrationSpan

Suits = Callable[[Any], bool]


def anyone(span: Any) -> bool:
    """Whoever is in force."""
    return True


class Roll:
    """The registrations of one party; instants are microseconds. It goes on in time and never back."""

    def __init__(self, memory: Memory) -> None:
        kept = [(subject, one) for subject, one in memory.spans if isinstance(one.span, RegistrationSpan)]
        self._coming = _by_tick((one.recorded_at, subject, one.span) for subject, one in kept)
        self._going = _by_tick(
            (one.superseded_at, subject, one.span) for subject, one in kept if one.superseded_at is not None
        )
        self._spans: dict[str, list[Any]] = defaultdict(list)
        self._subjects: list[str] = []

    def know(self, tick: int) -> list[tuple[str, Any]]:
        """What the ledger knew at the tick; returns what it had come to believe since the last one."""
        news = []
        for subject, span in _until(self._coming, tick):
            if subject not in self._spans:
                self._subjects.append(subject)
            self._spans[subject].append(span)
            news.append((subject, span))
        for subject, span in _until(self._going, tick):
            self._spans[subject].remove(span)
        return news

    def at(self, subject: str, instant: int) -> Any:
        """The registration of the subject in force at the instant; None where there is none."""
        for span in self._spans[subject]:
            if span.valid_from <= instant and (span.valid_to is None or instant < span.valid_to):
                return span
        return None

    def draw(self, rng: random.Random, instant: int, suits: Suits = anyone, tries: int = 60) -> tuple[str, Any] | None:
        """Someone in force at the instant who suits; None where none was found."""
        for _ in range(tries if self._subjects else 0):
            subject = self._subjects[rng.randrange(len(self._subjects))]
            span = self.at(subject, instant)
            if span is not None and suits(span):
                return subject, span
        return None


def _by_tick(entries: Any) -> list[tuple[int, str, Any]]:
    """The latest first, so that the next is taken from the end; equals stay in their order."""
    return sorted(entries, key=lambda entry: entry[0])[::-1]


def _until(entries: list[tuple[int, str, Any]], tick: int) -> Iterator[tuple[str, Any]]:
    while entries and entries[-1][0] <= tick:
        _, subject, span = entries.pop()
        yield subject, span
