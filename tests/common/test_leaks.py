"""Whether a leak must be reported to the authority, and by when: at the borders of the law's numbers."""

from dataclasses import dataclass
from datetime import date, datetime

import pytest

from partner.common.leaks import ASSUMED, Limits, clocks, duty, released_at
from partner.common.period import JST

NOTICED = datetime(2026, 9, 1, 23, 59, tzinfo=JST)
LIMITS = Limits.read(ASSUMED.__getitem__)


@dataclass
class Leak:
    people: int | None = 1
    is_sensitive: str = "no"
    is_wrongful: str = "no"
    is_property: str = "no"
    noticed_at: datetime = NOTICED
    told_at: datetime | None = None


@pytest.mark.parametrize(
    ("leak", "answer"),
    [
        (Leak(people=100), "no"),
        (Leak(people=101), "yes"),  # more than a hundred: held by a public body
        (Leak(is_sensitive="yes"), "yes"),  # one person is enough
        (Leak(is_property="yes"), "yes"),
        (Leak(is_wrongful="yes", people=None), "yes"),
        (Leak(people=None), "unknown"),
        (Leak(is_wrongful=""), "unknown"),
        (Leak(people=101, is_sensitive=""), "yes"),
    ],
)
def test_who_must_be_told(leak, answer):
    found = duty(leak, LIMITS)
    assert (found.answer, bool(found.grounds)) == (answer, answer == "yes")
    assert bool(clocks(leak, LIMITS)) == (answer != "no")  # while nobody knows, no day is lost


def test_the_day_it_was_noticed_is_the_first():
    first, final = clocks(Leak(people=101), LIMITS)
    assert (first.from_on, first.until_on) == (date(2026, 9, 3), date(2026, 9, 5))
    assert (final.from_on, final.until_on) == (date(2026, 9, 30), date(2026, 9, 30))
    assert not final.is_late(date(2026, 9, 30))
    assert final.is_late(date(2026, 10, 1))


def test_a_wrongful_purpose_leaves_sixty_days_and_a_closed_last_day_moves_on():
    _, final = clocks(Leak(is_wrongful="yes"), LIMITS)
    assert final.until_on == final.from_on == date(2026, 10, 30)
    _, final = clocks(Leak(people=101, noticed_at=datetime(2026, 9, 2, 9, tzinfo=JST)), LIMITS)
    assert final.until_on == date(2026, 10, 1)
    _, final = clocks(Leak(people=101, noticed_at=datetime(2026, 9, 4, 9, tzinfo=JST)), LIMITS)
    assert (final.from_on, final.until_on) == (date(2026, 10, 3), date(2026, 10, 5))  # a Saturday
    _, final = clocks(Leak(people=101), LIMITS, {date(2026, 9, 30): "停電"})
    assert final.until_on == date(2026, 10, 1)


def test_the_numbers_are_settings():
    private = Limits.read({**ASSUMED, "leak_people": "1000", "leak_final": "三十"}.__getitem__)
    assert (private.people, private.final) == (1000, 30)
    assert duty(Leak(people=1000), private).answer == "no"
    assert duty(Leak(people=1001), private).grounds == ("本人の数が1,000人を超える（1,001人）",)


def test_the_contractor_is_released_once_jica_was_told():
    assert released_at(Leak()) is None
    assert released_at(Leak(told_at=NOTICED)) == NOTICED
