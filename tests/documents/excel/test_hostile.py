"""Texts that harm a workbook: formulas, characters, lengths, widths."""

import re
import zipfile
from io import BytesIO

import pytest
from lxml import etree

from partner.documents.blocks import (
    Bar,
    BarChart,
    Cell,
    Column,
    ColumnBar,
    ColumnChart,
    Cover,
    Document,
    Entry,
    Finding,
    FlowChart,
    FlowPoint,
    Heading,
    KeyValues,
    Legend,
    LegendEntry,
    LineChart,
    LinePanel,
    NoteBox,
    Paragraph,
    Plans,
    ProgressChart,
    Requests,
    Row,
    Section,
    Series,
    Table,
    plain,
)  # fmt: skip
from partner.documents.data_sheet import DataSheet
from partner.documents.excel import render_xlsx
from tests.documents.excel.book_facts import opened
from tests.documents.sample import short

FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "{=1}",
    "http://example.jp",
    "mailto:a@b.jp",
    "#REF!",
)


def table(*cells: Cell, label: str = "行", title: str = "題") -> Table:
    columns = (Column("区分", kind="label"), *(Column(f"列{n}", width=20) for n in range(len(cells))))
    return Table(columns, (Row(label, cells),), "一行の表", title=title)


def everywhere(text: str) -> Document:
    """The text in every place that takes one."""
    cover = Cover((text,), text, text, text, text, text, text, ((text, (text,)),), text)
    named = plain(text)
    one = (text, text, text, text)
    blocks = (
        Section(text, message=named, source=text),
        Heading(text), Paragraph(named), Finding(text, named), Plans((Entry(text, text),), text), Requests((text,), text),
        KeyValues(((text, named),)), NoteBox(named, text), Legend((LegendEntry(Cell(text), text),), text),
        table(Cell(text), label=text, title=text),
        ColumnChart(*one, columns=(ColumnBar(text, 1, note=text),)),
        BarChart(*one, bars=(Bar(text, 1, text, 2),)),
        LineChart(*one, panels=(LinePanel(text, (text,), (Series((1,), text),)),), gap_label=text),
        FlowChart(*one, points=(FlowPoint(text, 1, 2),), above_label=text, below_label=text),
        ProgressChart(*one, labels=(text, text), target=1, done=(1,), done_label=text, target_label=text),
    )  # fmt: skip
    return Document(text, text, short().moment, blocks, cover, "ja", text, text, text, text, text)


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_stay_text(text: str) -> None:
    found = opened(render_xlsx(everywhere(text), (DataSheet(text, (text,), ((text,),), text),)))
    assert not [cell for cell in found.cells if cell.data_type not in ("s", "n")]
    assert found.texts.count(text) >= 8
    assert not [name for name, part in found.parts.items() if "<f>" in part and "worksheets/" in name]
    assert not [part for part in found.parts.values() if f"<c:f>{text.lstrip('=')}" in part]
    if text[0] in "=+-@":
        assert all(cell.quotePrefix for cell in found.cells if cell.value == text and cell.row > 4)


@pytest.mark.parametrize(
    "text",
    ["\x00\x01\x08\x1b", "会場😀", "\ud800", "\udfff\ud800", "مرحبا שלום", "<b>&amp;</b>]]>", "{{ 7*7 }}{% if %}", "_x0041_",
     "&P &D &[Tab]", "\u200b\ufeff", "\ufffe\uffff", "tab\tend", "line\r\nline", "'quoted'", '"'],
)  # fmt: skip
def test_odd_characters_never_break_the_file(text: str) -> None:
    content = render_xlsx(everywhere(text), (DataSheet(text, (text,), ((text,),), text),))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
    assert opened(content).book.sheetnames


def test_characters_the_other_formats_lack_are_replaced_and_listed() -> None:
    texts = opened(render_xlsx(short(Paragraph(plain("会場😀です")), table(Cell("a"), label="\x07")))).texts
    assert "会場〓です" in texts
    assert "〓" in texts
    assert any(re.search("U\\+0007（[^）]+）、U\\+1F600（[^）]+）", text) for text in texts)


