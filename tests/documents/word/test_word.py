"""The Word file: opened by another library, built of the template's styles, the same bytes, hostile texts and templates."""

import os
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from partner.common.refusal import Refusal
from partner.documents.blocks import Cell, Column, Paragraph, Row, Table, plain
from partner.documents.word import check_template, render_docx
from partner.documents.word import template as maker
from tests.documents.numbers import of_docx, of_html
from tests.documents.sample import report
from tests.documents.sample_charts import GALLERY

SAMPLE = report(draft=True, extra=GALLERY)


@pytest.fixture(scope="module")
def made() -> bytes:
    return render_docx(SAMPLE)


def texts(content: bytes) -> str:
    document: Any = docx.Document(BytesIO(content))
    return "\n".join("".join(line.itertext(qn("w:t"))) for line in document.element.body.iter(qn("w:p")))


def test_the_shipped_template_is_what_its_maker_makes_and_is_faultless() -> None:
    assert maker.PLACE.read_bytes() == maker.make()
    assert check_template(maker.make()) == []


def test_it_is_built_of_named_styles_headings_and_repeated_heads(made: bytes) -> None:
    document: Any = docx.Document(BytesIO(made))
    headings = [line.text for line in document.paragraphs if line.style.name == "Heading 1"]
    assert {"要約", "目次"} <= set(headings)
    known = {style.style_id for style in document.styles}
    used = {
        one.get(qn("w:val"))
        for kind in ("w:pStyle", "w:rStyle", "w:tblStyle")
        for one in document.element.body.iter(qn(kind))
    }
    assert used <= known
    tables = [
        one
        for one in document.element.body.iter(qn("w:tbl"))
        if one.find(f"{qn('w:tr')}/{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    ]
    assert len(tables) > 5
    rows = [row for table in tables for row in table.findall(qn("w:tr"))]
    assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)


def test_it_is_japanese_has_page_numbers_and_every_picture_has_its_sentence(made: bytes) -> None:
    with zipfile.ZipFile(BytesIO(made)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
    assert 'w:eastAsia="ja-JP"' in parts["word/styles.xml"]
    running = "".join(text for name, text in parts.items() if "footer" in name)
    assert "PAGE" in running
    assert "NUMPAGES" in running
    alts = re.findall(r'<wp:docPr [^>]*descr="([^"]*)"', parts["word/document.xml"])
    assert len(alts) > 5
    assert all(alts)
    assert parts["docProps/core.xml"].count("2026-11-0") >= 1


def test_cells_are_those_of_the_page(made: bytes) -> None:
    from partner.documents.html import render_html

    assert of_docx(made) == of_html(render_html(SAMPLE)) != {}


def test_no_bookmark_twice_and_no_link_into_nothing(made: bytes) -> None:
    document: Any = docx.Document(BytesIO(made))
    body = document.element.body
    names = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    assert len(names) == len(set(names))
    assert {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))} - {None} <= set(names)
    assert all(len(name) <= 40 for name in names)


HOSTILE = (
    "{{ 7*7 }}",
    "{% raw %}",
    "<b>&amp;",
    "=cmd|' /C calc'!A0",
    "a\x00\x1bb",
    "\u202eabc",
    "🎌𠮷",
    "長" * 200,
    "x\ud800y",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_stay_texts(text: str) -> None:
    table = Table(
        (Column("項目", kind="label"), Column(text), Column("率")),
        (Row(text, (Cell(text, number="M1-1.01a"), Cell("1"))),),
        alt=text,
    )
    made = render_docx(replace(SAMPLE, title=text, author=text, blocks=(Paragraph(plain(text)), table)))
    shown = texts(made)
    for piece in ("{{ 7*7 }}", "{% raw %}", "<b>&amp;", "𠮷"):
        assert piece not in text or piece in shown
    assert "49" not in shown.split("\n")[-5:]


def test_long_text_thirty_columns_and_an_empty_table() -> None:
    columns = (Column("項目", kind="label"), *(Column(f"{n}", width=12) for n in range(30)))
    wide = Table(columns, (Row("行", tuple(Cell("1") for _ in range(30))),), alt="広い表")
    empty = Table((Column("項目", kind="label"), Column("値")), (), alt="行のない表")
    document: Any = docx.Document(
        BytesIO(render_docx(replace(SAMPLE, blocks=(Paragraph(plain("あ" * 20_000)), wide, empty))))
    )
    turned = [section for section in document.sections if section.orientation == 1]
    assert len(turned) == 1
    found = next(
        table for table in document.element.body.iter(qn("w:tbl")) if len(list(table.iter(qn("w:gridCol")))) == 31
    )
    assert sum(int(one.get(qn("w:w"))) for one in found.iter(qn("w:gridCol"))) <= 257 * 57


def broken(change: Any) -> bytes:
    document: Any = docx.Document(BytesIO(maker.make()))
    change(document)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def _line(document: Any, words: str) -> Any:
    return next(line for line in document.paragraphs if words in line.text)


def _set(words: str, new: str) -> Any:
    return lambda document: setattr(_line(document, words), "text", new)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_set("{{ title }}", "{{ tittle }}"), "tittle"),
        (_set("{{ title }}", "{{ title"), "閉じられていません"),
        (_set("{{ body }}", "ここに本文"), "body"),
        (lambda document: document.styles["表の数値"].element.getparent().remove(document.styles["表の数値"].element), "表の数値"),
    ],
)  # fmt: skip
def test_a_broken_template_says_what_and_where(change: Any, said: str) -> None:
    with pytest.raises(Refusal) as caught:
        render_docx(SAMPLE, broken(change))
    assert said in str(caught.value.faults[0])
    assert "report.docx" in str(caught.value.faults[0]) or "書いてください" in str(caught.value.faults[0])


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"not a file"])
def test_what_is_no_word_file_is_refused(raw: bytes) -> None:
    with pytest.raises(Refusal, match="docx"):
        render_docx(SAMPLE, raw or b"x")


def test_a_template_that_someone_changed_is_used() -> None:
    made = render_docx(SAMPLE, broken(_set("{{ title }}", "【控】{{ title }}")))
    assert "【控】月次報告書" in texts(made)


def test_same_bytes_elsewhere(made: bytes, tmp_path: Path) -> None:
    code = (
        "import hashlib; from partner.documents.word import render_docx; from tests.documents.sample import report; "
        "from tests.documents.sample_charts import GALLERY; print(hashlib.sha256(render_docx(report(draft=True, extra=GALLERY))).hexdigest())"
    )
    import hashlib

    root = Path(__file__).resolve().parents[3]
    env = {**os.environ, "TZ": "America/New_York", "PYTHONHASHSEED": "7", "PYTHONPATH": f"{root}/src:{root}"}
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == hashlib.sha256(made).hexdigest()


OFFICE = shutil.which("soffice")


@pytest.mark.slow
@pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice (soffice) is not installed: the file was opened by python-docx only"
)
def test_libreoffice_opens_it(made: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(made)
    command = [str(OFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "a.docx"], cwd=tmp_path, capture_output=True, timeout=180, check=True)
    import pypdfium2

    pdf = pypdfium2.PdfDocument(str(tmp_path / "a.pdf"))
    text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert {"82,014", "−0.055", "99.894", "未入力"} <= set(re.split(r"[\s欠訂速前]+", text))
