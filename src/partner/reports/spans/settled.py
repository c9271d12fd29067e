"""速報値の確定: what the annual report had printed of March before the month was over, and what it came to be (rule 7)."""

from decimal import Decimal

from partner.common.period import fiscal_year, fiscal_year_of
from partner.documents.blocks import Block, Cell, Column, Paragraph, Row, Section, Table, plain
from partner.facts.models.texts import GivenFigure
from partner.figures.declare import find
from partner.reports import wording
from partner.reports.corrected import parts_of
from partner.reports.sheet import Printed, Sheet
from partner.reports.spans.march import given_of_march, now_of, printed_of

MARCH = 3


def settlement(sheet: Sheet) -> list[Block]:
    """In March's monthly report, where the annual report went out before: a line for each number that changed."""
    if sheet.kind != "monthly" or sheet.period.first.month != MARCH:
        return []
    given = given_of_march(sheet)
    if not given:
        return []
    printed = printed_of(sheet)
    pairs = [(old, one) for old in given.values() if (one := now_of(old, printed))]
    rows = [_row(sheet, n, old, one) for n, (old, one) in enumerate((pair for pair in pairs if _differ(*pair)), 1)]
    year = fiscal_year(fiscal_year_of(sheet.period.first)).label
    head = Section("年間業務完了報告書の速報値の確定", new_page=False, message=plain(
        f"{year}の年間業務完了報告書に速報値として記した3月の{len(pairs)}件のうち、{len(rows)}件が確定により変わった。"))  # fmt: skip
    return [head, _table(rows) if rows else Paragraph(plain("変わったものはない。"))]


def _differ(old: GivenFigure, one: Printed) -> bool:
    return old.text != one.text


def _read(text: str) -> Decimal:
    """A printed number."""
    return Decimal(text.replace(",", "").replace(wording.MINUS, "-").strip("±+"))


def _row(sheet: Sheet, n: int, old: GivenFigure, one: Printed) -> Row:
    figure, change = find(old.key), "未算出"
    if one.value is not None:
        grown = _read(one.text) - _read(old.text)
        change = f"{'+' if grown > 0 else wording.MINUS}{abs(grown):,}"
    cells = (
        Cell("・".join([figure.label, *parts_of(sheet, old.key, old.where)])), Cell(old.cell), Cell(old.text), Cell(one.text, strong=True),
        Cell(change), Cell(one.number),
    )  # fmt: skip
    return Row(str(n), cells)


def _table(rows: list[Row]) -> Table:
    columns = (
        Column("No.", kind="label", width=10), Column("数値", kind="text"), Column("年報のセル", kind="text", width=24),
        Column("速報値", width=22), Column("確報", width=22), Column("差", width=18), Column("本書のセル", kind="text", width=24),
    )  # fmt: skip
    note = "速報値は年間業務完了報告書のデータ締切、確報は本書のデータ締切の記録による。"
    return Table(columns, tuple(rows), alt="3月の速報値と確報、その差", notes=(note,))
