"""The sheets as people use them: print, panes, titles, no merging, no formulas."""

from functools import cache
from typing import Any

import pytest

from partner.documents.blocks import Cell, Column, Document, Paragraph, Row, Section, Table, plain
from partner.documents.data_sheet import DataSheet
from partner.documents.excel import render_xlsx
from tests.documents.excel.book_facts import Opened, opened
from tests.documents.sample import report, short
from tests.documents.sample_charts import GALLERY

DATA = DataSheet("データ", ("項目", "値"), (("人数", 82014),), "別のファイルにもある")


@cache
def book() -> Opened:
    return opened(render_xlsx(report(draft=True, extra=GALLERY), (DATA,)))


def sheets() -> list[Any]:
    return list(book().book.worksheets)


def rows(count: int, number: str = "T-1") -> Table:
    columns = (Column("区分", kind="label"), Column("値", width=16, letter="a"))
    body = tuple(Row(f"行{n}", (Cell(f"{n:,}"),), number=f"{n:02}") for n in range(count))
    return Table(columns, body, "表", number=number, title="題")


def test_one_sheet_for_each_item_and_each_table_beyond() -> None:
    assert book().book.sheetnames == [
        "表紙", "要約", "本書の読み方", "M1", "M2", "M9", "集計の定義とルール", "訂正一覧", "承認の記録", "X1",
        "データ", "図のデータ",
    ]  # fmt: skip


def test_a_section_of_text_alone_goes_on_below() -> None:
    document = short(Section("表", number="M1"), rows(2), Section("説明"), Paragraph(plain("文である。")))
    found = opened(render_xlsx(document))
    assert found.book.sheetnames == ["M1"]
    assert {"説明", "文である。"} <= set(found.texts)


def test_nothing_is_merged_and_nothing_is_a_formula() -> None:
    assert not [sheet.title for sheet in sheets() if sheet.merged_cells.ranges]
    assert not [cell.coordinate for cell in book().cells if cell.data_type == "f"]
    assert not [name for name, part in book().parts.items() if "worksheets/sheet" in name and "<f>" in part]


@pytest.mark.parametrize("n", range(12))
def test_every_sheet_prints_on_landscape_a4_one_page_wide(n: int) -> None:
    sheet = sheets()[n]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1) == 1
    assert sheet.oddHeader.left.text.endswith("国際協力人材センター 月次報告書　令和8年10月分（2026年10月）")
    assert n == 0 or "&P ／ &N" in _centre(sheet)
    assert "作成中（提出不可）" in sheet.oddHeader.right.text


def _centre(sheet: Any) -> str:
    footer = sheet.oddFooter.center
    return str(footer.text).replace("&[Page]", "&P").replace("&[Pages]", "&N")


def test_a_final_report_bears_its_version() -> None:
    found = opened(render_xlsx(report()))
    texts = {sheet.oddHeader.right.text for sheet in found.book.worksheets[1:]}
    assert all(text.endswith("第1.0版　令和8年11月9日提出") for text in texts)
    cover = found.book["表紙"]
    assert (cover.oddHeader.right.text, cover.oddFooter.center.text) == (None, None)


def test_heads_stay_in_sight_and_repeat_where_the_one_table_is_torn() -> None:
    sheet = opened(render_xlsx(short(Section("長い表", number="M1"), rows(90)))).book["M1"]
    assert sheet.freeze_panes == "A6"
    assert sheet.print_title_rows == "$4:$5"
    assert [sheet["B4"].value, sheet["C4"].value, sheet["C5"].value] == ["区分", "値", "a"]


def test_of_several_tables_none_lends_its_heads_to_another() -> None:
    sheet = book().book["M1"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$2")


def test_a_table_that_fits_on_a_page_is_not_torn() -> None:
    found = opened(render_xlsx(short(Section("表", number="M1"), *(rows(25, f"T-{n}") for n in range(4)))))
    breaks = [brk.id for brk in found.book["M1"].row_breaks.brk]
    titles = [row for row in range(1, 140) if str(found.book["M1"].cell(row, 1).value).startswith("表T-")]
    assert breaks
    assert {at + 1 for at in breaks} <= set(titles)


def test_group_heads_are_centred_across_columns() -> None:
    sheet = book().book["M1"]
    head = next(cell for row in sheet.iter_rows(max_row=6) for cell in row if cell.value == "前月比")
    assert head.alignment.horizontal == "centerContinuous"
    beside = head.offset(0, 1)
    assert (beside.value, beside.alignment.horizontal) == (None, "centerContinuous")


def test_letters_and_row_numbers_are_those_of_the_paper() -> None:
    sheet = book().book["M1"]
    letters = [cell.value for cell in sheet[7] if cell.value]
    assert letters == ["a", "b", "増減 c", "率% d", "e", "増減 f", "率% g", "h"]
    assert [sheet.cell(row, 1).value for row in range(9, 13)] == ["01", "02", "03", "04"]


def test_totals_are_bold_and_have_a_rule_above() -> None:
    found = book().named("M1_1_07a")
    assert found.font.bold
    assert found.offset(-1, 0).border.bottom.color.rgb == "FF333333"
    assert book().named("M1_1_01a").border.bottom.color.rgb == "FFCCCCCC"


def test_columns_are_wide_enough_for_their_numbers() -> None:
    for sheet in sheets():
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "n" and cell.value):
            width = sheet.column_dimensions[cell.column_letter].width
            size = cell.font.size / 10
            assert len(f"{cell.value:,}") * size < width + 2, (sheet.title, cell.coordinate)


def test_bars_lie_behind_numbers_but_not_behind_totals() -> None:
    part = next(p for name, p in book().parts.items() if "worksheets/sheet4.xml" in name)
    assert part.count('<cfRule type="dataBar"') == 2
    total = book().named("M1_2_11a").coordinate
    assert total not in part.split("<conditionalFormatting sqref=", 2)[1].split(">")[0]


def test_a_document_without_anything_is_still_a_workbook() -> None:
    empty: Document = short()
    assert opened(render_xlsx(empty)).book.sheetnames


def test_cover_has_facts_and_leads_to_the_sheets() -> None:
    cover = book().book["表紙"]
    texts = [cell.value for row in cover.iter_rows() for cell in row if cell.value]
    assert {
        "月次報告書",
        "契約件名",
        "国際協力人材センター運営業務（令和8〜10年度）",
        "人材登録者数（訂正を含む）",
    } <= set(texts)
    assert "目次" not in texts
    assert {"データ", "図のデータ"} <= set(texts)
    assert "'訂正一覧'!A1" in {c.hyperlink.location for row in cover.iter_rows() for c in row if c.hyperlink}


def test_notes_of_data_sheets_are_in_no_cell() -> None:
    assert not [text for text in book().texts if DATA.note in text]
    assert DATA.note in book().book.properties.description


def test_no_table_of_the_sample_is_torn() -> None:
    """Each of them fits on a page: no break lies between its first and last numbered row."""
    tables: dict[tuple[str, str], set[int]] = {}
    for name in book().book.defined_names:
        if name[0] in "MX" and name.count("_") == 2:
            cell = book().named(name)
            tables.setdefault((cell.parent.title, name.rsplit("_", 1)[0]), set()).add(cell.row)
    assert len(tables) > 6
    breaks = {sheet.title: [brk.id for brk in sheet.row_breaks.brk] for sheet in sheets()}
    assert breaks["M1"]
    assert not [key for key, rows in tables.items() if any(min(rows) <= at < max(rows) for at in breaks[key[0]])]
