"""Expenses through their sheet: signs, rates, years, evidence."""

import pytest

from partner.facts.models.expenses import Expense
from tests.facts.good_rows import a_sheet
from tests.facts.sheets import counts, places, refused, take

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_november")]
REFUND = {"税抜額（円）": "-1000", "消費税額（円）": "-100", "負の金額の理由": "返金"}


def faults(path, *rows):
    return places(refused(a_sheet(path, "expenses", *rows), "expenses"))


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({**REFUND, "負の金額の理由": ""}, "below_zero", "負の金額の理由"),
        ({**REFUND, "段階": "予算", "日付": "2026-04-01"}, "below_zero", "税抜額（円）"),
        ({"税抜額（円）": "1", "消費税額（円）": "-1", "税率（％）": "0"}, "bad_value", "消費税額（円）"),
        ({"消費税額（円）": "1001"}, "bad_tax", "消費税額（円）"),
        ({"消費税額（円）": "999"}, "bad_tax", "消費税額（円）"),
        ({"税率（％）": "8"}, "bad_tax", "消費税額（円）"),
        ({"税率（％）": "8.25", "消費税額（円）": "825"}, "bad_value", "税率（％）"),
        ({"税率（％）": "-1"}, "out_of_range", "税率（％）"),
        ({"税抜額（円）": "10000.5"}, "bad_value", "税抜額（円）"),
        ({"日付": "2026-03-31"}, "other_year", "日付"),
        ({"段階": "未払計上", "証憑": ""}, "missing_value", "証憑"),
        ({"段階": "確定", "証憑": ""}, "missing_value", "証憑"),
        ({"費目": "gifts"}, "unknown_code", "費目"),
        ({"摘要": "振込 nobody@example.jp"}, "personal_data", "摘要"),
    ],
)
def test_what_cannot_be(a_csv, cells, code, column):
    found = faults(a_csv, cells)
    assert found[0] == (code, 2, column)
    assert {place[2] for place in found} <= {column, "消費税額（円）"}


@pytest.mark.parametrize(
    "cells",
    [
        REFUND,
        {"税抜額（円）": "999", "消費税額（円）": "99"},  # rounded down
        {"税抜額（円）": "999", "消費税額（円）": "100"},  # rounded up
        {"税率（％）": "0", "消費税額（円）": "0"},
        {"日付": "2026-04-01"},
        {"段階": "未払計上", "日付": "2026-11-20"},
        {"段階": "契約・発注", "日付": "2026-03-15"},  # ordered before the year began
    ],
)
def test_what_can_be(a_csv, cells):
    assert counts(take(a_sheet(a_csv, "expenses", cells), "expenses")) == (1, 0, 0, 0)


def test_a_voucher_of_two_rates_is_two_rows_and_no_row_twice(a_csv, tmp_path):
    eight = {"行キー": "k2", "税率（％）": "8", "消費税額（円）": "800"}
    assert counts(take(a_sheet(a_csv, "expenses", {}, eight), "expenses")) == (2, 0, 0, 0)
    assert sum(row.tax for row in Expense.objects.believed()) == 1800
    assert faults(tmp_path / "2.csv", {"行キー": "k3"}) == [("told_twice", 2, "伝票番号")]
    other = {"行キー": "k3", "摘要": "機材費"}  # another line of the same voucher
    assert counts(take(a_sheet(tmp_path / "3.csv", "expenses", other), "expenses")) == (1, 0, 0, 0)
