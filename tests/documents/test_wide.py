"""Turned pages, long texts, photographs and originals: the same in every format, within the margins, always the same bytes."""

import ctypes
import os
import re
import subprocess
import sys
from base64 import b64decode
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pypdfium2
import pytest
from docx.oxml.ns import qn
from lxml import html

from partner.documents.blocks import (
    Blockers,
    Bullets,
    Cell,
    Entry,
    KeyValues,
    NoteBox,
    Original,
    Paragraph,
    Picture,
    Requests,
    Row,
    Section,
    plain,
)
from partner.documents.excel import render_xlsx
from partner.documents.html import render_html, render_sections
from partner.documents.pdf import render_pdf
from partner.documents.word import check_template, render_docx
from partner.documents.word import template as maker
from tests.documents.excel.book_facts import opened
from tests.documents.margins import beyond
from tests.documents.numbers import of_docx, of_html
from tests.documents.pdf_facts import Facts, facts_of
from tests.documents.sample import short
from tests.documents.sample_wide import photograph, wide, with_heads, year_table

ROOT = Path(__file__).resolve().parents[2]


@cache
def pdf() -> bytes:
    return render_pdf(with_heads(wide()))


@cache
def facts() -> Facts:
    return facts_of(pdf())


@cache
def word() -> Any:
    return docx.Document(BytesIO(render_docx(with_heads(wide()))))


def turned(content: bytes) -> list[bool]:
    with pikepdf.open(BytesIO(content)) as file:
        return [page.mediabox[2] > page.mediabox[3] for page in file.pages]


def sizes(content: bytes, sign: str) -> list[float]:
    """The sizes of the letters of all pages whose words match."""
    found = []
    for page in pypdfium2.PdfDocument(content):
        text = page.get_textpage()
        whole = text.get_text_range()
        for match in re.finditer(sign, whole):
            found.append(float(pypdfium2.raw.FPDFText_GetFontSize(text, ctypes.c_int(match.start()))))
    return found


def test_pdf_keeps_both_standards_and_its_margins() -> None:
    assert (facts().archive, facts().accessible, facts().tagged) == ("2A", "1", True)
    assert beyond(pdf()) == []
    assert not facts().missing


def test_pages_turn_with_their_sections_and_turn_back() -> None:
    pages = facts().pages
    lying = turned(pdf())
    for page, lies in zip(pages, lying, strict=True):
        if "Y1 " in page or "Y2 " in page or "81,0" in page:
            assert lies
        if "Y0 " in page or "Y3 " in page or "Y4 " in page:
            assert not lies
    assert sum("Y2 " in page and "Y1-1" in page and "計" in page for page in pages) == 1  # it went on below
    assert all("第1.0版" in page and re.search(rf"{n} ?／ ?{len(pages)}", page) for n, page in enumerate(pages, 1))


def test_a_year_of_45_rows_can_be_read_and_repeats_its_heads() -> None:
    with_table = [page for page in facts().pages if "81,0" in page]
    assert len(with_table) == 2
    assert all("前年度計" in page and "3月" in page for page in with_table)
    assert min(sizes(pdf(), r"\d\d,\d{3}")) >= 6.6
    assert len(sizes(pdf(), r"\d\d,\d{3}")) > 500


@pytest.mark.parametrize("base", [81, 1_234_567, 98_765_432])
def test_numbers_of_any_length_stay_in_their_columns(base: int) -> None:
    content = render_pdf(short(Section("年", landscape=True), year_table(30, base)))
    assert beyond(content) == []
    text = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
    assert f"{base + (37 + 0) % 97:,}" in text  # not joined to the number beside it, nor broken
    if base < 10_000_000:
        assert min(sizes(content, r"\d,\d{3}") or [6.6]) >= 6.59


