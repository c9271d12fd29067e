"""Sheets of data: as given, real numbers and dates, nothing lost."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from partner.documents.data_sheet import DataSheet
from partner.documents.excel import data, render, render_xlsx
from tests.documents.excel.book_facts import displayed, opened
from tests.documents.sample import short

JST = timezone(timedelta(hours=9))
HEADS = ("セル番号", "値", "割合", "期間開始", "データ締切", "状態")
ROWS = (
    ("M1-1.07a", 82014, Decimal("87.50"), date(2026, 10, 1), datetime(2026, 11, 6, 12, 0, tzinfo=JST), "確報"),
    ("M9-4.05a", None, None, date(2026, 10, 1), datetime(2026, 11, 6, 12, 0, tzinfo=UTC), "未入力"),
)


def sheet(*rows: Any, heads: tuple[str, ...] = HEADS, name: str = "データ") -> Any:
    return opened(render_xlsx(short(), (DataSheet(name, heads, rows),))).book[name]


def test_one_datum_a_cell() -> None:
    found = sheet(*ROWS)
    values = [[cell.value for cell in row] for row in found.iter_rows()]
    at = datetime(2026, 11, 6, 12, 0)  # noqa: DTZ001
    day = datetime(2026, 10, 1)  # noqa: DTZ001
    assert values[0] == list(HEADS)
    assert values[1] == ["M1-1.07a", 82014, 87.5, day, at, "確報"]
    assert values[2] == ["M9-4.05a", None, None, day, at, "未入力"]


def test_numbers_have_no_commas_and_dates_are_iso() -> None:
    row = sheet(*ROWS)[2]
    assert displayed(row[1].value, row[1].number_format) == "82014"
    assert displayed(row[2].value, row[2].number_format) == "87.50"
    assert row[3].number_format == "yyyy-mm-dd"
    assert row[4].number_format == 'yyyy-mm-dd"T"hh:mm:ss"+09:00"'


def test_filter_heads_and_panes() -> None:
    found = sheet(*ROWS)
    assert (found.auto_filter.ref, found.freeze_panes, found.print_title_rows) == ("A1:F3", "A2", "$1:$1")
    assert not found.merged_cells.ranges
    assert not [cell for row in found.iter_rows() for cell in row if cell.fill.fill_type]


def test_a_sheet_without_rows_has_its_heads() -> None:
    found = sheet()
    assert [cell.value for cell in found[1]] == list(HEADS)
    assert found.auto_filter.ref


def test_numbers_that_excel_would_round_are_text() -> None:
    values = (12345678901234567890, Decimal("0.12345678901234567"), 123456789012345, 10**20)
    found = [cell.value for cell in sheet(values, heads=("a", "b", "c", "d"))[2]]
    assert found == ["12345678901234567890", "0.12345678901234567", 123456789012345, 10**20]


def test_dates_before_excels_days_are_text() -> None:
    assert sheet((date(1868, 10, 23),), heads=("日",))["A2"].value == "1868-10-23"


def test_a_text_too_long_for_a_cell_is_cut_visibly_and_whole_elsewhere() -> None:
    text = "".join(f"{n:07}文" for n in range(6000))
    book = opened(render_xlsx(short(), (DataSheet("データ", ("文",), ((text,),)),))).book
    cell = book["データ"]["A2"].value
    assert cell.endswith("…［全文は「長い本文」シートの データ A2］")
    assert len(cell) < 32767
    rows = [[c.value for c in row] for row in book["長い本文"].iter_rows(min_row=2)]
    assert "".join(row[2] for row in rows) == text
    assert [row[:2] for row in rows] == [["データ A2", n] for n in range(1, len(rows) + 1)]


def test_more_rows_than_a_sheet_takes_go_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "MOST_ROWS", 3)
    book = opened(render_xlsx(short(), (DataSheet("データ", ("n",), tuple((n,) for n in range(7))),))).book
    assert [[c.value for c in book[name]["A"]] for name in ("データ", "データ (2)", "データ (3)")] == [
        ["n", 0, 1, 2], ["n", 3, 4, 5], ["n", 6],
    ]  # fmt: skip


def test_large_data_from_files_is_the_same_data(monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = (
        DataSheet("データ", HEADS, ROWS * 20 + (("=1", None, None, None, None, " 前後の空白 \n"),)),
        DataSheet("定義", ("n",), ((1,),)),
    )
    small = opened(render_xlsx(short(), sheets)).book
    monkeypatch.setattr(render, "IN_MEMORY", 10)
    large = opened(render_xlsx(short(), sheets)).book
    for name in small.sheetnames:
        for one, other in zip(small[name].iter_rows(), large[name].iter_rows(), strict=True):
            assert [(c.value, c.number_format, c.data_type) for c in one] == [
                (c.value, c.number_format, c.data_type) for c in other
            ]


def test_names_of_data_sheets_give_way_to_forms() -> None:
    names = opened(
        render_xlsx(short(), (DataSheet("図のデータ", ("n",), ()), DataSheet("図のデータ", ("n",), ())))
    ).book.sheetnames
    assert len(set(names)) == len(names)
