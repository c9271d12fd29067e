"""What only the annual report has: the fourth quarter, the annexes, and March as it was settled afterwards."""

import itertools
import json
from datetime import date
from typing import Any

import pytest

from partner.common.period import fiscal_year, month
from partner.documents.blocks import Original, Paragraph, Row, Table
from partner.facts import attachments, record
from partner.facts.models.attachments import Attachment
from partner.facts.models.texts import GivenFigure
from partner.facts.models.undertakings import PriorityIssue
from partner.figures.engine import Evaluation, Value
from partner.ledger import clock
from partner.master.models import CatalogueEntry
from partner.reports.annexes import annexes
from partner.reports.issues import issues
from partner.reports.prepare import prepare
from partner.reports.sheet import Sheet
from partner.reports.spans.fourth_quarter import fourth_quarter, last_quarter
from partner.reports.spans.settled import settlement
from tests.cases import an_event, an_expense, at, corrected, participants
from tests.figures.test_quality import target
from tests.papers import a_pdf, a_picture
from tests.reports.composed import composed, words, write
from tests.told import BY, told

pytestmark = [pytest.mark.both, pytest.mark.django_db]
YEAR, MARCH = fiscal_year(2026), month(date(2027, 3, 1))
CUT = "2027-03-20 12:00"
_keys = itertools.count(1)


@pytest.fixture(autouse=True)
def _in_march(at_clock: Any, settings: Any, tmp_path: Any) -> None:
    settings.DATA = tmp_path
    at_clock(at(CUT))
    clock.cut(at("2026-03-31 12:00"))


def entry(form: str, item: str = "B1", report: str = "annual") -> CatalogueEntry:
    return CatalogueEntry(report=report, item=item, place=f"{item}-1", title="見本", form=form)


def a_sheet(period: Any = YEAR, kind: str = "annual", **more: Any) -> Sheet:
    return Sheet(period, Evaluation(clock.cut()), "", kind=kind, **more)


def text(blocks: list[Any]) -> str:
    return "\n".join(words(tuple(blocks)))


def rows(blocks: list[Any]) -> list[Row]:
    return [row for block in blocks if isinstance(block, Table) for row in block.rows if isinstance(row, Row)]


def cells(row: Row) -> list[str]:
    return [cell.text if cell else "" for cell in row.cells]


# ── the fourth quarter ──


def an_issue() -> None:
    record.record([PriorityIssue(
        source_key=f"q{next(_keys):031x}", fiscal_year=2026, number=1, title="課題", aim="増やす。", measure="数", goal="", **BY,
    )])  # fmt: skip


def quarter_of(sheet: Sheet) -> str:
    return text(fourth_quarter(sheet, entry("fourth_quarter"), {}))


def test_the_last_quarter_is_january_to_march():
    assert last_quarter(YEAR).key == "2026Q4"
    assert last_quarter(fiscal_year(2003)).first == date(2004, 1, 1)


def test_its_texts_are_owed_at_places_of_their_own():
    sheet = a_sheet()
    quarter_of(sheet)
    owed = {one.text for one in sheet.blockers if one.text}
    assert {"Q4.Q2.text", "Q4.Q2.outlook", "Q4.Q5.text"} <= owed
    assert all(place.startswith("Q4.") for place in owed)
    assert {one.place for one in sheet.blockers} == {"B1"}
    assert all(one.why.startswith("第4四半期：") for one in sheet.blockers)
    assert sheet.places["Q4.Q2.text"][0].startswith("第4四半期")


def test_what_was_written_there_comes_back_and_mixes_with_no_other():
    write("quarterly", "2026Q3", "Q2.text", "第3四半期の報告書の文章である。")
    write("annual", "FY2026", "Q2.text", "年間の場所に書いた文章である。")
    write("annual", "FY2026", "Q4.Q2.text", "第4四半期に書いた文章である。")
    sheet = a_sheet()
    said = quarter_of(sheet)
    assert "第4四半期に書いた文章である。" in said
    assert "第3四半期の報告書" not in said
    assert "年間の場所" not in said
    assert "Q4.Q2.text" not in {one.text for one in sheet.blockers}


