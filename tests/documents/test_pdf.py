"""The PDF: what it claims, what can be read and copied out of it, and that it is always the same."""

from functools import cache

import pytest

from partner.documents.blocks import (
    Cell,
    Column,
    Columns,
    Document,
    Heading,
    KeyValues,
    Paragraph,
    Row,
    Run,
    Section,
    Table,
    comparison_columns,
    plain,
)
from partner.documents.pdf import render_pdf
from tests.documents.pdf_facts import Facts, facts_of
from tests.documents.sample import report, short
from tests.documents.sample_charts import GALLERY


@cache
def draft() -> bytes:
    return render_pdf(report(draft=True, extra=GALLERY))


@cache
def facts() -> Facts:
    return facts_of(draft())


def text_of(document: Document) -> str:
    return facts_of(render_pdf(document)).text


def one_row(*cells: Cell, label: str = "行") -> Table:
    columns = (Column("区分", kind="label"), *(Column(f"列{n}", width=20) for n in range(len(cells))))
    return Table(columns=columns, rows=(Row(label, cells),), alt="一行の表")


def test_is_archival_and_accessible_at_once() -> None:
    found = facts()
    assert (found.archive, found.accessible, found.language, found.tagged) == ("2A", "1", "ja", True)
    assert found.title == "月次報告書 令和8年10月分（2026年10月）"


def test_embeds_its_two_fonts_and_no_other() -> None:
    assert facts().embedded == {"NotoSansJP-Regular", "NotoSansJP-Bold"}
    assert not facts().missing


def test_same_document_same_bytes() -> None:
    assert render_pdf(report(draft=True, extra=GALLERY)) == draft()


@pytest.mark.parametrize(
    "printed",
    ["未入力", "未算出", "該当なし", "目標値未設定", "未設定", "81,738訂", "40,057欠", "87.5速", "±0", "＊", "速報値"],
)
def test_every_state_is_printed(printed: str) -> None:
    assert printed in facts().text.replace(" ", "")


def test_a_draft_says_so_on_every_page_and_a_final_report_on_none() -> None:
    assert all("作成中（提出不可）" in page for page in facts().pages)
    assert "作成中（提出不可）" not in text_of(report())


def test_page_numbers_count_the_cover() -> None:
    pages = facts().pages
    assert f"2 ／ {len(pages)}" in pages[1] or f"2／{len(pages)}" in pages[1].replace(" ", "")


def test_headings_become_bookmarks_and_contents() -> None:
    found = facts()
    assert {"要約", "目次"} <= set(found.bookmarks)
    assert "M1 人材登録者数" in found.bookmarks
    assert "未入力を含む" in found.pages[2]
    # 目次, 本書の読み方 and 提出期限の数え方 are not listed.
    assert found.tags["/TOCI"] == found.tags["/H1"] - 3


def test_tables_have_heads_row_heads_and_a_sentence() -> None:
    found = facts()
    assert len(found.summaries) == found.tags["/Table"] == found.tags["/THead"]
    assert "団体種別の内訳。民間企業が782団体で最も多い" in found.summaries
    assert found.row_heads > 100


def test_charts_have_their_sentence() -> None:
    assert any(alt.startswith("新規は令和7年10月の475人から") for alt in facts().alternatives)
    assert facts().tags["/Figure"] >= len(GALLERY) - 2


def test_definitions_and_cell_numbers_are_links() -> None:
    links = facts().links
    assert links.count("inside") > 20
    assert "https://desk.example.jp/figures/M1-1.07a" in links


def test_a_path_of_the_site_is_no_link_in_a_file() -> None:
    found = facts_of(render_pdf(short(one_row(Cell("1", link="/figures/x"), Cell("2", link="javascript:x")))))
    assert found.links == []


def test_a_link_to_a_place_that_is_not_there_is_plain_text() -> None:
    table = Table(columns=(Column("区分", kind="label"),), rows=(), alt="空の表", title="空", definitions=("D99",))
    assert "D99" in text_of(short(table, Paragraph((Run("参照", number="M9-9.01a"),))))


def test_rare_kanji_can_be_copied_out() -> None:
    assert "髙﨑𠮷德濵邉" in text_of(short(Paragraph(plain("髙﨑𠮷德濵邉"))))


def test_hostile_text_stays_text() -> None:
    hostile = '#read("x") *a* <b> {{x}} =cmd $x$ _u_ `c` @ref [link] \\n // --'
    table = one_row(Cell(hostile), label=hostile)
    found = text_of(short(Section(hostile), Heading(hostile), Paragraph(plain(hostile)), table))
    assert found.replace(" ", "").count('#read("x")*a*<b>{{x}}=cmd$x$_u_`c`@ref[link]\\n//--') >= 4


def test_characters_the_font_lacks_are_replaced_and_listed() -> None:
    found = text_of(short(Paragraph(plain("会場😀は𓀀です")), one_row(Cell("☃️"))))
    assert "会場〓は〓です" in found
    assert "U+1F600" in found
    assert "U+13000" in found
    assert "U+FE0F" in found


def test_a_document_without_odd_characters_has_no_note_about_them() -> None:
    assert "〓" not in text_of(short(Paragraph(plain("普通の文"))))


def test_long_tables_repeat_their_heads_and_rows_stay_whole() -> None:
    label = "とても長い名前であって一行には収まらないため折り返されるもの"
    rows = tuple(Row(f"{n}{label}", tuple(Cell(str(n)) for _ in range(8)), number=f"{n:03}") for n in range(200))
    table = Table(
        columns=comparison_columns("区分", "10月", "9月", "前年10月"), rows=rows, alt="長い表", title="長い表"
    )
    pages = facts_of(render_pdf(short(Section("長い表"), table))).pages
    assert len(pages) > 5
    assert all("前年同月比" in page for page in pages)
    for page in pages:
        whole = page.replace("\r", "").replace("\n", "")
        assert whole.count("とても長い") == whole.count("折り返されるもの") > 0


def test_a_heading_never_stands_alone_at_the_foot_of_a_page() -> None:
    for lines in range(44, 52):
        filler = tuple(Paragraph(plain("行")) for _ in range(lines))
        document = short(*filler, Section("節", new_page=False, message=plain("結果。")), one_row(Cell("12345")))
        with_heading = [page for page in facts_of(render_pdf(document)).pages if "節" in page]
        assert "12345" in with_heading[0]


def test_blocks_of_every_kind_fit_in_columns_and_languages() -> None:
    pairs = KeyValues((("名", plain("値")), ("参照", (Run("注意", attention=True),))))
    found = facts_of(render_pdf(short(Columns(left=(pairs, *GALLERY[1:3]), right=GALLERY[3:5]))))
    assert "注意" in found.text
    english = Document("Short", "Trial", report().moment, (Paragraph(plain("Text")),), language="en", draft=True)
    found = facts_of(render_pdf(english))
    assert found.language == "en"
    assert "Draft (not for submission)" in found.text


def test_a_row_that_is_one_cell_short_is_refused() -> None:
    with pytest.raises(ValueError, match="has 1 cells, not 2"):
        Table(columns=(Column("区分", kind="label"), Column("a"), Column("b")), rows=(Row("行", (Cell("1"),)),), alt="")
