"""訂正: a number that an earlier report had printed otherwise is marked, listed, and changes nothing there."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from partner.common.period import JST, month
from partner.documents.blocks import Requests, Table
from partner.facts import record, texts
from partner.facts.models import GivenFigure
from partner.ledger import clock
from partner.reports.prepare import prepare
from tests.told import covered, told

pytestmark = pytest.mark.django_db
AT = datetime(2026, 10, 6, 12, tzinfo=JST)
SEPTEMBER, OCTOBER = month(date(2026, 9, 1)), month(date(2026, 10, 1))


def give(report, submission=1):
    """As a submission hands over its own period's numbers."""
    rows = [
        GivenFigure(
            report="monthly", period=report.period.key, submission=submission, cell=cell["number"], key=cell["key"],
            where=";".join(f"{name}={code}" for name, code in cell["where"].items()), value=Decimal(cell["value"]),
            text=cell["text"], cut=report.cut,
        )
        for cell in report.data["cells"] if cell["compared"] == "a" and cell["value"] is not None
    ]  # fmt: skip
    record.record(rows)


@pytest.fixture
def given(at_clock):
    at_clock(AT)
    clock.cut(AT)
    told("A 2026-09-03 registered full medium=sns\nB 2026-09-20 registered simple medium=search")
    covered("2026-09", "2026-10")
    give(prepare("monthly", SEPTEMBER, clock.cut()))
    at_clock(AT + timedelta(days=30))
    clock.cut(AT + timedelta(days=30))


def corrected(report):
    table = next((block for block in report.document.blocks if isinstance(block, Table) and "訂正" in block.alt), None)
    return [] if table is None else [[cell.text for cell in row.cells] for row in table.rows]


def test_nothing_is_listed_where_nothing_changed(given):
    report = prepare("monthly", OCTOBER, clock.cut())
    assert corrected(report) == []
    assert not any(isinstance(block, Requests) for block in report.document.blocks)


def test_a_late_record_is_a_correction_of_each_printed_number_it_changes(given):
    told("C 2026-09-28 registered full medium=sns")
    report = prepare("monthly", OCTOBER, clock.cut())
    found = {row[2]: row for row in corrected(report)}
    assert found["M1-1.02a"][3:6] == ["2", "3", "+1"]
    assert found["M1-1.07a"][:2] == ["令和8年9月分", "全登録者数"]
    assert "M1-1.03a" not in found, "the returned of September are as they were"
    assert "M1-1.01a" not in found, "the opening was September's first, and is no printed number of October"
    marked = {cell.number for block in report.document.blocks if isinstance(block, Table) for row in block.rows
              for cell in getattr(row, "cells", ()) if cell and cell.mark == "訂"}  # fmt: skip
    assert {"M1-1.02b", "M1-1.07b"} <= marked
    assert len(marked) == len(found)
    requests = next(block for block in report.document.blocks if isinstance(block, Requests))
    assert f"訂正{len(found)}件" in requests.entries[0]


def test_the_last_submission_is_what_was_printed(given, at_clock):
    told("C 2026-09-28 registered full medium=sns")
    give(prepare("monthly", SEPTEMBER, clock.cut()), submission=2)
    at_clock(AT + timedelta(days=31))
    clock.cut(AT + timedelta(days=31))
    assert corrected(prepare("monthly", OCTOBER, clock.cut())) == []


def test_a_person_says_why(given):
    told("C 2026-09-28 registered full medium=sns")
    cut = clock.cut()
    place, reason = "correct.2026-09.M1-1.02a", "申請書1通が10月に届いたため。"
    assert place in prepare("monthly", OCTOBER, cut).places
    texts.write(report="monthly", period="2026-10", place=place, body=reason, seen=None, by=("見本 花子", "報告担当"))
    row = next(row for row in corrected(prepare("monthly", OCTOBER, cut, texts_at=clock.cut())) if row[2] == "M1-1.02a")
    assert row[6] == reason


def test_two_figures_in_one_row_are_not_taken_for_one_another(at_clock):
    """Row M1-2.06 prints the new and all registrants of one medium: each is compared with itself only."""
    at_clock(AT)
    clock.cut(AT)
    told("A 2026-08-03 registered full medium=sns\nB 2026-09-20 registered full medium=sns")
    covered("2026-08", "2026-09", "2026-10")
    give(prepare("monthly", SEPTEMBER, clock.cut()))
    at_clock(AT + timedelta(days=30))
    clock.cut(AT + timedelta(days=30))
    assert corrected(prepare("monthly", OCTOBER, clock.cut())) == []
