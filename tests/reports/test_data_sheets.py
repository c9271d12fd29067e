"""データ and 定義: every numbered cell of the paper once, with what it counts; the same numbers in the workbook's forms."""

import csv
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from partner.common.period import parse_period
from partner.documents.blocks import Row, Table
from partner.documents.numerals import numeral
from partner.ledger import clock
from partner.reports.data_sheets import HEADS
from partner.reports.prepare import Report, prepare
from partner.reports.render import render
from tests import centre

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.both,
    pytest.mark.filterwarnings("ignore:.*extension is not supported"),  # openpyxl has no sparklines
]


@pytest.fixture
def report(at_clock) -> Report:
    centre.open_centre(at_clock)
    return prepare("monthly", parse_period("2026-09"), clock.cut())


def cells(report: Report) -> dict[str, str]:
    """Cell number → printed text, of every table of the document."""
    tables = [block for block in report.document.blocks if isinstance(block, Table)]
    rows = [row for table in tables for row in table.rows if isinstance(row, Row)]
    return {cell.number: cell.text for row in rows for cell in row.cells if cell and cell.number}


def test_every_numbered_cell_is_a_row_once(report: Report) -> None:
    data, definitions = report.sheets
    rows = [dict(zip(HEADS, row, strict=True)) for row in data.rows]
    printed = cells(report)
    assert [row["セル番号"] for row in rows] == list(printed)
    assert len(printed) > 300
    for row in rows:
        number = numeral(printed[row["セル番号"]])
        assert row["値"] == (number.value if number else None)
        assert (row["値"] is None) == (row["状態"] not in ("確報", "速報値", "前フェーズ報告値")), row
    assert {row[0] for row in definitions.rows} >= {"D1", "D2"}


def test_a_row_says_what_it_counts(report: Report) -> None:
    (row,) = [dict(zip(HEADS, row, strict=True)) for row in report.sheets[0].rows if row[5] == "M1-1.07a"]
    assert (row["指標キー"], row["対象期間"], row["対象期間（和暦）"]) == (
        "people.total",
        "2026-09",
        "令和8年9月（2026年9月）",
    )
    assert (str(row["期間開始"]), str(row["期間終了"])) == ("2026-09-01", "2026-09-30")
    assert (row["単位"], row["定義"].split("、")[0]) == ("人", "D1")
    split = [row for row in report.sheets[0].rows if row[6] == "people.total" and row[9] == "登録区分"]
    assert {(row[10], row[11]) for row in split} >= {("full", "国際協力人材")}
    rates = [row for row in report.sheets[0].rows if "率%" in str(row[12])]
    assert {row[14] for row in rates} == {"%"}


def test_the_workbook_holds_the_same_numbers_as_the_paper(report: Report) -> None:
    book = openpyxl.load_workbook(BytesIO(render(report, "xlsx")))
    sheet = book["データ"]
    heads, *rows = sheet.iter_rows(values_only=True)
    assert heads == HEADS
    assert len(rows) == len(report.sheets[0].rows)
    names = {name.replace("_", "-", 1).replace("_", ".", 1): one for name, one in book.defined_names.items()}
    for row in rows:
        if row[13] is None:
            continue
        ((title, place),) = names[row[5]].destinations
        assert Decimal(str(book[title][place].value)) == Decimal(str(row[13])), row[5]
    assert book["定義"]["A1"].value == "番号"


def test_the_cells_as_csv_are_the_sheet(report: Report) -> None:
    heads, *rows = csv.reader(render(report, "csv").decode("utf-8-sig").splitlines())
    assert tuple(heads) == HEADS
    assert [row[5] for row in rows] == [row[5] for row in report.sheets[0].rows]
    assert [row[13] for row in rows] == ["" if row[13] is None else str(row[13]) for row in report.sheets[0].rows]


def test_the_same_report_gives_the_same_bytes(report: Report) -> None:
    assert render(report, "xlsx") == render(report, "xlsx")
