"""Every printed number, state and mark of the document is in the workbook, under the name of its cell."""

from datetime import datetime
from functools import cache

import pytest

from partner.documents.blocks import Cell, GroupRow, Row, Table
from partner.documents.excel import render_xlsx
from partner.documents.excel.names import cell_name
from partner.documents.links import every_block
from tests.documents.excel.book_facts import Opened, numbered_cells, opened, shown
from tests.documents.sample import report
from tests.documents.sample_charts import GALLERY

DOCUMENT = report(draft=True, extra=GALLERY)


@cache
def book() -> Opened:
    return opened(render_xlsx(DOCUMENT))


def test_every_numbered_cell_is_named_and_shows_what_is_printed() -> None:
    cells = numbered_cells(DOCUMENT)
    assert len(cells) > 500
    wrong = {c.number: shown(book().named(cell_name(c.number))) for c in cells}
    assert wrong == {c.number: c.text for c in cells}


def test_marks_stand_right_of_their_numbers() -> None:
    cells = [cell for cell in numbered_cells(DOCUMENT) if book().named(cell_name(cell.number)).data_type == "n"]
    beside = {cell.number: book().named(cell_name(cell.number)).offset(0, 1).value or "" for cell in cells}
    assert beside == {cell.number: cell.mark for cell in cells}
    assert {cell.mark for cell in cells} == {"", "訂"}


def test_printed_numbers_are_numbers_and_states_are_words() -> None:
    kinds = {c.number: book().named(cell_name(c.number)).data_type for c in numbered_cells(DOCUMENT)}
    assert kinds["M1-1.07a"] == "n"
    assert book().named("M1_1_07a").value == 82014
    assert book().named("M1_1_05c").value == 4
    assert book().named("M9_4_05a").value == "未入力"
    assert {kinds[c.number] for c in numbered_cells(DOCUMENT) if c.text in ("＊", "該当なし", "未算出")} == {"s"}


def test_signs_are_those_of_the_paper() -> None:
    assert shown(book().named("M9_1_07c")) == "−0.055"
    assert shown(book().named("M1_1_08a")) == "+276"
    assert shown(book().named("M9_1_04f")) == "−35"
    assert shown(book().named("M9_1_01f")) == "±0"


def test_each_row_stands_with_its_number_sign_and_label() -> None:
    value = book().named("M1_1_07a")
    row = [cell.value for cell in value.parent[value.row]]
    assert row[:3] == ["07", "＝", "当月末"]


def test_every_text_of_the_tables_is_there() -> None:
    """Those of the tables that are not torn: none of the sample is."""
    found = set(book().texts)
    for table in (block for block in every_block(DOCUMENT.blocks) if isinstance(block, Table)):
        labels = {row.label for row in table.rows if row.label and isinstance(row, Row | GroupRow)}
        assert not {label for label in labels if not any(label in text for text in found)}


def test_answers_in_five_steps_become_numbers() -> None:
    sheet = book().book["X1"]
    rows = [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]
    assert ["設問", "満足", "やや満足", "どちらでもない", "やや不満", "不満", "無回答", "平均", "上位2段階%"] in rows
    assert any(row[:7] == ["01", "相談全体の満足度", 13, 8, 2, 1, 0] for row in rows)


def test_summary_has_its_numbers_and_sparklines() -> None:
    sheet = book().book["要約"]
    rows = [[cell.value for cell in row if cell.value is not None] for row in sheet.iter_rows()]
    assert ["M1", "人材登録者数", 82014, "人", 276, 0.3, 3345, 4.3, "M1-1.07a"] in rows
    xml = next(part for name, part in book().parts.items() if "sparklineGroups" in part and "worksheets" in name)
    assert xml.count("<x14:sparkline>") == 9
    assert 'displayEmptyCellsAs="gap"' in xml


def test_links_are_whole_addresses_and_lie_on_numbers() -> None:
    value = book().named("M1_1_07a")
    assert value.hyperlink.target == "https://desk.example.jp/figures/M1-1.07a"
    assert value.hyperlink.tooltip == "M1-1.07a"
    assert all(cell.data_type == "n" for cell in book().cells if cell.hyperlink and cell.hyperlink.target)


def test_definitions_are_reached_from_the_titles() -> None:
    targets = {cell.hyperlink.location for cell in book().cells if cell.hyperlink and cell.hyperlink.location}
    assert {"定義_D1", "定義_D3", "'M1'!A1"} <= targets
    assert book().named("定義_D1").value == "D1"


@pytest.mark.parametrize(
    ("state", "look"),
    [("未入力", ("FFAC3E00", "FFFFEEE2", True)), ("該当なし", ("FF666666", None, False))],
)
def test_states_look_like_states(state: str, look: tuple[str, str | None, bool]) -> None:
    number = next(c.number for c in numbered_cells(DOCUMENT) if c.text == state and c.number != "M9-4.07a")
    cell = book().named(cell_name(number))
    fill = cell.fill.fgColor.rgb if cell.fill.fill_type else None
    assert (cell.font.color.rgb, fill, bool(cell.font.bold)) == look


def test_missing_has_a_dashed_frame() -> None:
    border = book().named("M9_4_05a").border
    assert {side.style for side in (border.left, border.right, border.top, border.bottom)} == {"dashed"}


def test_only_the_current_month_is_tinted() -> None:
    tinted = {c.number[-1] for c in numbered_cells(DOCUMENT) if c.number.startswith("M1-1.") and _tint(c)}
    assert tinted == {"a"}


def _tint(cell: Cell) -> bool:
    return bool(book().named(cell_name(cell.number)).fill.fgColor.rgb == "FFE8F1FE")


def test_properties_tell_of_the_document() -> None:
    found = book().book.properties
    assert (found.title, found.subject, found.creator) == (DOCUMENT.title, DOCUMENT.subject, DOCUMENT.author)
    assert found.created == found.modified == datetime(2026, 11, 6, 3, 0)  # noqa: DTZ001
    assert book().book.custom_doc_props["Language"].value == "ja"
    assert book().cells[0].font.name == "游ゴシック"
