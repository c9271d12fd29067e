"""From a subject's events to what follows from them: the walk that all kinds of sequences share. Pure.

The order of events is their instant; within one instant their rank, each as soon as it can happen.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, Protocol


class Happened(Protocol):
    """What the walk reads of an event."""

    kind: str
    happened_at: datetime
    ordinal: int


class State(Protocol):
    """Where a subject stands while its events are walked through."""

    def objection(self, event: Any) -> str:
        """Why the event cannot happen now; empty if it can."""

    def apply(self, event: Any) -> None:
        """Lets the event happen."""


class SequenceError(Exception):
    """The events make no sequence: this one cannot happen when it is said to have happened."""

    def __init__(self, event: Any, reason: str) -> None:
        super().__init__(reason)
        self.event = event
        self.reason = reason


LeavesOut = Callable[[Any, str], bool]


def leaves_none_out(event: Any, reason: str) -> bool:
    """No event may be left out."""
    return False


def ranks(*groups: Iterable[str]) -> dict[str, int]:
    """The rank of each kind of event: those of one group are equals."""
    return {str(kind): rank for rank, kinds in enumerate(groups) for kind in kinds}


def walk(
    state: State, events: Iterable[Happened], rank: Mapping[str, int], is_left_out: LeavesOut = leaves_none_out
) -> None:
    """Lets all events happen to the state. Raises SequenceError.

    `is_left_out(event, reason)` may answer that an event that cannot happen is not there at all.
    """
    ordered = sorted(events, key=lambda event: (event.happened_at, rank[event.kind], event.ordinal))
    for _, group in groupby(ordered, key=lambda event: event.happened_at):
        _happen(state, list(group), is_left_out)


def _happen(state: State, waiting: Sequence[Happened], is_left_out: LeavesOut) -> None:
    """Lets all events of one instant happen: always the first in rank that can."""
    left = list(waiting)
    while left:
        possible = next((event for event in left if not state.objection(event)), None)
        if possible is None:  # then none of them will ever be: the state stays as it is
            for event in left:
                if not is_left_out(event, reason := state.objection(event)):
                    raise SequenceError(event, reason)
            return
        state.apply(possible)
        left.remove(possible)