@pytest.mark.parametrize("place", ["issue.1.2026Q4", "Q4.issue.1.2026Q4"])
def test_an_effort_of_the_fourth_quarter_is_written_once(place):
    """It stands among the year's four and in the quarter's own part: whoever wrote it in one wrote it in both."""
    an_issue()
    write("annual", "FY2026", place, "1月に案内を送った。")
    sheet = a_sheet()
    assert "1月に案内を送った。" in text(issues(sheet, entry("issues", "A1"), {}))
    assert "1月に案内を送った。" in quarter_of(sheet)
    assert not [one for one in sheet.blockers if "第4四半期の取組" in one.why]


def test_a_month_not_begun_has_no_number(at_clock):
    at_clock(at("2027-02-20"))
    told("A 2026-05-01 registered full\nB 2027-01-15 registered full")
    sheet = a_sheet()
    sheet.headlines = {"M1": "people.new"}
    made = rows(fourth_quarter(sheet, entry("fourth_quarter"), {}))
    (line,) = [row for row in made if row.label.startswith("M1 ")]
    january, _, march, quarter = cells(line)[:4]
    assert (january, march, quarter) == ("1", "―", "1")
    assert [one.number for one in sheet.printed if one.period == "2027-01"] == ["B1-1-M.01a"]


# ── annexes ──


def kept(number: str, content: bytes, **more: Any) -> Attachment:
    return attachments.keep(
        about="report:FY2026", role="material", number=number, title=f"資料{number}", name=f"{number}.pdf", chunks=[content],
        by=("見本 花子", "事務局"), **more,
    )  # fmt: skip


def test_a_year_without_annexes_says_so():
    (block,) = annexes(a_sheet(), entry("annexes", "B2"), {})
    assert isinstance(block, Paragraph)
    assert text([block]) == "添付する資料はない。"


def test_annexes_are_numbered_and_shown_and_one_dropped_later_stays_in_the_older_report(at_clock):
    first = kept("001", a_pdf("one"))
    kept("002", a_picture())
    before = clock.cut()
    blocks = annexes(a_sheet(), entry("annexes", "B2"), {})
    assert [(row.label, cells(row)[0]) for row in rows(blocks)] == [("別添1", "資料001"), ("別添2", "資料002")]
    shown = [block for block in blocks if isinstance(block, Original)]
    assert [(one.label, one.kind) for one in shown] == [("別添1 資料001", "pdf"), ("別添2 資料002", "png")]
    assert cells(rows(blocks)[0])[3] == first.digest[:16]
    at_clock(at("2027-03-21"))
    clock.cut(at("2027-03-21"))
    attachments.drop(first)
    assert [row.label for row in rows(annexes(a_sheet(), entry("annexes", "B2"), {}))] == ["別添1"]
    again = annexes(Sheet(YEAR, Evaluation(before), "", kind="annual"), entry("annexes", "B2"), {})
    assert next(block.content for block in again if isinstance(block, Original)) == a_pdf("one")


# ── March, settled ──


def given(
    cell: str, value: int, where: str = "", submission: int = 1, of: str = "2027-03", key: str = "people.new"
) -> None:
    record.record([GivenFigure(
        report="annual", period="FY2026", submission=submission, of=of, cell=cell, key=key, where=where, value=value,
        text=f"{value:,}", cut=at(CUT),
    )])  # fmt: skip


def settled(period: Any = MARCH, **printed: tuple[int, dict[str, str]]) -> list[Any]:
    """Row → what the monthly report prints of it now, and its filter."""
    sheet = a_sheet(period, "monthly")
    for row, (value, where) in printed.items():
        number = f"M1-1.{row.removeprefix('r')}a"
        sheet.cell(number, Value(value, "final"), "people.new", period, where, compared="a")
    return settlement(sheet)


