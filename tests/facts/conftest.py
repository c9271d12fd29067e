"""What the tests of facts share: a ledger in November 2026, and places for a sheet."""

from datetime import datetime
from pathlib import Path

import pytest

from partner.common.period import JST


@pytest.fixture
def in_november(ledger_db, at_clock):
    """A fresh ledger; it is noon of 20 November 2026."""
    at_clock(datetime(2026, 11, 20, 12, tzinfo=JST))


@pytest.fixture
def a_csv(tmp_path) -> Path:
    """Where a csv file may be."""
    return tmp_path / "表.csv"


@pytest.fixture
def a_book(tmp_path) -> Path:
    """Where a workbook may be."""
    return tmp_path / "表.xlsx"
