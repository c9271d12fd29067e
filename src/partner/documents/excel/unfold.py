"""Blocks that are tables in Excel though not in the model, and cell drawings as columns of numbers."""

from dataclasses import dataclass, replace

from partner.documents.blocks import BusinessDays, Cell, Column, Legend, Row, Summary, Table
from partner.documents.plots import FiveSteps, Number, Spread, StepKey
from partner.documents.tables import GroupRow, SummaryRow
from partner.documents.words import summary_heads

STEPS = 5


@dataclass(frozen=True, slots=True)
class Sparkline:
    """The months of one row, oldest first."""

    figure: tuple[str, str, str]
    labels: tuple[str, ...]
    values: tuple[Number | None, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A table to write; `sparks` has one sparkline a row for the column `spark_column`."""

    table: Table
    heading: str = ""
    sparks: tuple[Sparkline, ...] | None = None
    spark_column: int = 0


def part_of(block: Table | Summary | Legend | BusinessDays, words: dict[str, str]) -> Part:
    """The block as a table."""
    if isinstance(block, Summary):
        return _summary(block, words)
    if isinstance(block, Legend):
        return _legend(block, words)
    return Part(_days(block, words)) if isinstance(block, BusinessDays) else Part(_without_drawings(block))


def _summary(summary: Summary, words: dict[str, str]) -> Part:
    month, year, trend = summary_heads(summary.heads, words)
    columns = (
        Column(words["item"], kind="label"),
        Column(summary.period, width=20, tint=True, strong=True), Column("", kind="text", width=13),
        Column("増減", width=16, group=month), Column("率", width=15, group=month),
        Column("増減", width=16, group=year), Column("率", width=15, group=year),
        Column(trend, kind="text", width=30, centre=True),
        Column(words["number"], kind="text", width=18, secondary=True),
    )  # fmt: skip
    table = Table(columns, tuple(map(_summary_row, summary.rows)), summary.alt, notes=(summary.note,), loose=True)
    sparks = tuple(_sparkline(row) for row in summary.rows)
    return Part(table, sparks=sparks, spark_column=7)


def _summary_row(row: SummaryRow) -> Row:
    changes = (row.month_change, row.month_rate, row.year_change, row.year_rate)
    value = replace(row.value, number="", link="")  # the address belongs to the cell in its table
    quiet = [Cell(text, "final" if text[:1] in ("+", "−", "±", "＊") else "not_applicable") for text in changes]
    return Row(row.name, (value, Cell(row.unit, "none"), *quiet, Cell("", "none"), Cell(row.number)), number=row.item)


def _sparkline(row: SummaryRow) -> Sparkline:
    last = len(row.series) - 1
    labels = row.labels or tuple(f"{last - n}か月前" if n < last else "当月" for n in range(len(row.series)))
    return Sparkline((row.item, f"{row.name}の推移", row.unit), labels, row.series)


def _legend(legend: Legend, words: dict[str, str]) -> Part:
    columns = (Column(words["meaning"], kind="label"), Column(words["shown"], width=24))
    rows = tuple(Row(entry.meaning, (entry.cell,)) for entry in legend.entries)
    return Part(Table(columns, rows, legend.alt, loose=True), heading=legend.title)


def _days(block: BusinessDays, words: dict[str, str]) -> Table:
    days = tuple(Column(day.label, kind="text", width=17, centre=True, tint=day.due) for day in block.days)
    counts = tuple(Cell(day.count or words["not_counted"], "final" if day.count else "none") for day in block.days)
    remarks = tuple(Cell("\n".join(day.remarks), strong=day.due) for day in block.days)
    rows = (Row(words["business_day"], counts, strong=True), Row(words["remarks"], remarks, outside=True))
    return Table((Column(block.month, kind="label"), *days), rows, block.alt)


def _without_drawings(table: Table) -> Table:
    """Answers in five steps become five columns; a spread is drawn from numbers that stand beside it already."""
    for n in range(len(table.columns) - 1, 0, -1):
        drawings = [_cells(row)[n - 1].drawing for row in table.rows if isinstance(row, Row) and row.cells[n - 1]]
        if any(isinstance(drawing, FiveSteps) for drawing in drawings):
            table = _stepped(table, n)
        elif any(isinstance(drawing, Spread) for drawing in drawings):
            table = _replaced(table, n, (), {})
    return table


def _cells(row: Row) -> tuple[Cell, ...]:
    return tuple(cell or Cell() for cell in row.cells)


def _stepped(table: Table, n: int) -> Table:
    drawing = table.columns[n].head_drawing
    labels = drawing.labels if isinstance(drawing, StepKey) else tuple(str(step) for step in range(STEPS, 0, -1))
    columns = tuple(
        Column(label, width=17, letter=letter, group=table.columns[n].group)
        for label, letter in zip(labels, _letters(table, n, len(labels)), strict=True)
    )
    found = {}
    for at, row in enumerate(table.rows):
        steps = _cells(row)[n - 1].drawing if isinstance(row, Row) else None
        counts = steps.counts if isinstance(steps, FiveSteps) else ()
        found[at] = tuple(Cell(f"{count:,}") for count in counts) + (Cell("", "none"),) * (len(labels) - len(counts))
    return _replaced(table, n, columns, found)


def _letters(table: Table, n: int, count: int) -> tuple[str, ...]:
    """The letters that the paper leaves to the parts of the drawing, where it does."""
    following = next((column.letter for column in table.columns[n + 1 :] if column.letter), "")
    first = ord(following[0]) - count if following else 0
    taken = {column.letter for column in table.columns}
    found = tuple(chr(first + step) for step in range(count)) if first >= ord("a") else ("",) * count
    return found if not taken & set(found) - {""} else ("",) * count


def _replaced(table: Table, n: int, columns: tuple[Column, ...], cells: dict[int, tuple[Cell, ...]]) -> Table:
    """The table with other columns and cells in the place of its n-th column."""
    rows: list[Row | GroupRow] = []
    for at, row in enumerate(table.rows):
        if isinstance(row, Row):
            new = cells.get(at, ()) + (Cell("", "none"),) * (len(columns) - len(cells.get(at, ())))
            row = replace(row, cells=(*row.cells[: n - 1], *new, *row.cells[n:]))
        rows.append(row)
    return replace(table, columns=(*table.columns[:n], *columns, *table.columns[n + 1 :]), rows=tuple(rows))
