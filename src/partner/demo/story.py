"""How much happens: growth since 2003, seasons, weekdays. All numbers are per month at scale 1 and invented."""

import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

OPENED = date(2003, 10, 1)
NEW_LEVELS = date(2024, 4, 1)
REMAPPED = date(2026, 4, 1)
SIMPLE_ORGANIZATIONS = date(2012, 4, 1)
DAYS_A_MONTH = 30.44
LATE_MONTHS = (1, 4, 7, 10)  # of these, letters arrive after the report, whatever the scale

# April after recruiting and autumn after the seminars are high, August and December low.
_SEASON = (1.02, 0.98, 1.15, 1.22, 1.08, 1.03, 0.98, 0.84, 0.96, 1.05, 1.02, 0.80)
_WEEKDAY = (1.22, 1.18, 1.15, 1.14, 1.11, 0.62, 0.58)


def year_of(day: date) -> float:
    """The day as a fraction of years since the opening."""
    return (day - OPENED).days / 365.25


def rhythm(day: date) -> float:
    """Season and weekday together."""
    return _SEASON[day.month - 1] * _WEEKDAY[day.weekday()]


def poisson(rng: random.Random, mean: float) -> int:
    """How often a rare thing happens."""
    if mean > 50:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


@dataclass(frozen=True)
class Rates:
    """One party's story. Shares are of those in force, per month."""

    kind: str
    new: Callable[[date], float]
    full_share: Callable[[date], float]
    returned_share: float
    leave: dict[str, float]
    up: float
    down: float
    retype: float
    repurpose: float
    suspend: float
    twice: float
    mistaken: float = 0.002  # share of registrations entered twice, and withdrawn
    late: float = 0.003  # share that is told after the month was reported


def _new_people(day: date) -> float:
    """Hardly known at first, known to the field after three years, then slowly more."""
    years = year_of(day)
    return (405 + 3.9 * years) * (1 - 0.8 * math.exp(-years / 1.5))


def _full_people(day: date) -> float:
    return 0.453 - 0.0101 * year_of(day)


def _new_organizations(day: date) -> float:
    if day < SIMPLE_ORGANIZATIONS:
        return 6.8 * (1 - 0.7 * math.exp(-year_of(day)))
    return 12.5 + 0.22 * (day - SIMPLE_ORGANIZATIONS).days / 365.25


def _full_organizations(day: date) -> float:
    return 1.0 if day < SIMPLE_ORGANIZATIONS else 0.4


PEOPLE = Rates(
    "people", _new_people, _full_people, returned_share=0.058, leave={"full": 0.00245, "simple": 0.0031},
    up=0.0005, down=0.00021, retype=0, repurpose=0.0006, suspend=0.00012, twice=0.00002,
)  # fmt: skip
ORGANIZATIONS = Rates(
    "organizations", _new_organizations, _full_organizations, returned_share=0.05,
    leave={"full": 0.0017, "simple": 0.0026}, up=0.0013, down=0.0003, retype=0.0006, repurpose=0, suspend=0.0003, twice=0.00005,
)  # fmt: skip
