"""A leak of personal data: whether the authority must be told, and by when. Pure, so that desk and paper say the same.

Sources: 個人情報保護法 第26条・第68条, 施行規則 第7条・第8条, ガイドライン（通則編）3-5-3: the day it was noticed is day 1;
a last day of the final report on which offices are closed moves to the next business day. `docs/decisions/0062`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from partner.common.calendar import NONE, is_business_day
from partner.common.period import DAY, jst_day

# Contract facts, with what is assumed until they are agreed. `leak_people`: reported when more persons than that;
# 100 for data held by a public body, 1,000 for others.
ASSUMED = {
    "leak_people": "100",
    "leak_first_from": "3",
    "leak_first_until": "5",
    "leak_final": "30",
    "leak_final_wrongful": "60",
}
YES, NO = "yes", "no"


class Leaked(Protocol):
    """What is known of a leak: the members of the fact `Incident` that count here."""

    noticed_at: datetime
    told_at: datetime | None
    people: int | None
    is_sensitive: str
    is_wrongful: str
    is_property: str


@dataclass(frozen=True)
class Limits:
    """The numbers of the law, as settings: persons, and days from the day it was noticed (day 1)."""

    people: int
    first_from: int
    first_until: int
    final: int
    final_wrongful: int

    @classmethod
    def read(cls, contract: Callable[[str], str]) -> "Limits":
        """From contract facts; what is no number counts as not agreed."""
        said = {key: contract(key) for key in ASSUMED}
        numbers = {key: int(said[key] if said[key].isdecimal() else ASSUMED[key]) for key in ASSUMED}
        return cls(**{key.removeprefix("leak_"): number for key, number in numbers.items()})


@dataclass(frozen=True)
class Duty:
    """Whether it must be reported: `yes`, `no`, or `unknown` while something is not known; with the grounds."""

    answer: str
    grounds: tuple[str, ...]

    @property
    def runs(self) -> bool:
        """Whether the clocks are counted: also while nobody knows, so that no day is lost."""
        return self.answer != NO


@dataclass(frozen=True)
class LeakClock:
    """One report to the authority: from when it is looked for, and its last day."""

    name: str
    label: str
    rule: str
    from_on: date
    until_on: date

    def is_late(self, today: date) -> bool:
        """Whether the last day has passed."""
        return today > self.until_on


def duty(leak: Leaked, limits: Limits) -> Duty:
    """Sensitive data, danger to property, a wrongful purpose (one person is enough), or more persons than the limit."""
    told = (
        (leak.is_sensitive, "要配慮個人情報を含む"), (leak.is_property, "財産的被害のおそれがある"),
        (leak.is_wrongful, "不正の目的のおそれがある"),
    )  # fmt: skip
    grounds = [words for answer, words in told if answer == YES]
    if leak.people is not None and leak.people > limits.people:
        grounds.append(f"本人の数が{limits.people:,}人を超える（{leak.people:,}人）")
    if grounds:
        return Duty(YES, tuple(grounds))
    is_known = leak.people is not None and all(answer == NO for answer, _ in told)
    return Duty(NO, ()) if is_known else Duty("unknown", ())


def clocks(leak: Leaked, limits: Limits, extra: Mapping[date, str] = NONE) -> list[LeakClock]:
    """速報 and 確報; nothing where it need not be reported."""
    if not duty(leak, limits).runs:
        return []
    first = jst_day(leak.noticed_at)
    wrongful = leak.is_wrongful == YES
    days = limits.final_wrongful if wrongful else limits.final
    final = first + DAY * (days - 1)
    moved = _open_day(final, extra)
    return [
        LeakClock(
            "first", "個人情報保護委員会への速報", f"知った日から概ね{limits.first_from}〜{limits.first_until}日以内",
            first + DAY * (limits.first_from - 1), first + DAY * (limits.first_until - 1),
        ),
        LeakClock(
            "final", "個人情報保護委員会への確報", f"知った日から{days}日以内{'（不正の目的のおそれ）' if wrongful else ''}", final, moved,
        ),
    ]  # fmt: skip


def released_at(leak: Leaked) -> datetime | None:
    """From when the contractor owes the authority nothing more: JICA, as the principal, was told (委託元への通知)."""
    return leak.told_at


def _open_day(day: date, extra: Mapping[date, str]) -> date:
    while not is_business_day(day, extra):
        day += DAY
    return day
