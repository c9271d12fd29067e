"""What a fiscal year will come to, by a named method with a range (catalogue rule 12). Pure: numbers in, numbers out.

What only grows is divided by the mean share of the year's total that up to five earlier years had reached by the same
date; without such a year it is stretched by business days. What does not add up is carried as it stands. The range is
the method's own errors at this point, each earlier year forecast from the others; below two years there is none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

Amount = int | Decimal
Method = Literal["share", "pace", "carried", "over", "person", "none"]
MOST_YEARS, LEAST_FOR_RANGE = 5, 2
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Course:
    """How an earlier year went: what it had reached at this point of the year, and what it came to."""

    year: int
    reached: Amount
    total: Amount

    @property
    def share(self) -> Decimal:
        """The part of its total that was reached."""
        return Decimal(self.reached) / Decimal(self.total)


@dataclass(frozen=True)
class Forecast:
    """What the year will come to; `years` are those it was learnt from. None where nothing can be said."""

    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    method: Method = "none"
    years: tuple[int, ...] = ()

    def rounded(self, places: Decimal) -> "Forecast":
        """In whole pieces, or the places of the figure."""
        low, value, high = (
            None if one is None else one.quantize(places, ROUND_HALF_UP) for one in (self.low, self.value, self.high)
        )
        return Forecast(value, low, high, self.method, self.years)


NOTHING = Forecast(None)


def of_whole_year(attained: Amount) -> Forecast:
    """The year is over: what came is what there is."""
    came = Decimal(attained)
    return Forecast(came, came, came, "over")


def of_flow(attained: Amount, courses: Iterable[Course], passed: int, days: int) -> Forecast:
    """What only grows, when `passed` of the year's business `days` are over."""
    usable = _usable(courses)
    shares = [one.share for one in usable]
    if not any(shares):
        if passed <= 0:
            return NOTHING
        return Forecast(Decimal(attained) * days / passed, method="pace")
    value = Decimal(attained) / _mean(shares)
    low, high = _range(value, shares)
    if low is not None and high is not None:
        low, high = max(low, Decimal(attained)), max(high, Decimal(attained))
    return Forecast(value, low, high, "share", tuple(one.year for one in usable))


def of_level(
    value: Amount, courses: Iterable[Course], *, floor: Amount | None = None, ceiling: Amount | None = None
) -> Forecast:
    """What does not add up (a share, a mean, a standing number): as it stands, with its past changes to the year's end."""
    learnt = sorted(courses, key=lambda one: one.year)[-MOST_YEARS:]
    now, years = Decimal(value), tuple(one.year for one in learnt)
    if len(learnt) < LEAST_FOR_RANGE:
        return Forecast(now, method="carried", years=years)
    changes = [Decimal(one.total) - Decimal(one.reached) for one in learnt] + [Decimal()]
    low, high = now + min(changes), now + max(changes)
    low = low if floor is None else max(low, min(now, Decimal(floor)))
    high = high if ceiling is None else min(high, max(now, Decimal(ceiling)))
    return Forecast(now, low, high, "carried", years)


def _usable(courses: Iterable[Course]) -> list[Course]:
    """The latest five years of which a share can be told."""
    fit = [one for one in courses if one.total > 0 and 0 <= one.reached <= one.total]
    return sorted(fit, key=lambda one: one.year)[-MOST_YEARS:]


def _range(value: Decimal, shares: Sequence[Decimal]) -> tuple[Decimal | None, Decimal | None]:
    """What came, by what the other years would have foretold, at its least and most."""
    if len(shares) < LEAST_FOR_RANGE:
        return None, None
    errors = []
    for n, share in enumerate(shares):
        others = _mean([*shares[:n], *shares[n + 1 :]])
        if share and others:
            errors.append(others / share)
    if len(errors) < LEAST_FOR_RANGE:
        return None, None
    return value * min(errors), value * max(errors)


def _mean(numbers: Sequence[Decimal]) -> Decimal:
    return sum(numbers, Decimal()) / len(numbers)


def needed(target: Amount, attained: Amount, months: int, days: int) -> tuple[Decimal | None, Decimal | None]:
    """What is still needed per month and per business day, in tenths rounded up; None where no time is left."""
    missing = max(Decimal(), Decimal(target) - Decimal(attained))
    per_month, per_day = (_up(missing / left) if left > 0 else None for left in (months, days))
    return per_month, per_day


def _up(number: Decimal) -> Decimal:
    """Rounded up: who keeps the printed pace reaches the target."""
    tenths = number.quantize(_TENTH, ROUND_HALF_UP)
    return tenths if tenths >= number else tenths + _TENTH


def words(forecast: Forecast) -> str:
    """The method by its name, as the report prints it."""
    learnt = f"{len(forecast.years)}か年度（{_span(forecast.years)}）" if forecast.years else ""
    return {
        "share": f"過去{learnt}の同じ時点の割合による",
        "pace": "営業日当たりの実績による（過去の年度の記録がそろわない）",
        "carried": f"現在の値による{f'（範囲は過去{learnt}の変化）' if forecast.low is not None else ''}",
        "over": "年度の実績",
        "person": "担当者の見込み",
        "none": "",
    }[forecast.method]


def _span(years: Sequence[int]) -> str:
    return f"{years[0]}〜{years[-1]}年度" if len(years) > 1 else f"{years[0]}年度"