def test_what_march_came_to_stands_beside_what_the_annual_report_had_said():
    given("M1-1.02l", 1200)
    given("M1-1.03l", 4, "level=full")
    given("M1-1.04l", 7)
    found = settled(r02=(1234, {}), r03=(3, {"level": "full"}), r04=(7, {}))
    assert "3月の3件のうち、2件が確定により変わった" in text(found)
    first, second = rows(found)
    assert cells(first) == ["新規登録者数", "M1-1.02l", "1,200", "1,234", "+34", "M1-1.02a"]
    assert cells(second) == ["新規登録者数・国際協力人材", "M1-1.03l", "4", "3", "−1", "M1-1.03a"]


def test_nothing_changed_is_said_too():
    given("M1-1.02l", 12)
    assert "変わったものはない。" in text(settled(r02=(12, {})))


def test_each_number_is_held_against_itself_and_not_against_what_stands_beside():
    """A row holds other figures, changes, parts; and measures that the year's table has one below the other."""
    given("M1-2.01l", 5, "medium=sns")
    given("M9-3.01l", 200, key="operations.response_ms")
    given("M9-3.21l", 900, key="operations.response_ms")
    given("M9-3.41l", 2000, key="operations.response_ms")
    sheet, where = a_sheet(MARCH, "monthly"), {"medium": "sns"}
    one = Value(5, "final")
    sheet.cell("M1-2.01a", one, "people.new", MARCH, where, compared="a")
    sheet.cell("M1-2.01b", Value(3, "final"), "people.new", MARCH, {**where, "level": "full"}, compared="a")
    sheet.difference("M1-2.01e", one, Value(2, "final"), "people.new", where, "c")
    sheet.cell("M1-2.01i", Value(600, "final"), "people.total", MARCH, where, compared="a")
    for letter, value in (("a", 200), ("b", 1000), ("c", 2000)):
        sheet.cell(f"M9-3.01{letter}", Value(value, "final"), "operations.response_ms", MARCH, {}, compared=letter)
    found = settlement(sheet)
    assert "3月の4件のうち、1件" in text(found)
    assert [cells(row)[1:] for row in rows(found)] == [["M9-3.21l", "900", "1,000", "+100", "M9-3.01b"]]


def test_the_last_submission_counts():
    given("M1-1.02l", 12)
    given("M1-1.02l", 15, submission=2)
    assert "変わったものはない。" in text(settled(r02=(15, {})))


@pytest.mark.parametrize("period", [month(date(2027, 2, 1)), month(date(2026, 3, 1))])
def test_only_march_of_that_year_is_settled(period):
    given("M1-1.02l", 12)
    assert settled(period, r02=(15, {})) == []


def test_without_an_annual_report_there_is_nothing_to_settle():
    given("M1-1.02m", 12, of="")  # of the whole year
    assert settled(r02=(15, {})) == []


# ── composed again ──


def test_composed_again_at_its_cut_it_says_what_it_said(at_clock):
    """Whatever was told, agreed or taken away afterwards."""
    told("A 2026-05-01 registered full\nB 2027-01-15 registered full")
    held, amount = (
        an_event("E-1", "2026-09-12 10:00", "2026-09-12 12:00"),
        an_expense("S-1", "spent", "2026-10-05", 5_000),
    )
    participants("E-1", "2026-09-12", "student", 5, 4)
    target("10")
    annex = kept("001", a_pdf("one"))
    cut = clock.cut(at(CUT))
    first = composed("annual", "FY2026", cut)
    said = json.dumps(first.data, ensure_ascii=False, default=str), text(list(first.document.blocks))
    at_clock(at("2027-04-20"))
    clock.cut(at("2027-04-20"))
    told("B 2027-01-20 left")
    corrected(held, state="cancelled", reason="見本")
    corrected(amount, net=6_000, tax=600)
    target("20")
    attachments.drop(annex)
    again = prepare("annual", YEAR, cut, texts_at=cut, link_base="")
    assert (json.dumps(again.data, ensure_ascii=False, default=str), text(list(again.document.blocks))) == said
    now = text(list(composed("annual", "FY2026", clock.cut()).document.blocks))
    assert now != said[1]
