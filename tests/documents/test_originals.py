"""Collected originals: what can be annexed, and that their pages are seen."""

import hashlib
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from partner.documents.blocks import Columns, Original, Section
from partner.documents.originals import LONGEST
from partner.documents.pdf import render_pdf
from partner.documents.sheets import sheets_of
from tests.documents.pdf_facts import facts_of
from tests.documents.sample import report, short
from tests.documents.sample_wide import original, photograph, scan


def saved(change: str = "") -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(scan(2))) as file:
        if change == "empty":
            del file.pages[:]
        secret = {"locked": ("master", "secret"), "sealed": ("master", "")}.get(change)
        file.save(out, encryption=pikepdf.Encryption(owner=secret[0], user=secret[1]) if secret else False)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (saved("locked"), "encrypted"), (saved("sealed"), "encrypted"), (saved("empty"), "no pages"), (b"", "broken"),
        (b"%PDF-1.7\n", "broken"), (scan(2)[:-900], "broken"), (photograph(1), "broken"),
    ],
    ids=["password", "owner only", "no page", "nothing", "head only", "torn", "a picture"],
)  # fmt: skip
def test_what_nobody_could_look_at_is_refused_by_name(content: bytes, said: str) -> None:
    with pytest.raises(ValueError, match=f"original 用紙1: .*{said}"):
        original("用紙1", content)


def test_a_torn_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="original はがき: not a whole png"):
        original("はがき", photograph(1, kind="PNG")[:3000], "png")


def test_the_digest_must_be_that_of_the_file() -> None:
    content = scan(1)
    assert Original("用紙", content, "pdf", hashlib.sha256(content).hexdigest().upper()).pages == 1
    with pytest.raises(ValueError, match="SHA-256"):
        Original("用紙", content, "pdf", hashlib.sha256(b"other").hexdigest())
    with pytest.raises(ValueError, match="label"):
        original(" ", content)


def test_it_cannot_stand_in_columns() -> None:
    with pytest.raises(ValueError, match="columns"):
        Columns(left=(original("用紙", scan(1)),), right=())


def test_every_page_is_drawn_and_not_empty() -> None:
    sheets = sheets_of(original("用紙", scan(2)))
    assert len(sheets) == 2
    for sheet in sheets:
        image = Image.open(BytesIO(sheet.content))
        assert image.size == sheet.size == (1653, 2339)
        assert image.convert("L").getextrema()[0] < 100
    assert sheets[0].content != sheets[1].content


def test_a_sheet_of_any_size_is_drawn_small_enough() -> None:
    out = BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page(page_size=(2384, 3370))  # A0
        file.save(out)
    assert max(sheets_of(original("図面", out.getvalue()))[0].size) <= LONGEST


def test_a_small_picture_is_not_blown_up() -> None:
    small = sheets_of(original("切手", photograph(1, 300, 200, "PNG"), "png"))[0]
    assert small.most == pytest.approx(300 / 90 * 25.4)


def test_letters_of_an_original_are_seen() -> None:
    """A PDF of letters, not of a scan: our own report."""
    sheets = sheets_of(original("月次報告書", render_pdf(short(*report().blocks[:2]))))
    drawn = Image.open(BytesIO(sheets[0].content)).convert("L")
    assert drawn.getextrema() == (pytest.approx(20, abs=20), 255)
    assert sum(drawn.histogram()[:128]) > 20_000  # dots of letters


def test_each_page_is_a_page_with_what_it_is_above() -> None:
    document = short(Section("原本"), original("用紙 No.1", scan(2)), original("集計表", scan(1, 1754, 1240)))
    pdf = render_pdf(document)
    found = facts_of(pdf)
    assert (found.archive, found.accessible) == ("2A", "1")
    assert found.alternatives == ["原本 用紙 No.1 1頁/2頁", "原本 用紙 No.1 2頁/2頁", "原本 集計表 1頁/1頁"]
    assert len(found.pages) == 3
    for page, words in zip(found.pages, ("1頁/2頁", "2頁/2頁", "1頁/1頁"), strict=True):
        assert words in page.replace(" ", "")
    with pikepdf.open(BytesIO(pdf)) as file:
        shapes = [page.mediabox[2] > page.mediabox[3] for page in file.pages]
    assert shapes == [False, False, True]
    assert render_pdf(document) == pdf
