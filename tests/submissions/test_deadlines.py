"""The due dates that the catalogue and the domain notes work out."""

import json
from datetime import date, datetime
from typing import Any

import pytest

from partner.common.period import JST, parse_period
from partner.common.refusal import Refusal
from partner.submissions import deadlines, rules

MONTHLY = """
2025: 05-09 06-06 07-07 08-07 09-05 10-07 11-10 12-05 01-09 02-06 03-06 04-07
2026: 05-12 06-05 07-07 08-07 09-07 10-07 11-09 12-07 01-08 02-05 03-05 04-07
"""


@pytest.mark.parametrize("line", MONTHLY.strip().splitlines())
def test_monthly_reports_fall_due_on_the_fifth_business_day(line: str) -> None:
    year, days = int(line[:4]), line[6:].split()
    found = [deadline for deadline in deadlines.of_fiscal_year(year) if deadline.kind == "monthly"]
    assert [f"{deadline.due_on:%m-%d}" for deadline in found] == days
    assert [deadline.due_on.year for deadline in found] == [year] * 8 + [year + 1] * 4
    assert all(deadline.nominal_on == deadline.due_on for deadline in found)


@pytest.mark.parametrize(
    ("period", "nominal", "working"),
    [
        ("2026Q1", "2026-07-31", "2026-07-31"),
        ("2026Q2", "2026-10-31", "2026-10-30"),
        ("2026Q3", "2027-01-31", "2027-01-29"),
        ("2025Q3", "2026-01-31", "2026-01-30"),
    ],
)
def test_quarterly_reports_fall_due_on_the_last_business_day_of_the_month_after(
    period: str, nominal: str, working: str
) -> None:
    deadline = deadlines.of_period("quarterly", parse_period(period))
    assert (deadline.nominal_on.isoformat(), deadline.due_on.isoformat()) == (nominal, working)


@pytest.mark.parametrize(
    ("year", "nominal", "working"),
    [(2025, "2026-03-31", "2026-03-31"), (2026, "2027-03-31", "2027-03-31"), (2028, "2029-03-31", "2029-03-30")],
)
def test_the_year_ends_on_its_last_business_day(year: int, nominal: str, working: str) -> None:
    annual, expenses = (deadlines.of_period(kind, parse_period(f"FY{year}")) for kind in ("annual", "expenses"))
    assert (annual.nominal_on.isoformat(), annual.due_on.isoformat(), annual.not_before) == (nominal, working, None)
    assert expenses.due_on.isoformat() == working
    assert expenses.not_before == expenses.due_on


@pytest.mark.parametrize(
    ("held", "due"), [("2026-04-25", "2026-05-14"), ("2026-09-12", "2026-09-30"), ("2026-12-19", "2027-01-07")]
)
def test_a_service_report_is_due_ten_business_days_after_the_last_day(held: str, due: str) -> None:
    deadline = deadlines.of_service("7", date.fromisoformat(held))
    assert (deadline.period, deadline.due_on.isoformat()) == ("event:7", due)


def test_an_incident_is_told_at_once_reported_while_it_lasts_and_closed() -> None:
    noticed, handled = date(2026, 10, 30), date(2026, 12, 28)  # Fridays and Mondays around holidays
    dues = [
        deadlines.of_incident("3", "first", noticed, 1),
        deadlines.of_incident("3", "interim", noticed, 10),
        deadlines.of_incident("3", "interim", noticed, 10, number=2),
        deadlines.of_incident("3", "full", handled, 3),
    ]
    assert [(due.period, due.due_on.isoformat()) for due in dues] == [
        ("incident:3/first", "2026-11-02"),
        ("incident:3/interim-1", "2026-11-16"),
        ("incident:3/interim-2", "2026-12-01"),
        ("incident:3/full", "2027-01-06"),
    ]


def test_a_due_date_has_an_hour_in_japan() -> None:
    deadline = deadlines.of_period("monthly", parse_period("2026-10"))
    assert deadline.due_at == datetime(2026, 11, 9, 17, tzinfo=JST)


def test_a_date_beyond_the_gazette_says_so() -> None:
    kinds = {deadline.period: deadline.calendar for deadline in deadlines.of_fiscal_year(2027)}
    assert (kinds["2027-11"], kinds["2027-12"]) == ("gazetted", "computed")


def test_a_year_has_twelve_months_three_quarters_and_its_end_in_the_order_of_their_dates() -> None:
    found = deadlines.of_fiscal_year(2026)
    assert [deadline.kind for deadline in found].count("monthly") == 12
    assert [deadline.period for deadline in found if deadline.kind == "quarterly"] == ["2026Q1", "2026Q2", "2026Q3"]
    assert [deadline.due_at for deadline in found] == sorted(deadline.due_at for deadline in found)
    assert len(found) == 17


def test_before_the_contract_there_is_no_rule() -> None:
    with pytest.raises(Refusal, match="提出期限の定めがありません"):
        rules.rule_for("monthly", date(2003, 9, 30))


def test_what_is_due_within_a_month() -> None:
    found = deadlines.due(date(2026, 10, 25))
    assert [(deadline.kind, deadline.period) for deadline in found] == [("quarterly", "2026Q2"), ("monthly", "2026-10")]


@pytest.mark.both
def test_the_commands_print_one_document(ledger_db: Any) -> None:
    answer = ledger_db.command("deadlines", "2026", "--json")
    reports = json.loads(answer.stdout)["reports"]
    october = next(report for report in reports if report["period"] == "2026-10")
    assert (october["nominal_on"], october["due_on"], october["due_at"], october["calendar"]) == (
        "2026-11-09", "2026-11-09", "2026-11-09T17:00:00+09:00", "gazetted",
    )  # fmt: skip
    assert october["counting"][2] == {"day": "2026-11-03", "weekday": "火", "number": None, "reason": "文化の日"}
    due = json.loads(ledger_db.command("due", "--on", "2026-11-09", "--json").stdout)
    assert [(report["period"], report["days_left"]) for report in due["reports"]] == [("2026-10", 0), ("2026-11", 28)]


@pytest.mark.parametrize(
    ("words", "code"), [(("deadlines", "x"), 2), (("due", "--on", "x"), 2), (("deadlines", "2150"), 1)]
)
def test_what_cannot_be_answered_is_refused(ledger_db: Any, words: tuple[str, ...], code: int) -> None:
    answer = ledger_db.command(*words, "--json")
    assert answer.returncode == code
    assert json.loads(answer.stdout)["errors"][0]["message"]


def test_a_day_that_the_office_is_closed_counts_no_more(ledger_db: Any) -> None:
    from partner.ledger.clock import ORIGIN
    from partner.ledger.write import record
    from partner.master.models import ClosedDay

    record([ClosedDay(day=date(2026, 11, 9), name="停電", valid_from=ORIGIN, by_name="試験", by_role="admin")])
    assert deadlines.data_cut(parse_period("2026-10")) == datetime(2026, 11, 6, 12, tzinfo=JST)
    assert deadlines.of_period("monthly", parse_period("2026-10"), deadlines.closed_days()).due_on == date(2026, 11, 10)
