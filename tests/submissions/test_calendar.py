"""Made ahead from the rules, counted back by business days, and as an iCalendar."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partner.common.period import JST
from partner.submissions import schedule
from partner.submissions.expected import Maker, make_ahead, make_year
from partner.submissions.ical import Entry, calendar, escaped, folded
from partner.submissions.models import ExpectedReport

NOW = datetime(2026, 10, 5, 9, tzinfo=JST)


@pytest.mark.django_db
def test_a_year_has_twelve_months_three_quarters_the_year_and_the_expenses():
    assert make_year(2026, NOW) == 17
    assert make_year(2026, NOW) == 0
    kinds = [row.kind for row in ExpectedReport.objects.all()]
    assert {kind: kinds.count(kind) for kind in kinds} == {"monthly": 12, "quarterly": 3, "annual": 1, "expenses": 1}
    march = ExpectedReport.objects.get(period="2027-03")
    assert (march.fiscal_year, march.due_at) == (2026, datetime(2027, 4, 7, 17, tzinfo=JST))
    expenses = ExpectedReport.objects.get(kind="expenses")
    assert expenses.not_before == expenses.due_at.date()
    assert make_ahead(NOW) == 17  # the next year


@pytest.mark.django_db
def test_a_due_date_stays_as_it_was_made_when_the_rule_finds_another(monkeypatch):
    make_year(2026, NOW)
    then = ExpectedReport.objects.get(period="2026-10").due_at
    monkeypatch.setattr(Maker, "year", lambda self, year: [])
    make_ahead(NOW)
    assert ExpectedReport.objects.get(period="2026-10").due_at == then


@pytest.mark.django_db
def test_stages_are_counted_back_over_holidays():
    make_year(2026, NOW)
    september = ExpectedReport.objects.get(period="2026-09")
    stages = {stage.name: stage.at for stage in schedule.stages(september)}
    assert stages["submit"] == datetime(2026, 10, 7, 17, tzinfo=JST)
    assert stages["cut"] == datetime(2026, 10, 6, 12, tzinfo=JST)
    assert stages["sources"] == datetime(2026, 10, 5, 17, tzinfo=JST)
    december = ExpectedReport.objects.get(period="2026-12")
    assert schedule.stages(december)[0].at == datetime(2027, 1, 6, 17, tzinfo=JST)
    assert [stage.at for stage in schedule.stages(december)] == sorted(stage.at for stage in schedule.stages(december))


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc"))))
def test_folding_tears_no_character_and_loses_none(text):
    lines = folded(text).split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert lines[0] + "".join(line[1:] for line in lines[1:]) == text


def test_a_calendar_is_read_as_one():
    entry = Entry(
        "monthly-2026-10@partner",
        datetime(2026, 11, 9, 17, tzinfo=JST),
        "提出期限：月次; 10月, 分",
        "一\n二",
        "https://x.example/",
        NOW,
        2,
    )
    text = calendar("期限", [entry]).decode()
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert "DTEND:20261109T080000Z\r\n" in text
    assert "SUMMARY:提出期限：月次\\; 10月\\, 分\r\n" in text
    assert "DESCRIPTION:一\\n二\r\n" in text
    assert "SEQUENCE:2\r\n" in text
    assert escaped("a\\b") == "a\\\\b"


def test_days_left_leave_today_out():
    friday = datetime(2026, 11, 6, tzinfo=JST).date()
    assert schedule.left(friday, friday + timedelta(days=3)) == 1
    assert schedule.left(friday, friday) == 0
