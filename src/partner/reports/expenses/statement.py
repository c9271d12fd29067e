"""経費明細: by item what was planned, ordered, spent, accrued and is to be expected; what lies over its budget is explained."""

from partner.documents.blocks import Block, Cell, Column, Finding, Heading, Row, Run, Section, Table, plain
from partner.facts.models.expenses import ExpenseStage as S
from partner.master.models import CatalogueEntry
from partner.reports.expenses.lines import Account, total
from partner.reports.forms import Params, form
from partner.reports.sheet import Sheet
from partner.reports.texts import runs_of

_KEYS = (("a", "budget", "予算"), ("b", "committed", "契約・発注"), ("c", "spent", "支出"), ("d", "accrued", "未払計上"), ("e", "final", "確定"))  # fmt: skip
_WIDTHS = (16.8, 18.5, 16.8, 15.8, 15.2)
_COLUMNS = (
    Column("費目", kind="label"), *(Column(head, width=width, letter=letter) for width, (letter, _, head) in zip(_WIDTHS, _KEYS, strict=True)),
    Column("見込", width=17, letter="f", tint=True), Column("予算との差", width=18.5, letter="g"),
    Column("", kind="text", width=15.2, centre=True),
)  # fmt: skip
RULES = (
    "見込は、支出、確定、及びまだ確定していない未払計上の計である。契約・発注は見込に足さない。",
    "年度の属は伝票の年度による。支出は年度の中に支払ったもの、未払計上は年度に属し年度の後に支払うもの、確定は同じ伝票番号の未払計上の額が決まったものである。",
    "金額は税込の円単位。負の金額は返金又は値引きであり、理由のあるものに限る。",
)


@form("expense_statement")
def expense_statement(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """The statement with its rules; `new_page` False in the parameters: it goes on where it stands."""
    account = Account(sheet)
    if not account.of(S.BUDGET):
        sheet.block(entry.title, "予算の記録がまだ取り込まれていない。")
    if not account.of(S.SPENT, S.ACCRUED, S.FINAL):
        sheet.block(entry.title, "支出の記録がまだ取り込まれていない。")
    for number in account.unaccrued:
        sheet.block(entry.title, f"確定の伝票{number}に、同じ伝票番号の未払計上がない。")
    new_page = params.get("new_page", True) and sheet.kind != "expenses"  # there it follows the few lines of the amount
    section = Section(entry.title, entry.item, params.get("source", ""), _message(account), new_page=new_page)
    rows = [_row(account, entry.place, n, code, label) for n, (code, label) in enumerate(account.items, 1)]
    chip, lead = _standing(account)
    table = Table(
        _COLUMNS, (*rows, _row(account, entry.place, 99, "", "計")), number=entry.place, title="費目別の経費", unit="円（税込）",
        definitions=tuple(entry.definitions.split(",")), notes=RULES, dense=True, chip=chip, lead=lead,
        alt="費目ごとに、予算、契約・発注、支出、未払計上、確定、見込と予算との差を示す",
    )  # fmt: skip
    return [section, table, *_explained(account, entry)]


def _standing(account: Account) -> tuple[str, str]:
    """速報値 in the annual report while the year's vouchers are not told to be all there; the final amount is final."""
    sheet = account.sheet
    if sheet.kind == "expenses" or sheet.evaluation.judge("expenses.spent", sheet.period).state == "final":
        return "", ""
    return "速報値", "年度の伝票がそろったと、まだ届け出られていない。"


def _message(account: Account) -> tuple[Run, ...]:
    costs, budget = account.costs(), total(account.of(S.BUDGET))
    if not account.counted or not budget:
        return plain("経費の記録が、まだそろっていない。")
    over = "上回る" if costs > budget else "下回る" if costs < budget else ""
    said = f"予算{budget:,}円を{abs(costs - budget):,}円{over}。" if over else f"予算{budget:,}円と同額である。"
    word = "確定額" if account.sheet.kind == "expenses" else "見込"
    return Run(f"経費の{word}は"), Run(f"{account.yen(costs)}円", bold=True), Run(f"で、{said}")


def _row(account: Account, place: str, n: int, item: str, label: str) -> Row:
    """One item, or all of them; each amount opens to its lines."""
    address = f"{place}.{n:02d}"
    cells = [_amount(account, address + letter, key, item) for letter, key, _ in _KEYS]
    costs, budget = account.costs(item), total(account.of(S.BUDGET, item=item))
    account.sheet.computed |= {address + "f", address + "g"}
    cells += [
        Cell(account.yen(costs), number=address + "f", strong=not item),
        Cell(account.signed(costs - budget), number=address + "g"),
        Cell("要注意", chip="attention") if costs > budget else Cell("", state="none"),
    ]
    return Row(label, tuple(cells), number=f"{n:02d}", strong=not item)


def _amount(account: Account, address: str, key: str, item: str) -> Cell:
    """The figure, with its link; an item without lines of the stage is 0 once the stage has any line of the year."""
    sheet, where = account.sheet, {"item": item} if item else {}
    value = sheet.evaluation.value(f"expenses.{key}", sheet.period, where)
    if value.value is None:
        sheet.computed.add(address)  # of no record it opens none
        return Cell("0", number=address) if account.of(key) else Cell("―", state="not_applicable", number=address)
    cell = sheet.cell(address, value, f"expenses.{key}", sheet.period, where)
    return Cell(account.yen(int(value.value)), number=address, link=cell.link, strong=not item)


def _explained(account: Account, entry: CatalogueEntry) -> list[Block]:
    """予算を超えた費目: each with its reason, which a person owes."""
    found: list[Block] = []
    for code, label in account.items:
        over = account.costs(code) - total(account.of(S.BUDGET, item=code))
        if over > 0:
            found.append(_explanation(account, entry, f"expenses.{code}", f"{label}：予算を{over:,}円上回る"))
    return [Heading("予算を上回る費目"), *found] if found else []


def _explanation(account: Account, entry: CatalogueEntry, place: str, name: str) -> Block:
    sheet = account.sheet
    sheet.places[place] = (name, "")
    row = sheet.texts.get(place)
    if row is None:
        sheet.block(entry.title, f"理由が未入力である（{name}）。", place)
        return Finding(name, (Run("理由が未入力である。", attention=True),))
    return Finding(name, runs_of(" ".join(row.body.split())))
