"""The contract's expenses: budget, orders, payments month by month, what is accrued at the end, what was settled."""

import random
from datetime import date, timedelta
from typing import Any

from partner.common.calendar import nth_business_day
from partner.common.period import add_months
from partner.demo.occasions.diary import Diary, moment
from partner.demo.occasions.programme import PROGRAMME
from partner.demo.stretches import chance
from partner.facts.streams import EXPENSES

_LABEL = "経費一覧"
_BUDGET = {  # yen without tax, at scale 1; the share that is spent evenly over the year
    "personnel": 46_000_000, "system": 24_000_000, "event": 7_200_000, "publicity": 3_600_000, "survey": 1_800_000, "travel": 1_200_000,
    "general": 6_200_000,
}  # fmt: skip
_OVER = {(2025, "publicity"): 1.18}  # the expense over budget
_ORDERED = ("system", "survey")
_ACCRUED = {"system": (1_240_000, 1_240_000), "publicity": (180_000, 176_500)}  # March's: as accrued, as settled
_YEARS = (2024, 2025, 2026)


def write(diary: Diary, seed: int, scale: float) -> None:
    """Each year's account; prices do not depend on the Centre's size."""
    for year in _YEARS:
        book = _Book(diary, year, chance(seed, 1.0, "expenses", date(year, 4, 1)))
        book.plan()
        book.pay()
        book.events()
        book.close()


class _Book:
    """The account of one fiscal year."""

    def __init__(self, diary: Diary, year: int, rng: random.Random) -> None:
        self.diary, self.year, self.rng, self.number = diary, year, rng, 0

    def _line(self, on: date, told: date, stage: str, item: str, net: int, **more: Any) -> str:
        """Its number; what settles an accrual is given that of the accrual."""
        self.number += 1
        key = f"{self.year}-{self.number:04}"
        number = more.pop("number", key)
        rate = more.pop("rate", 10)
        sign = -1 if net < 0 else 1
        fact = {
            "number": number, "fiscal_year": self.year, "stage": stage, "item": item, "valid_from": moment(on), "net": net, "rate": rate,
            "tax": sign * (abs(net) * rate // 100), "event": "", "evidence": f"証憑{number}", "reason": "", **more,
        }  # fmt: skip
        self.diary.tell(EXPENSES, _LABEL, told, key, **fact)
        return str(number)

    def plan(self) -> None:
        """Budget and orders, on the first business day of the year."""
        first = date(self.year, 4, 1)
        told = nth_business_day(first, 1)
        for item, net in _BUDGET.items():
            self._line(first, told, "budget", item, net, title=f"{self.year}年度の予算", evidence="")
            if item in _ORDERED:
                self._line(told, told, "committed", item, net - net // 20, title="年間の契約")

    def pay(self) -> None:
        """A payment for each item at each month's end; events are paid for themselves, March of some is accrued."""
        for n in range(12):
            first = add_months(date(self.year, 4, 1), n)
            paid = add_months(first, 1) - timedelta(days=1)
            told = nth_business_day(add_months(first, 1), 2)
            for item, net in _BUDGET.items():
                if item in ("event", "survey") or (n == 11 and item in _ACCRUED):
                    continue
                share = net * _OVER.get((self.year, item), 0.985) / 12
                self._line(
                    paid, told, "spent", item, round(share * self.rng.uniform(0.97, 1.03)), title=f"{first.month}月分"
                )
        self._line(
            date(self.year + 1, 2, 27),
            date(self.year + 1, 3, 2),
            "spent",
            "survey",
            1_640_000,
            title="アンケートの実施と集計",
        )

    def events(self) -> None:
        """Each event: room and print at the full rate, drinks at the reduced one; a cancelled room is paid back in part."""
        for event in PROGRAMME:
            year = event.first.year - (event.first.month < 4)
            if year != self.year:
                continue
            told = nth_business_day(event.last + timedelta(days=6), 1)  # in time for the event's report
            on = event.last + timedelta(days=5)
            self._line(
                on, told, "spent", "event", 420_000 + 3_100 * event.people, title="会場・機材・印刷", event=event.number
            )
            if event.form != "online" and not event.cancelled:
                self._line(
                    on, told, "spent", "event", 260 * event.people, title="会場の飲料", rate=8, event=event.number
                )
            if event.cancelled:
                self._line(
                    on,
                    told,
                    "spent",
                    "event",
                    -210_000,
                    title="会場費の返金",
                    event=event.number,
                    reason="中止による返金",
                )

    def close(self) -> None:
        """What is paid after the year is accrued in March; settled in April, one of them at another amount."""
        march, april = date(self.year + 1, 3, 25), date(self.year + 1, 4, 20)
        for item, (net, settled) in _ACCRUED.items():
            number = self._line(march, march, "accrued", item, net, title="3月分の未払")
            why = "" if settled == net else "請求額が見積りを下回った。"
            self._line(april, april, "final", item, settled, number=number, title="未払の確定", reason=why)
