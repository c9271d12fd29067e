"""速報値の確定: what the annual report had printed of March before the month was over, and what it came to be (rule 7)."""

from decimal import Decimal
from typing import Any

from partner.common.period import fiscal_year, fiscal_year_of
from partner.documents.blocks import Block, Cell, Column, Paragraph, Row, Section, Table, plain
from partner.facts.models.texts import GivenFigure
from partner.figures.declare import find
from partner.reports import wording
from partner.reports.corrected import parts_of
from partner.reports.corrections import row_of, where_text
from partner.reports.rows import PER_MEASURE
from partner.reports.sheet import Printed, Sheet

MARCH = 3
_Place = tuple[str, str, str]  # row, figure, filter


def settlement(sheet: Sheet) -> list[Block]:
    """In March's monthly report, where the annual report went out before: a line for each number that changed."""
    if sheet.kind != "monthly" or sheet.period.first.month != MARCH:
        return []
    given = given_of_march(sheet)
    if not given:
        return []
    printed = _printed(sheet)
    pairs = [(old, one) for old in given.values() if (one := _now(old, printed))]
    rows = [_row(sheet, n, old, one) for n, (old, one) in enumerate((pair for pair in pairs if _differ(*pair)), 1)]
    year = fiscal_year(fiscal_year_of(sheet.period.first)).label
    head = Section("年間業務完了報告書の速報値の確定", new_page=False, message=plain(
        f"{year}の年間業務完了報告書に速報値として記した3月の{len(pairs)}件のうち、{len(rows)}件が確定により変わった。"))  # fmt: skip
    return [head, _table(rows) if rows else Paragraph(plain("変わったものはない。"))]


def given_of_march(sheet: Sheet) -> dict[_Place, GivenFigure]:
    """What the year's annual report had printed of March, by row, figure and filter: its last submission's."""
    rows: Any = GivenFigure.objects
    year = f"FY{fiscal_year_of(sheet.period.first)}"
    found = rows.known_at(sheet.texts_at).filter(report="annual", period=year, of=sheet.period.key)
    return {(row_of(row.cell), row.key, row.where): row for row in found.order_by("submission", "id")}


def _printed(sheet: Sheet) -> dict[_Place, list[Printed]]:
    """What this report prints of its month: of each row, figure and filter the number itself, then measures or changes."""
    found: dict[_Place, list[Printed]] = {}
    for one in sheet.printed:
        if one.number and one.period == sheet.period.key:
            found.setdefault((row_of(one.number), one.key, where_text(one.where)), []).append(one)
    return found


def _now(old: GivenFigure, printed: dict[_Place, list[Printed]]) -> Printed | None:
    """The same number here. Measures that stand one below the other in the year's table stand side by side here."""
    row = row_of(old.cell)
    if same := printed.get((row, old.key, old.where)):
        return same[0]
    table, _, number = row.rpartition(".")
    measure, place = divmod(int(number) - 1, PER_MEASURE)
    beside = printed.get((f"{table}.{place + 1:02d}", old.key, old.where), [])
    return beside[measure] if measure and measure < len(beside) else None


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
