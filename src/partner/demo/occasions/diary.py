"""A diary: what was told on which day, by kind of sheet. What is told again under its name corrects what it said."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from partner.common.period import DAY, midnight
from partner.demo.centre import business_day
from partner.demo.stretches import Stretch
from partner.demo.surroundings import at
from partner.demo.taken import Taken
from partner.facts.streams import Stream
from partner.ledger.fields import to_microseconds

Fact = dict[str, Any]
_BESIDE = 7_000_000  # rows of these sheets are numbered apart from those of the daily ones


def moment(day: date, hour: int = 0, minute: int = 0) -> int:
    """An instant in Japan as facts hold it."""
    return to_microseconds(at(day, hour, minute))


def after(day: date) -> int:
    """The end of the day."""
    return to_microseconds(midnight(day + DAY))


class Diary:
    """Takes what is told up to a day; nothing later is heard of."""

    def __init__(self, until: date) -> None:
        self.until = until
        self._told: dict[str, dict[date, list[Fact]]] = defaultdict(lambda: defaultdict(list))
        self._streams: dict[str, tuple[Stream, str]] = {}
        self._said: dict[tuple[str, str], Fact] = {}

    def tell(self, stream: Stream, label: str, on: date, name: str, /, **fact: Any) -> None:
        """On that day, or the next on which the office is open, it was said of `name`; what was said of it before stands where nothing new is said."""
        self._streams[stream.kind] = stream, label
        on = business_day(on)
        if on > self.until:
            return
        before = self._said.get((stream.kind, name))
        whole = {**(before or {}), **fact}
        self._said[stream.kind, name] = whole
        same = next((one for one in self._told[stream.kind][on] if one["name"] == name), None)
        if same is not None:  # one sheet says one thing
            same.update(fact)
            return
        self._told[stream.kind][on].append({**whole, "name": name, **({"corrects": name} if before else {})})

    def taken(self) -> list[Taken]:
        """The rows, sheet by sheet; the minute of each depends on no day, so that an earlier end tells the same."""
        found = []
        for n, (kind, (stream, label)) in enumerate(sorted(self._streams.items())):
            if kind not in self._told:
                continue
            taken = Taken(stream, label, first=_BESIDE)
            for on in sorted(self._told[kind]):
                told = datetime.combine(on, at(on, 16, 20).timetz()) + timedelta(minutes=n)
                taken.take(Stretch(on, on + DAY, told), self._told[kind][on])
            found.append(taken)
        return found
