"""The year's expenses as known at the cut: amounts by item, vouchers, what was accrued and how it was settled."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from partner.common.period import fiscal_year_of
from partner.facts.models.expenses import Expense
from partner.facts.models.expenses import ExpenseStage as S
from partner.reports.sheet import Sheet
from partner.reports.wording import MINUS


def total(rows: Iterable[Expense]) -> int:
    """Yen, tax included."""
    return sum(row.net + row.tax for row in rows)


@dataclass(frozen=True)
class Accrual:
    """One voucher that was accrued: its lines, and those that settled it (none yet)."""

    number: str
    rows: tuple[Expense, ...]
    settled: tuple[Expense, ...]

    @property
    def first(self) -> Expense:
        """The line that says what it was for."""
        return self.rows[0]

    @property
    def difference(self) -> int:
        """What was settled, less what was accrued."""
        return total(self.settled) - total(self.rows)


class Account:
    """One fiscal year's lines. What belongs to a year says so itself, whatever its day."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.year = fiscal_year_of(sheet.period.first)

    @cached_property
    def rows(self) -> list[Expense]:
        """All lines of the year, by voucher."""
        rows: Any = Expense.objects
        return sorted(rows.known_at(self.sheet.cut).filter(fiscal_year=self.year), key=_order)

    def of(self, *stages: str, item: str = "") -> list[Expense]:
        """The lines of these stages, of one item or of all."""
        return [row for row in self.rows if row.stage in stages and item in ("", row.item)]

    @cached_property
    def accruals(self) -> list[Accrual]:
        """Each accrued voucher, by number."""
        vouchers: dict[str, list[Expense]] = defaultdict(list)
        for row in self.of(S.ACCRUED):
            vouchers[row.number].append(row)
        settled = self.of(S.FINAL)
        return [
            Accrual(number, tuple(rows), tuple(row for row in settled if row.number == number))
            for number, rows in vouchers.items()
        ]

    @cached_property
    def counted(self) -> list[Expense]:
        """What the year costs as far as is known: spent, settled, and accrued where nothing settled it yet."""
        settled = {row.number for row in self.of(S.FINAL)}
        open_ = [row for row in self.of(S.ACCRUED) if row.number not in settled]
        return [*self.of(S.SPENT, S.FINAL), *open_]

    @property
    def unaccrued(self) -> list[str]:
        """Vouchers with a final amount that were never accrued: under another number it would be counted twice."""
        accrued = {row.number for row in self.of(S.ACCRUED)}
        return list(dict.fromkeys(row.number for row in self.of(S.FINAL) if row.number not in accrued))

    def costs(self, item: str = "") -> int:
        """What the year costs, of one item or of all."""
        return total(row for row in self.counted if item in ("", row.item))

    @cached_property
    def items(self) -> list[tuple[str, str]]:
        """The items in the list's order, code and label; one that is in it no more stands last while it has lines."""
        book, at = self.sheet.evaluation.book, self.sheet.at
        used = {row.item for row in self.rows}
        listed = [row.code for row in book.codes("expense_item", at) if row.code in used]
        return [(code, book.label("expense_item", code, at)) for code in (*listed, *sorted(used - set(listed)))]

    def yen(self, amount: int) -> str:
        """1,234,567; an amount below zero with − or, where that was agreed, ▲."""
        triangle = self.sheet.contract("expense_triangle") == "▲"
        return f"{amount:,}".replace("-", "▲" if triangle else MINUS)

    def signed(self, amount: int) -> str:
        """A difference with its sign; an account that writes ▲ writes neither + nor ±."""
        if self.sheet.contract("expense_triangle") == "▲" or amount < 0:
            return self.yen(amount)
        return f"+{self.yen(amount)}" if amount else "±0"


def _order(row: Expense) -> tuple[Any, ...]:
    return row.number, row.valid_from, -row.rate, row.pk
