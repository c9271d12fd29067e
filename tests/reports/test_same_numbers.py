"""One report in five formats: every cell says the same in each."""

from decimal import Decimal

import pytest

from partner.documents.numerals import numeral
from partner.ledger import clock
from partner.reports.prepare import prepare
from partner.reports.render import render
from tests import ready
from tests.documents import numbers
from tests.documents.pdf_facts import facts_of

pytestmark = pytest.mark.django_db


def test_each_format_prints_the_same_cells(at_clock):
    ready.monthly(at_clock)
    made = prepare("monthly", ready.OCTOBER, clock.last(), texts_at=clock.last())
    page = numbers.of_html(render(made, "html").decode())
    assert len(page) > 1000
    assert numbers.of_docx(render(made, "docx")) == page
    book = numbers.of_xlsx(render(made, "xlsx"))
    assert {number: text for number, text in book.items() if number in page} == {n: page[n] for n in book if n in page}
    assert set(page) <= set(book)
    told = {cell["number"]: cell["text"] for cell in made.data["cells"] if cell["number"]}
    assert told == {number: page[number] for number in told}
    for number, value in numbers.of_csv(render(made, "csv")).items():
        shown = numeral(page[number])
        if shown is not None:
            assert Decimal(value) == Decimal(str(shown.value)), number
    paper = facts_of(render(made, "pdf")).text
    for text in set(page.values()):
        assert text.replace("\n", "") in paper, text
