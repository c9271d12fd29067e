"""The tidy sheets of a report: データ, one printed number a row, and 定義 (look-documents §10; domain §6.4).

They are made from the document's own tables, so that no number can stand on paper that is not here.
"""

from collections.abc import Iterator

from partner.common.period import JST, Period
from partner.documents.blocks import Block, Cell, Column, Columns, GroupRow, Row, Table
from partner.documents.data_sheet import DataSheet, Value
from partner.documents.numerals import numeral
from partner.figures.declare import find
from partner.reports.axes import DIMENSIONS
from partner.reports.back import read_period
from partner.reports.sheet import Printed, Sheet

HEADS = (
    "版", "対象期間", "対象期間（和暦）", "期間開始", "期間終了", "セル番号", "指標キー", "指標名", "測定", "内訳軸", "内訳コード",
    "内訳名", "比較", "値", "単位", "状態", "注記", "定義", "データ締切",
)  # fmt: skip
_STATES = {
    "final": "確報", "provisional": "速報値", "missing": "未入力", "not_computed": "未算出", "not_applicable": "該当なし",
    "no_target": "目標値未設定", "none": "",
}  # fmt: skip
_REMARKS = {"訂": "訂正", "欠": "欠測"}
_MARKED = {"速": "速報値", "前": "前フェーズ報告値"}


def data_sheets(sheet: Sheet, blocks: tuple[Block, ...]) -> tuple[DataSheet, ...]:
    """データ and 定義 of a composed report."""
    printed = {one.number: one for one in sheet.printed if one.number}
    composer = _Rows(sheet, printed)
    rows = tuple(row for table in _tables(blocks) for row in composer.of_table(table))
    return DataSheet("データ", HEADS, rows), _definitions(sheet)


def _tables(blocks: tuple[Block, ...]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Columns):
            yield from _tables((*block.left, *block.right))


def _definitions(sheet: Sheet) -> DataSheet:
    rows = [(row.number, row.name, row.counted, row.left_out) for row in sheet.evaluation.book.definitions(sheet.at)]
    return DataSheet("定義", ("番号", "名称", "数え方", "含めないもの・注意"), tuple(rows))


class _Rows:
    def __init__(self, sheet: Sheet, printed: dict[str, Printed]) -> None:
        self._sheet, self._printed = sheet, printed
        self._names: dict[tuple[str, str], dict[str, str]] = {}

    def of_table(self, table: Table) -> Iterator[tuple[Value, ...]]:
        """Every cell of the table that has a number of its own."""
        group = ""
        for row in table.rows:
            if isinstance(row, GroupRow):
                group = row.label
                continue
            for column, cell in zip(table.columns[1:], row.cells, strict=True):
                if cell is not None and cell.number:
                    yield self._row(table, group, row, column, cell)

    def _row(self, table: Table, group: str, row: Row, column: Column, cell: Cell) -> tuple[Value, ...]:
        known = self._beside(cell.number)
        period = self._period(known)
        axes, codes, names = self._narrowed(known)
        value = numeral(cell.text)
        return (
            str(find(known.key).version) if known else "", period.key, period.label, period.first, period.last, cell.number,
            known.key if known else "", find(known.key).label if known else "", f"{group}　{row.label}".strip("　"),
            axes, codes, names, f"{column.group} {column.heading}".strip(), value.value if value else None,
            self._unit(table, row, column, known), self._state(cell), _remark(cell), "、".join(table.definitions),
            self._sheet.cut.astimezone(JST).replace(microsecond=0),
        )  # fmt: skip

    def _beside(self, number: str) -> Printed | None:
        """What the cell counts; of a rate of change, what the first cell of its row does."""
        if number in self._sheet.computed:
            return None
        return self._printed.get(number) or self._printed.get(number[:-1] + "a")

    def _period(self, known: Printed | None) -> Period:
        return (read_period(known.period) if known else None) or self._sheet.period

    def _narrowed(self, known: Printed | None) -> tuple[str, str, str]:
        where = known.where if known else {}
        names = [self._name(known.key, axis, code) for axis, code in where.items()] if known else []
        return "；".join(DIMENSIONS.get(axis, axis) for axis in where), "；".join(where.values()), "；".join(names)

    def _name(self, key: str, axis: str, code: str) -> str:
        if (key, axis) not in self._names:
            rows = self._sheet.evaluation.rows(key, self._sheet.period, (axis,))
            self._names[key, axis] = {row["code"]: row["label"] for row in rows}
        return self._names[key, axis].get(code, code)

    def _unit(self, table: Table, row: Row, column: Column, known: Printed | None) -> str:
        if "%" in column.heading:
            return "%"
        beside = row.label.rpartition("（")[2].rstrip("）") if row.label.endswith("）") and not table.unit else ""
        return beside or (find(known.key).unit if known else table.unit)

    def _state(self, cell: Cell) -> str:
        if cell.text in ("記録なし", "＊"):
            return {"記録なし": "記録なし", "＊": "基数が10未満"}[cell.text]
        return _MARKED.get(cell.mark) or _STATES[cell.state]


def _remark(cell: Cell) -> str:
    return _REMARKS.get(cell.mark, "")
