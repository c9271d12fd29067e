"""Native charts: one for each picture, with its sentence; the values stand on a sheet and the charts refer to them."""

import re
from functools import cache

from lxml import etree

from partner.documents.excel import render_xlsx
from partner.documents.links import every_block
from partner.documents.plots import Chart, LineChart
from tests.documents.excel.book_facts import Opened, opened
from tests.documents.sample import report
from tests.documents.sample_charts import DAILY, GALLERY, GAPPED, GOAL, LOST, VIEWS, WALK

DOCUMENT = report(extra=GALLERY)
NS = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}


@cache
def book() -> Opened:
    return opened(render_xlsx(DOCUMENT))


def charts() -> list[Chart]:
    return [block for block in every_block(DOCUMENT.blocks) if isinstance(block, Chart)]


def drawn() -> list[str]:
    return [part for name, part in sorted(book().parts.items()) if name.startswith("xl/charts/")]


def data() -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row) for row in book().book["図のデータ"].iter_rows(min_row=2)]


def series(title: str, name: str) -> list[object]:
    return [row[5] for row in data() if row[1] == title and row[2] == name]


def test_every_chart_is_there_with_its_sentence() -> None:
    pictures = [len(c.panels) if isinstance(c, LineChart) else 1 for c in charts()]
    assert len(drawn()) == sum(pictures)
    told = re.findall(
        r'descr="([^"]*)"', "".join(part for name, part in book().parts.items() if "drawings/drawing" in name)
    )
    assert sorted(told) == sorted(c.alt for c, n in zip(charts(), pictures, strict=True) for _ in range(n))


def test_no_chart_has_a_legend_or_holds_values_of_its_own() -> None:
    for part in drawn():
        tree = etree.fromstring(part.encode())
        assert not tree.findall(".//c:legend", NS)
        assert not tree.findall(".//c:numLit", NS)
        assert all(f.text.startswith("'図のデータ'!$") for f in tree.findall(".//c:val//c:f", NS))
        assert not [found for found in tree.findall(".//c:dispBlanksAs", NS) if found.get("val") != "gap"]


def test_references_hold_what_the_sheet_says() -> None:
    sheet = book().book["図のデータ"]
    for part in drawn():
        for reference in etree.fromstring(part.encode()).findall(".//c:val/c:numRef", NS):
            cells = sheet[reference.find("c:f", NS).text.split("!")[1].replace("$", "")]
            kept = {int(p.get("idx")): float(p.find("c:v", NS).text) for p in reference.findall(".//c:pt", NS)}
            assert kept == {n: float(cell.value) for n, (cell,) in enumerate(cells) if cell.value is not None}


def test_values_are_those_of_the_document() -> None:
    assert series(DAILY.title, DAILY.title)[: len(VIEWS)] == list(VIEWS)
    assert series(GOAL.title, "実績") == [*GOAL.done, *[None] * 5]
    assert series(GOAL.title, "見込み")[-1] == 386
    assert series(GOAL.title, "均等の進み")[-1] == 400


def test_gaps_stay_gaps_and_are_told() -> None:
    assert series(GAPPED.title, "件数")[3] is None
    assert series(LOST.title, "新規")[1] is None
    assert {"欠測：1月", "欠測：2"} <= set(book().texts)


def test_outflow_is_a_positive_value_drawn_downward() -> None:
    rows = [row for row in data() if row[1] == LOST.title and row[2] == "退会" and row[5] is not None]
    assert rows
    assert all(row[6] == -row[5] and row[5] > 0 for row in rows)  # type: ignore[operator]


def test_a_walk_floats_between_its_levels() -> None:
    base = [row[6] for row in data() if row[1] == WALK.title and row[2] == "下地（描画用）"]
    assert base == [0, 28431, 28645, 28687, 28512, 0]


def test_the_data_of_figures_is_tidy() -> None:
    sheet = book().book["図のデータ"]
    assert [cell.value for cell in sheet[1]] == ["図番号", "図名", "系列", "順", "項目", "値", "描画値", "単位"]
    assert sheet.auto_filter.ref == f"A1:H{sheet.max_row}"
    assert sheet.freeze_panes == "A2"
    assert all(row[2] and row[3] for row in data())