def test_lists_longer_than_a_page_go_on_on_the_next() -> None:
    many = tuple(Entry(f"{n}日", f"第{n}の予定") for n in range(1, 120))
    long = "本年度の取組の経過を述べる。" * 600
    blocks = (
        Blockers(many), Requests(tuple(f"第{n}の確認" for n in range(1, 120))), NoteBox(plain(long + "箱の末尾")),
        KeyValues((("名", plain(long + "値の末尾")),)), Bullets((*(plain(f"第{n}の項目") for n in range(1, 120)), plain(long + "項目の末尾"))),
        Paragraph(plain(long + "文の末尾")),
    )  # fmt: skip
    content = render_pdf(short(*blocks))
    assert beyond(content) == []
    text = facts_of(content).text
    for words in ("第119の予定", "第119の確認", "箱の末尾", "値の末尾", "第119の項目", "項目の末尾", "文の末尾"):
        assert words in text


def test_lists_are_lists_and_photographs_have_their_sentence() -> None:
    assert facts().tags["/LI"] >= 18
    assert {"セミナー会場の全景", "会場の写真2。椅子に座る参加者の後ろ姿"} <= set(facts().alternatives)
    assert "写真2　登録説明の様子" in facts().text
    assert facts().tags["/Caption"] >= 4


def test_no_place_of_a_camera_in_any_file() -> None:
    for content in (pdf(), render_html(wide()).encode()):
        assert b"Exif" not in content
    parts = [part.blob for part in word().part.package.iter_parts() if str(part.partname).startswith("/word/media")]
    assert len(parts) >= 5
    assert all(b"Exif" not in blob and b"eXIf" not in blob for blob in parts)


def test_word_turns_its_pages_and_keeps_running_heads_and_margins() -> None:
    sections = list(word().sections)
    assert [section.orientation for section in sections] == [0, 1, 0]
    for section in sections:
        assert [one.get(qn("w:type")) for one in section._sectPr.findall(qn("w:headerReference"))]
    assert [section.different_first_page_header_footer for section in sections] == [True, False, False]
    upright, lying = sections[0], sections[1]
    assert (lying.page_width, lying.page_height) == (upright.page_height, upright.page_width)
    assert (lying.top_margin, lying.right_margin) == (upright.left_margin, upright.top_margin)
    tables = word().element.body.iter(qn("w:tbl"))
    found = next(one for one in tables if len(list(one.iter(qn("w:gridCol")))) == 18)
    assert sum(int(one.get(qn("w:w"))) for one in found.iter(qn("w:gridCol"))) <= 255 * 57
    assert min(int(one.get(qn("w:val"))) for one in found.iter(qn("w:sz"))) >= 9  # half points, of a state's words
    assert (
        min(
            int(run.find(qn("w:rPr")).find(qn("w:sz")).get(qn("w:val")))
            for run in found.iter(qn("w:r"))
            if "81,0" in "".join(run.itertext())
        )
        >= 13
    )


def test_word_ends_turned_where_its_last_section_is() -> None:
    made = docx.Document(
        BytesIO(render_docx(short(Paragraph(plain("前")), Section("年", landscape=True), year_table(3))))
    )
    assert [section.orientation for section in made.sections] == [0, 1]


def test_word_has_photographs_lists_and_originals() -> None:
    body = word().element.body
    told = {one.get("descr") for one in body.iter(qn("wp:docPr"))}
    assert {"セミナー会場の全景", "会場の写真3。椅子に座る参加者の後ろ姿", "原本 はがき No.12"} <= told
    lines = [line for line in word().paragraphs if line.style.style_id == "PCBullet"]
    assert len(lines) == 18
    assert lines[0].text.startswith("・登録者向け")
    shown = "".join(body.itertext())
    assert "アンケート用紙 No.001" in shown
    assert "2頁" in shown
    assert next(block for block in wide().blocks if isinstance(block, Original)).digest in shown


