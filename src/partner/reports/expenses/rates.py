"""経費の税率別の内訳: net, tax and total of what the year costs, each rate for itself."""

from collections import defaultdict
from decimal import Decimal

from partner.documents.blocks import Block, Cell, Column, Row, Table
from partner.facts.models.expenses import Expense
from partner.master.models import CatalogueEntry
from partner.reports.expenses.lines import Account
from partner.reports.forms import Params, form
from partner.reports.sheet import Sheet

_COLUMNS = (
    Column("税率", kind="label"), Column("件数", width=18, letter="a"), Column("税抜", width=30, letter="b"),
    Column("消費税", width=26, letter="c"), Column("税込", width=30, letter="d"),
)  # fmt: skip


@form("expense_rates")
def expense_rates(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """The highest rate first; lines of no tax are 対象外."""
    account = Account(sheet)
    rates: dict[Decimal, list[Expense]] = defaultdict(list)
    for line in account.counted:
        rates[line.rate].append(line)
    rows = [
        _row(account, entry.place, n, _label(rate), rates[rate])
        for n, rate in enumerate(sorted(rates, reverse=True), 1)
    ]
    rows.append(_row(account, entry.place, 99, "計", account.counted))
    table = Table(
        _COLUMNS, tuple(rows), number=entry.place, title=entry.title, unit="円", alt="税率ごとの税抜、消費税、税込の額",
        definitions=tuple(entry.definitions.split(",")),
        notes=("見込に数えた伝票の行を、税率ごとに合計する。消費税は伝票の額であり、合計から計算し直さない。",),
    )  # fmt: skip
    return [table]


def _label(rate: Decimal) -> str:
    """10％, 8.5％."""
    return f"{rate.normalize():f}％" if rate else "対象外（0％）"


def _row(account: Account, place: str, n: int, label: str, lines: list[Expense]) -> Row:
    net, tax = sum(line.net for line in lines), sum(line.tax for line in lines)
    texts = (str(len(lines)), account.yen(net), account.yen(tax), account.yen(net + tax))
    cells = tuple(Cell(text, number=f"{place}.{n:02d}{letter}") for letter, text in zip("abcd", texts, strict=True))
    return Row(label, cells, number=f"{n:02d}", strong=n == 99)
