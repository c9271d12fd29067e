"""The quarterly report: rolled up by what each figure is, true in every column, and never for a fourth quarter."""

from datetime import date, datetime

import pytest

from partner.common.period import JST, fiscal_year, month, parse_period
from partner.common.refusal import Refusal
from partner.documents.blocks import Row, Table
from partner.facts import record
from partner.facts.models import Operation
from partner.ledger import clock
from partner.master.book import Book
from partner.reports import forms
from partner.reports.compared import ago_head, has_year_ago, last_head
from partner.reports.kinds import KINDS
from partner.reports.prepare import prepare
from tests.told import BY, covered, told

pytestmark = pytest.mark.django_db
Q2 = parse_period("2026Q2")
AT = datetime(2026, 10, 29, 12, tzinfo=JST)
MONTHS = ("2026-06", "2026-07", "2026-08", "2026-09")
TOLD = """
    A 2026-06-30 registered full medium=sns purposes=job,training
    B 2026-07-01 registered simple medium=search purposes=job
    C 2026-08-31 registered full
    C 2026-09-01 left
    D 2026-09-30 registered simple
    B 2026-09-30 moved full
    E 2026-10-01 registered full
"""


@pytest.fixture
def quarter(at_clock):
    """July to September complete, with records at each border."""
    at_clock(AT)
    clock.cut(AT)
    told(TOLD)
    covered(*MONTHS)


def cells(report):
    return {cell["number"]: cell for cell in report.data["cells"] if cell["number"]}


def column(found, letter, rows=range(1, 9)):
    return [found[f"M1-1.{row:02}{letter}"]["value"] for row in rows]


def test_months_add_up_to_the_quarter_and_the_end_is_the_last_months(quarter):
    found = cells(prepare("quarterly", Q2, clock.cut()))
    #       opening new returned in out left total change
    assert [column(found, letter) for letter in "abc"] == [
        [1, 1, 0, 0, 0, 0, 2, 1], [2, 1, 0, 0, 0, 0, 3, 1], [3, 1, 0, 1, 1, 1, 3, 0],
    ]  # fmt: skip
    assert column(found, "d") == [1, 3, 0, 1, 1, 1, 3, 2]
    assert found["M1-1.07d"]["period"] == "2026Q2"
    assert found["M1-1.01d"]["period"] == "2026-06", "a quarter opens with the end of the month before it"


def test_the_walk_is_true_in_every_column(quarter):
    """Opening and flows make the end: in each month, the quarter, the one before, last year's, and to date."""
    found = cells(prepare("quarterly", Q2, clock.cut()))
    for letter in "abcdegi":
        for first in (1, 9, 17):
            values = [found[f"M1-1.{row:02}{letter}"]["value"] for row in range(first, first + 8)]
            if None in values:
                assert letter in "egi", letter
                continue
            opening, new, _, moved_in, moved_out, left, total, change = values
            assert opening + new + moved_in - moved_out - left == total, (letter, first)
            assert total - opening == change


def test_what_is_counted_once_is_not_added_up(quarter):
    """延べ, a sum of parts, and a share: each is asked for the whole quarter."""
    report = prepare("quarterly", Q2, clock.cut())
    found = cells(report)
    media = [one["value"] for number, one in found.items() if number.startswith("M1-2.") and number.endswith("d")]
    assert sum(media[:-1]) == media[-1] == found["M1-1.02d"]["value"] == 3
    table = next(block for block in report.document.blocks if isinstance(block, Table) and block.number == "M1-3")
    last = table.rows[-1]
    assert isinstance(last, Row)
    assert (last.label, [cell.text for cell in last.cells[:4]]) == ("延べ計", ["1", "1", "1", "3"])
    assert "延べ" in table.columns[0].heading


def test_a_share_comes_from_numerator_and_denominator(quarter):
    """A day's stop in August: 1,440 of the quarter's 132,480 minutes, which is no mean of the months' shares."""
    for n, (kind, begins, ends, cause) in enumerate(
        [("service", (2026, 1, 1), None, ""), ("outage", (2026, 8, 10), (2026, 8, 11), "software")]
    ):
        record.record([Operation(
            kind=kind, system="current", valid_from=datetime(*begins, tzinfo=JST), cause=cause, source_key=f"{n:032x}",
            valid_to=datetime(*ends, tzinfo=JST) if ends else None, **BY,
        )])  # fmt: skip
    covered("2026-07", "2026-08", "2026-09", kind="operations")
    found = cells(prepare("quarterly", Q2, clock.cut()))
    assert [found[f"M9-1.05{letter}"]["text"] for letter in "abcd"] == ["100.000", "96.774", "100.000", "98.913"]
    assert [found[f"M9-1.04{letter}"]["text"] for letter in "abcd"] == ["0", "1,440", "0", "1,440"]


