"""Indicators on paper: those at risk first, no number where no target is agreed, what changed and who said what, charts."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from partner.common.period import JST, midnight, month, parse_period
from partner.documents.blocks import GroupRow, ProgressChart, Row, Table
from partner.facts.streams import ORGANIZATIONS
from partner.figures.engine import Evaluation
from partner.ledger import clock
from partner.master.models import CatalogueEntry
from partner.reports.data_sheets import data_sheets
from partner.reports.forms import blocks_of
from partner.reports.quality import glance
from partner.reports.sheet import Sheet
from tests.figures.test_quality import say, switched, target, three_years
from tests.told import covered_until, told

pytestmark = pytest.mark.django_db
Q2 = parse_period("2026Q2")


@pytest.fixture(autouse=True)
def _in_october(at_clock: Any) -> None:
    at_clock(datetime(2026, 10, 10, tzinfo=JST))


def sheet(period: Any = Q2, kind: str = "quarterly") -> Sheet:
    return Sheet(period, Evaluation(clock.cut()), "", kind=kind)


def made(of: Sheet, form: str, place: str = "Q3-1", params: str = "{}") -> list[Any]:
    entry = CatalogueEntry(report="quarterly", place=place, item="Q3", form=form, title="確保すべき質", params=params)
    return blocks_of(of, entry)


def rows(table: Table) -> dict[str, Row]:
    return {row.label: row for row in table.rows if isinstance(row, Row)}


def texts(row: Row) -> list[str]:
    return [cell.text for cell in row.cells if cell is not None]


def organizations(*days: str) -> None:
    told("\n".join(f"O{n} {day} registered full type=ngo" for n, day in enumerate(days)), ORGANIZATIONS)
    covered_until(midnight(date(2026, 10, 1)), "organizations")


def test_a_row_says_all_that_is_known_of_an_indicator():
    three_years()
    target("10")
    (table,) = made(sheet(), "indicators")
    row = rows(table)["新規人材登録（人）"]
    assert texts(row) == ["3", "6", "10", "60.0", "10", "8〜14", "0.7", "要注意"]
    assert [cell.number for cell in row.cells if cell and cell.number] == [f"Q3-1.01{letter}" for letter in "abcdeg"]
    assert row.cells[-1] is not None
    assert row.cells[-1].chip == "attention"
    assert any("過去2か年度（2024〜2025年度）の同じ時点の割合による" in note for note in table.notes)


def test_without_a_target_the_words_stand_and_no_number():
    three_years()
    of = sheet()
    (table,) = made(of, "indicators")
    row = rows(table)["新規人材登録（人）"]
    assert texts(row) == ["3", "6", "未設定", "未算出", "10", "8〜14", "未算出", "目標値未設定"]
    assert {cell.state for cell in row.cells if cell and cell.chip} == {"no_target"}
    assert of.blockers == []


def test_those_at_risk_come_first_within_their_clause():
    three_years()
    organizations("2026-05-01", "2026-06-01")
    target("6")
    target("100", indicator="organizations_new")
    (table,) = made(sheet(), "indicators", params='{"clauses": ["1-9(1)"]}')
    assert isinstance(table.rows[0], GroupRow)
    states = [texts(row)[-1] for row in rows(table).values()]
    assert states == ["要注意", "達成", "目標値未設定", "目標値未設定", "目標値未設定"]
    assert next(iter(rows(table))) == "新規団体登録（団体）"
    assert rows(table)["新規人材登録（人）"].number == "01"  # permanent, wherever the row stands


def test_what_was_never_recorded_stops_the_report_where_a_target_waits():
    target("10", indicator="jobs_posted")
    of = sheet()
    (table,) = made(of, "indicators")
    assert texts(rows(table)["求人情報の新規掲載（件）"])[0] == "未入力"
    assert [one.why for one in of.blockers] == ["指標「求人情報の新規掲載」の実績が未入力である。"]


def test_a_changed_target_and_a_person_s_word_are_printed():
    three_years()
    target("8")
    target("12", since=date(2026, 8, 1), status="proposed")
    say("13")
    (table,) = made(sheet(), "indicators")
    notes = "\n".join(table.notes)
    assert (
        "令和8年4月1日（水）から8（確定）、令和8年8月1日（土）から12（要協議）。期間の末日に有効な値と比べる。" in notes
    )
    assert "目標値が要協議のもの：新規人材登録。" in notes
    assert "担当者が改めた（計算では10）。理由：催しを3件予定する。" in notes
    assert texts(rows(table)["新規人材登録（人）"])[4] == "13"


def test_a_switched_system_has_a_row_for_each_with_its_days():
    switched()
    target("99.5", indicator="availability")
    (table,) = made(sheet(), "indicators", params='{"clauses": ["1-9(3)"]}')
    old, new = rows(table)["稼働率（現行PARTNERシステム）（％）"], rows(table)["稼働率（次期PARTNERシステム）（％）"]
    assert (texts(old)[1:3], texts(new)[1:3]) == (["99.180", "99.500"], ["100.000", "99.500"])
    assert (old.number, new.number) == ("07", "107")
    assert any("令和8年8月1日（土）から令和8年9月30日（水）まで" in note for note in table.notes)


def test_every_number_stands_in_the_tidy_data():
    three_years()
    target("10")
    of = sheet()
    blocks = made(of, "indicators")
    tidy, _ = data_sheets(of, tuple(blocks))
    found = {row[5]: row for row in tidy.rows if str(row[5]).startswith("Q3-1.01")}
    assert (found["Q3-1.01c"][6], found["Q3-1.01c"][11], found["Q3-1.01c"][13], found["Q3-1.01c"][14]) == (
        "quality.indicator", "新規人材登録", 10, "人",
    )  # fmt: skip
    assert (found["Q3-1.01b"][6], found["Q3-1.01b"][13]) == ("people.new", 6)
    assert found["Q3-1.01d"][13:15] == (Decimal("60.0"), "%")


def test_the_chart_shows_the_way_to_the_target():
    three_years()
    target("12")
    (chart,) = made(sheet(), "progress", "Q3-F1")
    assert isinstance(chart, ProgressChart)
    assert (chart.number, chart.done, chart.target, chart.forecast) == ("Q3-1", (1, 2, 3, 4, 5, 6), 12, (8, 10, 14))
    assert chart.labels[0] == "4月"
    assert chart.labels[-1] == "3月"
    assert chart.remark == "必要な数 月1.0、1営業日0.1（これまで 月1.0）"
    assert made(sheet(), "progress", "Q3-F1", '{"indicators": ["jobs_posted"]}') == []


def test_the_record_of_forecasts_stands_by_year():
    three_years()
    (table,) = made(sheet(), "track_record", "Q3-2")
    (group, first, second) = table.rows
    assert isinstance(group, GroupRow)
    assert texts(second) == ["24", "+33.3", "24", "+33.3", "20", "+11.1", "18"]
    assert (first.label, texts(first)[-1]) == ("2024年度", "12")


def test_page_two_of_the_monthly_report_shows_those_at_risk():
    three_years()
    september = month(date(2026, 9, 1))
    plain = glance(sheet(september, "monthly"))
    assert len(plain.rows) == 5
    assert plain.notes[0] == "目標値は合意されていない。"
    target("12")
    first = glance(sheet(september, "monthly")).rows[0]
    assert (first.label, texts(first)) == ("新規人材登録（12人）", ["6", "要注意"])
