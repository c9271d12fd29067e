"""Data sheets: what they refuse, and the same as CSV."""

import csv
import io
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest

from partner.documents.data_sheet import DataSheet, as_csv

JST = timezone(timedelta(hours=9))


def read(sheet: DataSheet) -> list[list[str]]:
    return list(csv.reader(io.StringIO(as_csv(sheet).decode("utf-8-sig"), newline="")))


def test_csv_is_for_excel_and_for_machines() -> None:
    sheet = DataSheet("データ", ("項目", "値", "率", "日", "締切", "空"), (
        ("計,\"引用\"\n改行", -82014, Decimal("-0.50"), date(2026, 10, 1), datetime(2026, 11, 6, 12, tzinfo=JST), None),
    ))  # fmt: skip
    assert (
        as_csv(sheet)
        == (
            '\ufeff項目,値,率,日,締切,空\r\n"計,""引用""\n改行",-82014,-0.50,2026-10-01,2026-11-06T12:00:00+09:00,\r\n'
        ).encode()
    )


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "=cmd|' /C calc'!A0", " =1", "　＝1", "＝1", "＋1", "－1", "＠x"],
)
def test_texts_never_begin_like_formulas(text: str) -> None:
    assert read(DataSheet("s", (text,), ((text,),))) == [["'" + text], ["'" + text]]


@pytest.mark.parametrize("text", ["−5", "M1-1.07a", "a=1", "", "±0", "0120", "<b>", "{{ x }}", "𠮷野家", "　字下げ"])
def test_other_texts_are_as_they_are(text: str) -> None:
    assert read(DataSheet("s", ("h", "i"), ((text, "x"),)))[1] == [text, "x"]


@pytest.mark.parametrize(
    ("value", "text"), [(-5, "-5"), (Decimal("-1E+3"), "-1000"), (Decimal("1E-7"), "0.0000001"), (0, "0")]
)
def test_numbers_are_never_prefixed(value: int | Decimal, text: str) -> None:
    assert read(DataSheet("s", ("h",), ((value,),)))[1] == [text]


def test_half_characters_are_replaced() -> None:
    assert read(DataSheet("s", ("h",), (("a\ud800\0b",),)))[1] == ["a〓〓b"]


@pytest.mark.parametrize("value", [True, False, 1.5, b"x", ("a",), object()])
def test_what_is_no_datum_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="データ, row 2"):
        DataSheet("データ", ("h",), ((1,), (value,)))


@pytest.mark.parametrize("value", [Decimal("NaN"), Decimal("Infinity")])
def test_numbers_without_a_value_are_refused(value: Decimal) -> None:
    with pytest.raises(ValueError, match="row 1"):
        DataSheet("データ", ("h",), ((value,),))


def test_a_row_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="row 2: 1 values, not 2"):
        DataSheet("データ", ("a", "b"), ((1, 2), (3,)))


def test_a_sheet_without_rows_is_its_heads() -> None:
    assert as_csv(DataSheet("s", ("a", "b"), ())) == b"\xef\xbb\xbfa,b\r\n"
