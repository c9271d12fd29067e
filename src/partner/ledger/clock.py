"""Recorded time. Only this module reads the machine's clock for the ledger.

A transaction takes one tick at its first fact, under a lock held until commit, so ticks rise in the order of
commits whatever the machine's clock does, and a cut gives the same rows for ever.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from threading import Lock
from typing import Any, TypeVar

from django.db import connection, transaction

from partner.common.period import JST
from partner.common.refusal import Refusal
from partner.ledger.fields import MICROSECOND
from partner.ledger.models import Clock

ORIGIN = datetime(2003, 10, 1, tzinfo=JST)
T = TypeVar("T")
_kept: ContextVar[dict[str, Any] | None] = ContextVar("kept", default=None)
_MOST_REMEMBERED = 16
_remembered: dict[tuple[str, datetime, str], Any] = {}  # the oldest first
_lock = Lock()


def now() -> datetime:
    """The machine's time, in Japan."""
    return datetime.now(UTC).astimezone(JST)


@contextmanager
def reading() -> Iterator[None]:
    """Inside it, "now" is one moment: a page does not ask twice, nor show two states of knowledge beside each other."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def kept(name: str, make: Callable[[], T]) -> T:
    """What was made under this name in this reading; outside one, made anew each time."""
    found = _kept.get()
    if found is None:
        return make()
    if name not in found:
        found[name] = make()
    value: T = found[name]
    return value


def remembered(name: str, make: Callable[[], T]) -> T:
    """What follows from the knowledge at the last tick alone, and is not changed by whoever reads it.

    That knowledge never changes, so it is made once in a process, until the next tick. Within a transaction it is made
    anew: the tick may yet be rolled back, and taken again for something else.
    """
    if connection.in_atomic_block:
        return kept(name, make)
    key = (str(connection.settings_dict["NAME"]), last(), name)
    found: T | None = _remembered.get(key)
    if found is None:
        found = make()
        with _lock:
            while len(_remembered) >= _MOST_REMEMBERED:
                del _remembered[next(iter(_remembered))]
            _remembered[key] = found
    return found


def _forget() -> None:
    """Whoever records, or raises the clock, reads on from there."""
    found = _kept.get()
    if found is not None:
        found.clear()


def last() -> datetime:
    """The last committed tick: the cut "now". Read without a lock."""
    return kept("last", Clock.objects.values_list("last", flat=True).get)


def tick() -> datetime:
    """This transaction's tick; the first call takes it and the lock. Raises outside a transaction."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a tick is taken inside a transaction")
    _forget()
    clock = Clock.objects.select_for_update().get()
    if clock.telling:
        return clock.last  # the teller says what time it is
    if any(isinstance(hook, _Taken) for _, hook, *_ in connection.run_on_commit):
        return clock.last
    clock.last = max(now(), clock.last + MICROSECOND)
    clock.save(update_fields=["last"])
    transaction.on_commit(_Taken())
    return clock.last


class _Taken:
    """Says that this transaction has its tick. Waits among what is done at commit, so a rollback forgets it too.

    A value kept beside the connection would outlive the rollback, and be taken for the tick of another's commit.
    """

    def __call__(self) -> None:
        """Nothing is left to do at commit."""


def cut(at: datetime | None = None) -> datetime:
    """The moment whose knowledge is asked for. None is now, the last committed tick.

    A later moment first raises the clock to it, so that no writer can still record below it.
    Raises Refusal for a moment later than the clock or before the ledger's origin.
    """
    if at is None:
        return last()
    if at < ORIGIN:
        raise Refusal("before_origin", f"記録の始まり（{ORIGIN:%Y-%m-%d}）より前の時点は指定できません。")
    if at > now():
        raise Refusal("in_the_future", "現在より後の時点は指定できません。")
    at = at.astimezone(JST)
    if last() < at:
        with transaction.atomic():
            clock = Clock.objects.select_for_update().get()
            if clock.last < at:
                Clock.objects.filter(pk=clock.pk).update(last=at)
        _forget()
    return at


def is_empty() -> bool:
    """Whether nothing but the shipped seed is recorded."""
    return last() <= ORIGIN


@contextmanager
def telling() -> Iterator[None]:
    """Inside it, facts carry the ticks of the days they tell of. Refused once anything real is recorded.

    For the demonstration Centre and benchmarks only; one transaction, so nobody sees it half done.
    """
    with transaction.atomic():
        clock = Clock.objects.select_for_update().get()
        if clock.last > ORIGIN:
            message = "記録がすでにあるため、架空のデータは読み込めません。空のデータフォルダーで実行してください。"
            raise Refusal("not_empty", message)
        Clock.objects.filter(pk=clock.pk).update(telling=True)
        yield
        Clock.objects.filter(pk=clock.pk).update(telling=False)


def told_until(at: datetime) -> None:
    """While telling: moves the clock on to the latest tick that was told."""
    Clock.objects.filter(telling=True, last__lt=at).update(last=at)