def test_a_template_from_before_is_given_the_later_style() -> None:
    document: Any = docx.Document(BytesIO(maker.make()))
    element = document.styles["箇条書き"].element
    element.getparent().remove(element)
    saved = BytesIO()
    document.save(saved)
    assert check_template(saved.getvalue()) == []
    made: Any = docx.Document(BytesIO(render_docx(short(Bullets((plain("項目"),))), saved.getvalue())))
    assert "箇条書き" in {style.name for style in made.styles}


def test_cells_are_those_of_the_page() -> None:
    document = short(Section("年", landscape=True), year_table(8))
    assert of_docx(render_docx(document)) == of_html(render_html(document)) != {}


def test_html_holds_its_pictures_and_turns_in_print() -> None:
    tree = html.fromstring(render_html(wide()))
    pictures = tree.xpath("//img")
    assert len(pictures) == 5
    for one in pictures:
        head, data = one.get("src").split(",", 1)
        assert head in ("data:image/jpeg;base64", "data:image/png;base64")
        assert b64decode(data, validate=True)
        assert one.get("alt")
        assert int(one.get("width")) > 100
        assert one.get("style") is None
    assert len(tree.xpath("//section[contains(@class, 'doc-landscape')]")) == 2
    assert (
        len(tree.xpath("//section[contains(@class, 'doc-landscape')]//div[contains(@class, 'doc-scroll')]/table")) == 2
    )
    assert len(tree.xpath("//ul[@class='doc-bullets']/li")) == 18
    assert sum("doc-landscape" in part for _, _, part in render_sections(wide())) == 2


def test_hostile_words_stay_words() -> None:
    hostile = '"><script>alert(1)</script>#read("x") {{ 7*7 }} =cmd'
    one = Picture(photograph(1), "jpeg", hostile, hostile, 60)
    document = short(one, Bullets((plain(hostile),)))
    assert "<script" not in render_html(document)
    assert hostile.replace(" ", "") in facts_of(render_pdf(document)).text.replace(" ", "")
    assert hostile in "".join(docx.Document(BytesIO(render_docx(document))).element.body.itertext())
    assert any(hostile in text for text in opened(render_xlsx(document)).texts)


def test_excel_says_what_it_does_not_show() -> None:
    import zipfile

    content = render_xlsx(wide())
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert not [name for name in archive.namelist() if "media" in name or "drawing" in name]
    texts = opened(content).texts
    assert any(text.startswith("［写真］写真0　会場の全景　セミナー会場の全景") for text in texts)
    assert any(text.startswith("・登録者向け") for text in texts)
    assert any("アンケート用紙 No.001" in text for text in texts)
    digest = next(block for block in wide().blocks if isinstance(block, Original)).digest
    assert any(digest in text for text in texts)


PROGRAM = """
import hashlib
from partner.documents.excel import render_xlsx
from partner.documents.html import render_html
from partner.documents.pdf import render_pdf
from partner.documents.word import render_docx
from tests.documents.sample_wide import wide, with_heads
document = with_heads(wide())
for made in (render_pdf(document), render_docx(document), render_xlsx(document), render_html(document).encode()):
    print(hashlib.sha256(made).hexdigest())
"""


def test_same_bytes_elsewhere(tmp_path: Path) -> None:
    import hashlib

    env = {**os.environ, "TZ": "America/New_York", "PYTHONHASHSEED": "7", "PYTHONPATH": f"{ROOT}/src:{ROOT}"}
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    document = with_heads(wide())
    made = (pdf(), render_docx(document), render_xlsx(document), render_html(document).encode())
    assert told.stdout.split() == [hashlib.sha256(one).hexdigest() for one in made]


def test_a_table_in_a_turned_section_of_words_in_narrow_columns() -> None:
    table = year_table(3)
    words = Row("語", tuple(Cell("該当なし", "not_applicable") for _ in range(16)), number="04")
    content = render_pdf(
        short(Section("年", landscape=True), type(table)(table.columns, (*table.rows, words), alt="語の表"))
    )
    assert beyond(content) == []
    assert facts_of(content).text.replace(" ", "").count("該当なし") == 17
