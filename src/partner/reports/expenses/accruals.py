"""未払計上 with its evidence, and how each was settled after the year had closed."""

from partner.common.period import era_year, jst_day
from partner.documents.blocks import Block, Cell, Column, Heading, Paragraph, Row, Table, plain
from partner.facts import attachments
from partner.facts.models.expenses import Expense
from partner.master.models import CatalogueEntry
from partner.reports.expenses.lines import Account, Accrual, total
from partner.reports.forms import Params, form
from partner.reports.sheet import Sheet

_ACCRUED = (
    Column("伝票番号", kind="label", width=22), Column("費目", kind="text", width=34), Column("摘要", kind="text"),
    Column("日付", kind="text", width=22), Column("税込", width=20, letter="a"), Column("証憑", kind="text", width=44),
)  # fmt: skip
_SETTLED = (
    Column("伝票番号", kind="label", width=22), Column("摘要", kind="text"), Column("計上額", width=22, letter="a"),
    Column("確定額", width=22, letter="b"), Column("差", width=18, letter="c"), Column("理由", kind="text", width=52),
)  # fmt: skip
_NUMBER_IS_ENOUGH = "番号"


@form("expense_accruals")
def expense_accruals(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """Each accrued voucher; one whose evidence is not attached blocks, unless its number alone was agreed to do."""
    account = Account(sheet)
    if not account.accruals:
        return [Heading(entry.title), Paragraph(plain("未払計上はない。"))]
    rows = [_accrued(account, entry, n, one) for n, one in enumerate(account.accruals, 1)]
    whole = sum(total(one.rows) for one in account.accruals)
    rows.append(_total(account, entry, whole))
    notes = ["年度に属し、年度の後に支払う額である。"]
    if sheet.contract("expense_evidence") == _NUMBER_IS_ENOUGH:
        notes.append("証憑は番号だけを示す。現物は受託事業者が保管する。")
    table = Table(
        _ACCRUED, tuple(rows), number=entry.place, title=entry.title, unit="円（税込）", alt="未払計上した伝票と証憑",
        definitions=tuple(entry.definitions.split(",")), notes=tuple(notes),
    )  # fmt: skip
    return [table]


def _accrued(account: Account, entry: CatalogueEntry, n: int, one: Accrual) -> Row:
    row, book = one.first, account.sheet.evaluation.book
    cells = (
        Cell(book.label("expense_item", row.item, account.sheet.at)), Cell(row.title), Cell(_day(account, row)),
        Cell(account.yen(total(one.rows)), number=f"{entry.place}.{n:02d}a"), _evidence(account, entry, one),
    )  # fmt: skip
    return Row(one.number, cells)


def _day(account: Account, row: Expense) -> str:
    """3月25日; with the year where it is not the one in which the fiscal year ends."""
    day = jst_day(row.valid_from)
    return f"{'' if day.year == account.year + 1 else f'{era_year(day)}'}{day.month}月{day.day}日"


def _total(account: Account, entry: CatalogueEntry, whole: int) -> Row:
    empty = Cell("", state="none")
    return Row("計", (empty, empty, empty, Cell(account.yen(whole), number=f"{entry.place}.99a"), empty), strong=True)


def _evidence(account: Account, entry: CatalogueEntry, one: Accrual) -> Cell:
    """The number of the paper, and the numbers of the files that are attached."""
    sheet = account.sheet
    numbers = "、".join(dict.fromkeys(row.evidence for row in one.rows if row.evidence))
    files = attachments.of(f"expense:{one.number}", sheet.cut, "evidence")
    if files:
        return Cell(f"{numbers}（添付 {'、'.join(file.number for file in files)}）")
    if numbers and sheet.contract("expense_evidence") == _NUMBER_IS_ENOUGH:
        return Cell(f"{numbers}（番号のみ）")
    sheet.block(entry.title, f"伝票{one.number}の証憑が添付されていない。")
    return Cell(f"{numbers}　未添付".strip(), state="missing")


@form("expense_after")
def expense_after(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """決算後の差額: nothing before an accrual was settled; each difference has its reason."""
    account = Account(sheet)
    settled = [one for one in account.accruals if one.settled]
    if not settled:
        return []
    rows = [_settled(account, entry, n, one) for n, one in enumerate(settled, 1)]
    table = Table(
        _SETTLED, tuple(rows), number=entry.place, title=entry.title, unit="円（税込）", alt="未払計上と、確定した額との差",
        definitions=tuple(entry.definitions.split(",")),
        notes=(f"未払計上{len(account.accruals)}件のうち、確定したもの{len(settled)}件。",),
    )  # fmt: skip
    return [table]


def _settled(account: Account, entry: CatalogueEntry, n: int, one: Accrual) -> Row:
    address = f"{entry.place}.{n:02d}"
    cells = (
        Cell(one.first.title), Cell(account.yen(total(one.rows)), number=address + "a"),
        Cell(account.yen(total(one.settled)), number=address + "b"), Cell(account.signed(one.difference), number=address + "c"),
        _reason(account, entry, one),
    )  # fmt: skip
    return Row(one.number, cells)


def _reason(account: Account, entry: CatalogueEntry, one: Accrual) -> Cell:
    """As the settling line says, else as a person wrote it in the report."""
    if not one.difference:
        return Cell("―", state="not_applicable")
    told = "、".join(row.reason for row in one.settled if row.reason)
    place, sheet = f"expenses.after.{one.number}", account.sheet
    if told:
        return Cell(told)
    sheet.places[place] = (f"伝票{one.number}の差額の理由", "")
    if row := sheet.texts.get(place):
        return Cell(" ".join(row.body.split()))
    sheet.block(entry.title, f"伝票{one.number}の差額の理由が未入力である。", place)
    return Cell("未入力", state="missing")
