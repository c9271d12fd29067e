"""A month in which nothing happened, and one with everything that strains a page: in each format, whole and readable."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from partner.common.period import midnight
from partner.facts import record, texts
from partner.ledger import clock
from partner.master.models import Code, ContractFact
from partner.reports.prepare import Report, prepare
from partner.reports.render import FORMATS, render
from tests import ready
from tests.documents import numbers
from tests.documents.margins import beyond
from tests.documents.pdf_facts import facts_of
from tests.told import BY, told

pytestmark = pytest.mark.django_db

MEDIA = 30
LONGEST = 80  # characters of a label that the master takes
HARD = (
    "絵文字🎌と𠮷野家、\u202eעברית\u202c、<script>alert(1)</script>、{{ 七 * 七 }}、{% if x %}、#import \"a\"、$x^2$、"
    "\x00\x0b制御文字、=1+1、" + "区切りのない長い語" * 12 + "https://portal.example.jp/" + "a" * 300 + "、"
)  # fmt: skip


def thin(at_clock) -> Report:
    """Nothing but the list of levels: no registrant, no text, no source loaded."""
    at_clock(ready.AT)
    clock.cut(ready.AT)
    return prepare("monthly", ready.OCTOBER, clock.last(), texts_at=clock.last())


def difficult(at_clock) -> Report:
    """Long names everywhere, thirty media, a hard text at every place, the last of 20,000 characters."""
    ready.centre(at_clock)
    begun = midnight(date(2003, 10, 1))
    for n in range(MEDIA):
        label = f"接触媒体の長い名前その{n}" + "ながい" * 30
        row = Code(
            list="contact_medium", code=f"m{n}", label=label[:LONGEST], label_en="A long medium", position=100 + n,
            valid_from=begun, reason="見本", **BY,
        )  # fmt: skip
        record.record([row])
    told("\n".join(f"P{n} 2026-10-{n % 28 + 1:02d} registered full medium=m{n}" for n in range(MEDIA)))
    old = ContractFact.objects.believed().get(key="contractor")
    record.correct(
        old,
        ContractFact(
            key="contractor", label="受託事業者", value="架空共同企業体" * 25, valid_from=begun, reason="見本", **BY
        ),
    )
    made = prepare("monthly", ready.OCTOBER, clock.last(), texts_at=clock.last())
    places = [one["text"] for one in made.data["blockers"] if one["text"]]
    for n, place in enumerate(places):
        body = (HARD * 60)[:20_000] if n == len(places) - 1 else HARD
        texts.write(report="monthly", period="2026-10", place=place, body=body, seen=None, by=("見本", "報告担当"))
    return prepare("monthly", ready.OCTOBER, clock.last(), texts_at=clock.last())


@pytest.mark.parametrize("make", [thin, difficult])
def test_in_each_format(at_clock, tmp_path, make):
    report = make(at_clock)
    made = {name: render(report, name) for name in FORMATS}
    for name, content in made.items():
        (tmp_path / f"{make.__name__}.{name}").write_bytes(content)
    page = numbers.of_html(made["html"].decode())
    assert numbers.of_docx(made["docx"]) == page
    assert beyond(made["pdf"]) == []
    paper = facts_of(made["pdf"])
    assert paper.archive == "2A"
    assert not paper.missing
    assert openpyxl.load_workbook(BytesIO(made["xlsx"])).sheetnames


def test_what_strains_a_page_is_still_there(at_clock):
    report = difficult(at_clock)
    page, paper = render(report, "html").decode(), facts_of(render(report, "pdf")).text
    for text in ("𠮷野家", "{{ 七 * 七 }}", "=1+1", f"接触媒体の長い名前その{MEDIA - 1}"):
        assert text in page
        assert text in paper
    assert "<script>alert" not in page
    assert "🎌" not in paper
    assert "〓" in paper
