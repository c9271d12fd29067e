"""重点課題: the quarter's efforts, the year's four, what is missing, and drafts that say only what was recorded."""

import itertools

import pytest

from partner.facts import record
from partner.facts.models.undertakings import IssueEffort, PriorityIssue
from partner.facts.periods import find_period
from partner.figures.engine import Evaluation
from partner.ledger import clock
from partner.master.models import CatalogueEntry
from partner.reports.issues import issues
from partner.reports.sheet import Sheet
from tests.cases import an_event, at, participants
from tests.reports.composed import words, write
from tests.told import BY

pytestmark = [pytest.mark.both, pytest.mark.django_db]
_keys = itertools.count(1)
ENTRY = CatalogueEntry(report="quarterly", item="Q1", place="Q1-T", title="取組結果", form="issues")


@pytest.fixture(autouse=True)
def _in_october(at_clock):
    at_clock(at("2026-10-20 12:00"))
    clock.cut(at("2026-10-20 12:00"))


def tell(model, **values):
    record.record([model(source_key=f"i{next(_keys):031x}", **values, **BY)])


def an_issue(number=1, goal="200人", year=2026):
    tell(
        PriorityIssue,
        fiscal_year=year,
        number=number,
        title=f"課題{number}",
        aim="増やす。",
        measure="参加者数",
        goal=goal,
    )


def an_effort(period, number=1, effort="案内を送った。", **more):
    tell(IssueEffort, period=period, number=number, effort=effort, **more)


def made(period, kind="quarterly"):
    cut = clock.cut()
    sheet = Sheet(find_period(period, cut), Evaluation(cut), "", kind=kind)
    blocks = issues(sheet, ENTRY, {})
    return "\n".join(words(tuple(blocks))), [one.why for one in sheet.blockers], sheet


def test_a_quarter_says_what_was_done_in_it():
    an_issue()
    an_issue(2, goal="")
    an_issue(3, year=2025)
    an_effort("2026Q2", result="5校から回答があった。", attained="120人")
    an_effort("2026Q2", 2)
    an_effort("2026Q1", 1, "日程を決めた。")
    text, blockers, _ = made("2026Q2")
    assert blockers == []
    assert "課題1" in text
    assert "120人" in text
    assert "5校から回答があった。" in text
    assert "目標値未設定" in text
    assert "日程を決めた。" not in text
    assert "課題3" not in text


def test_a_year_says_what_was_done_in_each_of_its_quarters():
    an_issue()
    for n in (4, 2, 1):
        an_effort(f"2026Q{n}", effort=f"{n}期の取組。")
    text, blockers, _ = made("FY2026", "annual")
    assert text.index("1期の取組。") < text.index("2期の取組。") < text.index("4期の取組。")
    assert blockers == ["「重点課題1「課題1」第3四半期の取組」が未入力である。"]


def test_without_an_effort_the_records_are_a_draft_that_blocks():
    an_issue()
    an_event("E-1", "2026-09-12 13:00", "2026-09-13 00:00", title="地方セミナー")
    participants("E-1", "2026-09-12", "full", 90, 80)
    an_event("E-2", "2026-10-02 13:00", "2026-10-02 17:00", title="後のセミナー")
    text, blockers, sheet = made("2026Q2")
    assert "下書き" in text
    assert "9月12日（土）に「地方セミナー」を開催し、参加者は80人であった。" in text
    assert "後のセミナー" not in text
    assert blockers == ["「重点課題1「課題1」第2四半期の取組」が未入力である。"]
    assert sheet.places["issue.1.2026Q2"][1].startswith("9月12日（土）に「地方セミナー」")
    write("quarterly", "2026Q2", "issue.1.2026Q2", "地方でセミナーを開いた。")
    text, blockers, _ = made("2026Q2")
    assert (blockers, "下書き" in text) == ([], False)
    assert "地方でセミナーを開いた。" in text


def test_nothing_is_invented_where_nothing_was_recorded():
    an_issue()
    text, blockers, sheet = made("2026Q2")
    assert "下書き" not in text
    assert "未入力" in text
    assert sheet.places["issue.1.2026Q2"][1] == ""
    assert len(blockers) == 1


def test_a_year_without_issues_blocks():
    an_issue(year=2025)
    assert made("2026Q2")[1] == ["重点課題がまだ記録されていない。"]


def test_what_was_written_in_a_quarters_report_stands_in_the_annual_one():
    an_issue()
    for n in (1, 3, 4):
        an_effort(f"2026Q{n}")
    write("quarterly", "2026Q2", "issue.1.2026Q2", "地方でセミナーを開いた。")
    text, blockers, _ = made("FY2026", "annual")
    assert blockers == []
    assert "地方でセミナーを開いた。" in text
    write("annual", "FY2026", "issue.1.2026Q2", "地方でセミナーを2回開いた。")
    assert "2回開いた。" in made("FY2026", "annual")[0]