def test_escapes_of_the_format_itself_stay_as_written() -> None:
    found = opened(render_xlsx(everywhere("_x0041_")))
    assert "_x005F_x0041_" in found.parts["xl/sharedStrings.xml"]


def test_a_path_or_script_is_no_link() -> None:
    found = opened(render_xlsx(short(table(Cell("1", link="/figures/x"), Cell("2", link="javascript:x")))))
    assert not [cell for cell in found.cells if cell.hyperlink]


def test_an_overlong_link_is_left_out() -> None:
    found = opened(
        render_xlsx(
            short(table(Cell("1", link="https://example.jp/" + "x" * 3000), Cell("2", link="https://example.jp/")))
        )
    )
    assert [cell.value for cell in found.cells if cell.hyperlink] == [2]


def test_a_text_of_twenty_thousand_characters_goes_on_in_the_rows_below() -> None:
    text = "".join(f"第{n}文である。" for n in range(2600))
    columns = (Column("区分", kind="label"), Column("内容", kind="text", width=60))
    sheet = opened(
        render_xlsx(short(Section("長", number="L1"), Table(columns, (Row("行", (Cell(text),)),), "長い")))
    ).book["L1"]
    pieces = [cell.value for row in sheet.iter_rows(min_row=4) for cell in row if cell.value and cell.value != "行"]
    assert "".join(pieces).replace("\n", "") == text
    assert max(len(piece) for piece in pieces) < 1000
    assert all((sheet.row_dimensions[row].height or 15) <= 409 for row in range(1, sheet.max_row))


def test_a_label_of_two_hundred_characters_is_whole() -> None:
    label = "長い名前の項目" * 29
    found = opened(render_xlsx(short(table(Cell("1"), label=label))))
    cell = next(cell for cell in found.cells if cell.value == label)
    assert cell.alignment.wrap_text
    assert cell.parent.row_dimensions[cell.row].height > 50


def test_thirty_columns_fit_on_a_page() -> None:
    cells = tuple(Cell(f"{n * 98765:,}", number=f"W-1.01{chr(97 + n)}" if n < 26 else "") for n in range(30))
    found = opened(render_xlsx(short(Section("幅", number="W1"), table(*cells))))
    sheet = found.book["W1"]
    assert found.named("W_1_01z").value == 25 * 98765
    area = sheet.print_area.split(":")[1]
    assert sheet.max_column == sheet[area.replace("$", "")].column
    assert sheet.freeze_panes.startswith("C")


def test_a_table_without_rows_has_its_heads() -> None:
    columns = (Column("区分", kind="label"), Column("値", width=16))
    found = opened(render_xlsx(short(Table(columns, (), "空", number="E-1", title="空の表"))))
    assert {"表E-1　空の表", "区分", "値"} <= {str(text) for text in found.texts}


def test_a_header_longer_than_excel_takes_is_cut_visibly() -> None:
    found = everywhere("とても長い題名" * 30)
    sheet = opened(render_xlsx(found)).book.worksheets[1]
    assert sheet.oddHeader.left.text.endswith("…")


def test_the_same_number_twice_names_its_first_cell() -> None:
    one, two = table(Cell("1", number="M1-1.01a")), table(Cell("2", number="M1-1.01A"))
    assert opened(render_xlsx(short(one, two))).named("M1_1_01a").value == 1


@pytest.mark.parametrize("length", [200, 20_000])
def test_long_texts_anywhere_keep_the_file_whole(length: int) -> None:
    found = opened(render_xlsx(everywhere("長い文。" * (length // 4))))
    heights = [d.height for sheet in found.book.worksheets for d in sheet.row_dimensions.values() if d.height]
    assert max(heights) <= 409
    assert max(len(text) for text in found.texts) <= 32_767
