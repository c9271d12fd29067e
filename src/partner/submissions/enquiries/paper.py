"""An answer as a document and as tidy rows: the page, the workbook and the csv say the same."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from partner.common.period import parse_period
from partner.documents.blocks import (
    Bar,
    BarChart,
    Block,
    Cell,
    Column,
    Document,
    GroupRow,
    KeyValues,
    LineChart,
    LinePanel,
    Paragraph,
    Row,
    Section,
    Series,
    State,
    Table,
    plain,
)
from partner.documents.data_sheet import DataSheet, Value
from partner.documents.excel import render_xlsx
from partner.reports import wording

Data = dict[str, Any]
ACROSS = 13  # periods that stand side by side; more of them go downwards
LINES_ACROSS = 12
_PANELS, _BARS = 4, 30
_WORDS = {"missing": "記録なし", "not_applicable": "該当なし"}
_STATES: dict[str, State] = {"missing": "none", "not_applicable": "not_applicable"}
_TOLD = {"final": "確報", "provisional": "速報値", "missing": "記録なし", "not_applicable": "該当なし"}
_HEADS = (
    "指標キー", "指標名", "単位", "期間", "期間開始", "期間終了", "絞り込み", "内訳軸", "内訳コード", "内訳名", "値", "状態", "データ締切",
)  # fmt: skip


def document(title: str, facts: tuple[tuple[str, str], ...], data: Data, cut: datetime, *, final: bool) -> Document:
    """The answer laid out: what was asked, tables, chart, caveats, definitions. Until it is approved it says 作成中."""
    blocks: list[Block] = [Section(title, listed=False, new_page=False)]
    if facts:
        blocks.append(KeyValues(tuple((name, plain(text)) for name, text in facts)))
    blocks += [*tables(data), *chart(data)]
    blocks.append(Section("読むときの注意", listed=False, new_page=False))
    blocks += [Paragraph(plain(text)) for text in data["caveats"]]
    blocks += _definitions(data)
    return Document(
        title, title, cut.replace(microsecond=0), tuple(blocks), header_left=title, draft=not final,
        footer_left=f"データ締切 {wording.moment(cut)}",
    )  # fmt: skip


def xlsx(title: str, facts: tuple[tuple[str, str], ...], data: Data, cut: datetime, *, final: bool) -> bytes:
    """The workbook: the laid-out sheet, データ and 定義."""
    made = document(title, facts, data, cut, final=final)
    return render_xlsx(made, (sheet(data, cut), _definition_sheet(data)))


def sheet(data: Data, cut: datetime) -> DataSheet:
    """One value a row."""
    figures = {one["key"]: one for one in data["figures"]}
    narrowed = "；".join(f"{one['label']}={one['code_label']}" for one in data["where"])
    rows: list[tuple[Value, ...]] = []
    for line in data["lines"]:
        figure = figures[line["figure"]]
        for told, cell in zip(data["periods"], line["cells"], strict=True):
            period = parse_period(told["key"])
            split = (data["by_label"], line["code"], line["label"]) if line["code"] else ("", "", "")
            rows.append((
                figure["key"], figure["label"], figure["unit"], period.key, period.first, period.last, narrowed, *split,
                _number(cell["value"]), _TOLD.get(cell["state"], cell["state"]), cut.replace(microsecond=0),
            ))  # fmt: skip
    return DataSheet("データ", _HEADS, tuple(rows))


def _number(value: int | str | None) -> Value:
    return Decimal(value) if isinstance(value, str) else value


def _definition_sheet(data: Data) -> DataSheet:
    rows = {
        row["number"]: (row["number"], row["name"], row["counted"], row["left_out"])
        for one in data["figures"]
        for row in one["definitions"]
    }
    return DataSheet("定義", ("番号", "名称", "数え方", "含めないもの・注意"), tuple(rows.values()))


def tables(data: Data) -> list[Block]:
    """Few periods stand side by side, many go downwards; no table is wider than a page takes."""
    if len(data["periods"]) <= ACROSS:
        return [_across(data)]
    found: list[Block] = []
    for first in range(0, len(data["lines"]), LINES_ACROSS):
        found.append(_downwards(data, data["lines"][first : first + LINES_ACROSS]))
    return found


def _across(data: Data) -> Table:
    figures = {one["key"]: one for one in data["figures"]}
    rows: list[Row | GroupRow] = []
    for line in data["lines"]:
        figure = figures[line["figure"]]
        if not line["code"] and data["by"]:
            rows.append(GroupRow(f"{figure['label']}（{figure['unit']}）"))
        name = "全体" if data["by"] and not line["code"] else line["label"]
        name += "" if data["by"] else f"（{figure['unit']}）"
        cells = tuple(_cell(cell, figure["style"]) for cell in line["cells"])
        rows.append(Row(name, cells, strong=not line["code"] and bool(data["by"])))
    months = [one["short"].partition("年") for one in data["periods"]]
    columns = (
        Column(data["by_label"] or "数値", kind="label", width=42),
        *(Column(month or year, group=f"{year}年" if month else "") for year, _, month in months),
    )
    return Table(columns, tuple(rows), _alt(data))


def _downwards(data: Data, lines: list[Data]) -> Table:
    figures = {one["key"]: one for one in data["figures"]}
    rows = tuple(
        Row(one["short"], tuple(_cell(line["cells"][n], figures[line["figure"]]["style"]) for line in lines))
        for n, one in enumerate(data["periods"])
    )
    named = [figures[line["figure"]]["label"] for line in lines]
    heads = [line["label"] if line["code"] else "全体" if data["by"] else line["label"] for line in lines]
    columns = (
        Column("期間", kind="label", width=26),
        *(Column(head, group=name if data["by"] else "") for head, name in zip(heads, named, strict=True)),
    )
    return Table(
        columns,
        rows,
        _alt(data),
        unit="・".join(dict.fromkeys(figures[line["figure"]]["unit"] for line in lines)),
        dense=True,
    )


def _alt(data: Data) -> str:
    names = "、".join(one["label"] for one in data["figures"])
    return f"{names}を{data['periods'][0]['short']}から{data['periods'][-1]['short']}まで示した表"


def _cell(cell: Data, style: str) -> Cell:
    if cell["value"] is None:
        return Cell(_WORDS.get(cell["state"], "—"), _STATES.get(cell["state"], "none"))
    return Cell(wording.number(Decimal(str(cell["value"])), style), mark="速" if cell["state"] == "provisional" else "")


def chart(data: Data) -> list[Block]:
    """What was asked to be drawn: at most as many lines as can be told apart, largest first."""
    if data["chart"] == "line" and len(data["periods"]) > 1:
        return _lines(data)
    return [_bars(data)] if data["chart"] == "bar" else []


def _largest(data: Data, most: int) -> list[Data]:
    wanted = [line for line in data["lines"] if bool(line["code"]) == bool(data["by"])]
    return sorted(wanted, key=lambda line: -Decimal(str(line["cells"][-1]["value"] or 0)))[:most]


def _lines(data: Data) -> list[Block]:
    """Two lines side by side, each on its own scale."""
    figures = {one["key"]: one for one in data["figures"]}
    keys = [one["key"] for one in data["periods"]]
    labels = tuple(key if n in (0, len(keys) - 1) else "" for n, key in enumerate(keys))
    panels = []
    for line in _largest(data, _PANELS):
        style = figures[line["figure"]]["style"]
        values = tuple(
            None if cell["value"] is None else wording.amount(Decimal(str(cell["value"])), style)
            for cell in line["cells"]
        )
        panels.append(LinePanel(line["label"], labels, (Series(values),), from_zero=True))
    left = len([line for line in data["lines"] if bool(line["code"]) == bool(data["by"])]) - len(panels)
    title = "推移" + (f"（最後の期間の多い順に{len(panels)}件。ほかの{left}件は表にある）" if left > 0 else "")
    unit = data["figures"][0]["unit"]
    return [
        LineChart(
            str(n // 2 + 1), title, unit, f"{_alt(data)[:-4]}折れ線（{panels[n].title}ほか）", tuple(panels[n : n + 2])
        )
        for n in range(0, len(panels), 2)
    ]


def _bars(data: Data) -> BarChart:
    figures = {one["key"]: one for one in data["figures"]}
    bars = []
    for line in _largest(data, _BARS):
        value, style = line["cells"][-1]["value"], figures[line["figure"]]["style"]
        amount = None if value is None else wording.amount(Decimal(str(value)), style)
        bars.append(
            Bar(line["label"], amount, "記録なし" if value is None else wording.number(Decimal(str(value)), style))
        )
    title = data["periods"][-1]["label"]
    return BarChart(
        "1", title, data["figures"][0]["unit"], f"{title}の{data['figures'][0]['label']}の横棒", tuple(bars)
    )


def _definitions(data: Data) -> list[Block]:
    found: list[Block] = [Section("数え方", listed=False, new_page=False)]
    for figure in data["figures"]:
        said = [
            figure["meaning"],
            *(f"{row['number']} {row['name']}：{row['counted']}" for row in figure["definitions"]),
        ]
        words = "　".join(text for text in said if text) or "定義は数値の画面による。"
        found.append(Paragraph(plain(f"{figure['label']}（{figure['key']} 第{figure['version']}版）：{words}")))
    return found
