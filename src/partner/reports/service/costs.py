"""What an event cost: planned, ordered, spent and accrued by item, in whole yen with tax; and the tax by its rates."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from partner.documents.blocks import Block, Cell, Column, Paragraph, Row, Run, Table, plain
from partner.facts.models.expenses import Expense, ExpenseStage
from partner.figures.engine import Value, Where
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.forms import Params, form
from partner.reports.notes import notes_of
from partner.reports.service.event import held_event
from partner.reports.sheet import Sheet

_STAGES = (("budget", "予算"), ("committed", "契約・発注"), ("spent", "支出"), ("accrued", "未払計上"))
_PAID = (ExpenseStage.SPENT, ExpenseStage.ACCRUED)


@form("event_costs")
def event_costs(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """The table by item; what nobody recorded blocks."""
    number = held_event(sheet).number
    rows = expenses_of(sheet, number)
    if not any(row.stage in _PAID for row in rows):
        sheet.block(entry.item, "催しの費用（支出）がまだ記録されていない。")
    used = {row.item for row in rows}
    listed = sheet.evaluation.rows("expenses.spent", sheet.period, ("item",))
    codes = [(row["code"], row["label"]) for row in listed if row["code"] in used]
    made = [_row(sheet, entry, n, label, {"item": code}) for n, (code, label) in enumerate(codes, 1)]
    made.append(_row(sheet, entry, len(codes) + 1, "計", {}))
    columns = (
        Column("費目", kind="label"),
        *(Column(label, width=24, letter=letter, tint=letter == "c") for letter, (_, label) in zip("abcd", _STAGES, strict=True)),
        Column("予算との差", width=24, letter="e"),
    )  # fmt: skip
    table = Table(
        columns, tuple(made), number=entry.place, title=entry.title, unit=entry.unit, dense=True,
        definitions=tuple(name for name in entry.definitions.split(",") if name),
        notes=("予算との差＝支出＋未払計上−予算。金額は消費税を含む。", *_below_zero(rows), *notes_of(sheet, ["expenses.spent"])),
        alt="費目ごとの予算、契約・発注、支出、未払計上と予算との差。",
    )  # fmt: skip
    return [*_message(sheet), table]


def _message(sheet: Sheet) -> list[Block]:
    """支出と未払計上の計は737,500円で、予算を10,500円下回った。"""
    budget, spent, accrued = (_amount(sheet, stage, {}).value for stage in ("budget", "spent", "accrued"))
    if spent is None:
        return []
    paid = spent + (accrued or 0)
    runs = [Run("支出と未払計上の計は"), Run(f"{wording.count(paid)}円", bold=True)]
    said = wording.sentence([wording.against("予算", paid, budget, "円")]) if budget is not None else ""
    return [Paragraph((*runs, Run(f"で、{said}" if said else "である。")))]


def expenses_of(sheet: Sheet, number: str) -> list[Any]:
    """The lines that name the event, as known at the cut."""
    rows: Any = Expense.objects
    return list(rows.known_at(sheet.cut).filter(event=number).order_by("valid_from", "pk"))


def _row(sheet: Sheet, entry: CatalogueEntry, n: int, label: str, where: Where) -> Row:
    address = f"{entry.place}.{n:02d}"
    values = {stage: _amount(sheet, stage, where) for stage, _ in _STAGES}
    cells = [
        _cell(sheet, address + letter, values[stage], stage, where)
        for letter, (stage, _) in zip("abcd", _STAGES, strict=True)
    ]
    if values["budget"].value is None or values["spent"].value is None:
        over = Cell("未算出", state="not_computed", number=address + "e")
    else:
        paid = values["spent"].value + (values["accrued"].value or 0)
        over = Cell(wording.signed(paid - values["budget"].value), number=address + "e")
    return Row(label, (*cells, over), number=f"{n:02d}", strong=not where)


def _amount(sheet: Sheet, stage: str, where: Where) -> Value:
    """An item of a stage of which something was told is 0 where nothing was told of it."""
    value, total = (sheet.evaluation.value(f"expenses.{stage}", sheet.period, one) for one in (where, {}))
    return value if value.value is not None or total.value is None else Value(0, total.state)


def _cell(sheet: Sheet, address: str, value: Value, stage: str, where: Where) -> Cell:
    """Nothing of the stage was told: what was spent is owed, an order or an accrual need not be."""
    if value.value is None and stage != ExpenseStage.SPENT:
        return Cell("記録なし", state="not_computed", number=address)
    return sheet.cell(address, value, f"expenses.{stage}", sheet.period, where, compared="a")


def _below_zero(rows: list[Any]) -> tuple[str, ...]:
    """Refunds and discounts with their reasons."""
    return tuple(
        f"減額：{row.title} {wording.count(row.net + row.tax)}円（{row.reason}）。" for row in rows if row.net < 0
    )


@form("event_taxes")
def event_taxes(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """What was spent and accrued, net and tax, by the rates of the tax."""
    rows = [row for row in expenses_of(sheet, held_event(sheet).number) if row.stage in _PAID]
    if not rows:
        return [Paragraph(plain("支出の記録がないため、税率別の内訳はない。"))]
    sums: dict[Decimal, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        sums[row.rate][0] += row.net
        sums[row.rate][1] += row.tax
    made = [_taxed(entry, n, _rate(rate), *sums[rate]) for n, rate in enumerate(sorted(sums, reverse=True), 1)]
    net, tax = (sum(each[n] for each in sums.values()) for n in (0, 1))
    made.append(_taxed(entry, len(made) + 1, "計", net, tax))
    columns = (
        Column("税率", kind="label"), Column("税抜", width=28, letter="a"), Column("消費税", width=28, letter="b"),
        Column("計", width=28, letter="c", strong=True),
    )  # fmt: skip
    table = Table(
        columns, tuple(made), number=entry.place, title=entry.title, unit=entry.unit, dense=True,
        notes=("支出と未払計上の計。",), alt="税率ごとの税抜の額、消費税、計。",
    )  # fmt: skip
    return [table]


def _rate(rate: Decimal) -> str:
    return "対象外" if not rate else f"{rate.normalize():f}％"


def _taxed(entry: CatalogueEntry, n: int, label: str, net: int, tax: int) -> Row:
    amounts = zip("abc", (net, tax, net + tax), strict=True)
    cells = tuple(Cell(wording.count(yen), number=f"{entry.place}.{n:02d}{letter}") for letter, yen in amounts)
    return Row(label, cells, number=f"{n:02d}", strong=label == "計")