def test_a_month_that_is_not_complete_makes_the_quarter_provisional(at_clock):
    at_clock(AT)
    clock.cut(AT)
    told(TOLD)
    covered("2026-06", "2026-07", "2026-08")
    found = cells(prepare("quarterly", Q2, clock.cut()))
    assert [found[f"M1-1.02{letter}"]["state"] for letter in "abcd"] == ["final", "final", "provisional", "provisional"]


def test_a_month_not_begun_is_no_zero(quarter):
    """A year may be composed before it is over: the months ahead are 未到来, the year so far is provisional."""
    report = prepare("annual", fiscal_year(2026), clock.cut())
    table = next(block for block in report.document.blocks if isinstance(block, Table) and block.number == "M1-1")
    row = next(row for row in table.rows if isinstance(row, Row) and row.number == "02")
    texts = [(cell.text, cell.mark) for cell in row.cells]
    assert texts[3:6] == [("1", ""), ("1", ""), ("1", "")]
    assert texts[7:12] == [("―", "")] * 5
    assert texts[12] == ("5", "速")
    assert any("未到来" in note for note in table.notes)
    assert len({(column.group, column.heading) for column in table.columns}) == len(table.columns), "no column twice"


def test_the_fourth_quarter_is_in_the_annual_report(quarter):
    with pytest.raises(Refusal) as refused:
        prepare("quarterly", parse_period("2026Q4"), clock.cut())
    assert refused.value.faults[0].code == "part_of_annual"
    assert "annual FY2026" in str(refused.value)


@pytest.mark.parametrize(
    ("kind", "period", "code"),
    [
        ("quarterly", month(date(2026, 9, 1)), "bad_period"),
        ("quarterly", parse_period("2026Q3"), "period_not_over"),
        ("annual", fiscal_year(2027), "period_not_over"),
        ("annual", Q2, "bad_period"),
    ],
)
def test_what_is_no_period_of_the_kind_is_refused(quarter, kind, period, code):
    with pytest.raises(Refusal) as refused:
        prepare(kind, period, clock.cut())
    assert refused.value.faults[0].code == code


def test_texts_are_owed_and_drafts_lead_to_their_records(quarter):
    report = prepare("quarterly", Q2, clock.cut())
    owed = {one["text"] for one in report.data["blockers"] if one["text"]}
    assert {"Q1.outlook", "Q2.text", "Q2.outlook", "M1.outlook", "M9.outlook", "Q5.text"} <= owed
    _, draft = report.places["Q2.text"]
    assert "第2四半期の人材の新規登録は3人" in draft
    assert "[M1-1.02d]" in draft
    assert "求人" not in draft, "of what nobody recorded nothing is said"


def test_the_due_date_is_counted_by_the_kinds_own_rule():
    counted = {key: kind.due for key, kind in KINDS.items()}
    assert counted["quarterly"](Q2, {}).result == date(2026, 10, 30)
    assert counted["annual"](fiscal_year(2028), {}).result == date(2029, 3, 30)
    assert counted["expenses"](fiscal_year(2026), {}).result == date(2027, 3, 31)
    assert counted["monthly"](month(date(2026, 4, 1)), {}).result == date(2026, 5, 12)
    assert counted["incident"] is None


def test_what_stands_beside_has_its_own_name():
    assert (Q2.column, last_head(Q2), ago_head(Q2)) == ("第2四半期", "第1四半期", "前年度第2四半期")
    assert last_head(parse_period("2026Q1")) == "前年度第4四半期"
    assert not has_year_ago(fiscal_year(2026)), "of a year the last is the same of last year"


def test_every_row_number_of_a_grid_is_the_monthly_tables(quarter):
    """And every form and rows that the shipped catalogue names is there."""
    book, at = Book(clock.last()), Q2.start
    for entry in (*book.catalogue("quarterly", at), *book.catalogue("annual", at)):
        forms.form_of(entry.form)
    monthly = {number[:-1] for number in cells(prepare("monthly", month(date(2026, 9, 1)), clock.cut()))}
    grids = {
        number[:-1]
        for number in cells(prepare("quarterly", Q2, clock.cut()))
        if number[:4] in ("M1-1", "M2-1", "M3-1", "M9-2")
    }
    assert grids <= monthly
