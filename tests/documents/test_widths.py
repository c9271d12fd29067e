"""Nothing is cut and nothing overflows: a year of twelve columns, thirty fields, labels and words of any length."""

import pytest

from partner.documents.blocks import Cell, Column, Paragraph, Row, Table, plain
from partner.documents.pdf import render_pdf
from tests.documents.margins import beyond
from tests.documents.pdf_facts import facts_of
from tests.documents.sample import short

LABEL = "とても長い名前の分野" * 20  # 200 characters
URL = "https://portal.example.jp/" + "a" * 400


def year(label: str, rows: int) -> Table:
    columns = (
        Column("分野", kind="label", width=36),
        *(Column(f"{n}月", letter="abcdefghijklm"[n - 1]) for n in range(1, 13)),
        Column("計"),
    )
    body = tuple(
        Row(label, tuple(Cell(f"{1234567 * (n + 1):,}") for n in range(13)), number=f"{row:02}") for row in range(rows)
    )
    return Table(columns, body, "十二か月の表", number="A1-1", title="月別の推移", unit="人")


@pytest.mark.parametrize(("label", "rows"), [("分野", 30), (LABEL, 4), ("A" * 200, 4)])
def test_a_year_of_twelve_columns(label: str, rows: int) -> None:
    pdf = render_pdf(short(year(label, rows)))
    assert beyond(pdf) == []
    text = facts_of(pdf).text
    assert "16,049,371" in text
    assert text.count(label[:8]) >= rows


@pytest.mark.parametrize("words", [URL, "あ" * 20_000, "ﷺ" * 300, "A" * 5000])
def test_running_text_of_any_kind(words: str) -> None:
    assert beyond(render_pdf(short(Paragraph(plain(words))))) == []
