"""Printed numbers: read strictly, and shown again as they were."""

from decimal import Decimal

import pytest

from partner.documents.numerals import numeral
from tests.documents.excel.book_facts import displayed


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("0", 0, "#,##0"),
        ("82,014", 82014, "#,##0"),
        ("2026", 2026, "0"),
        ("99.894", Decimal("99.894"), "#,##0.000"),
        ("1,234.50", Decimal("1234.50"), "#,##0.00"),
        ("+276", 276, '+#,##0;"−"#,##0;"±"#,##0'),
        ("−1,204", -1204, '+#,##0;"−"#,##0;"±"#,##0'),
        ("±0", 0, '+#,##0;"−"#,##0;"±"#,##0'),
        ("±0.0", Decimal("0.0"), '+#,##0.0;"−"#,##0.0;"±"#,##0.0'),
        ("+0.3%", Decimal("0.3"), '+#,##0.0"%";"−"#,##0.0"%";"±"#,##0.0"%"'),
        ("-5", -5, "#,##0;-#,##0;#,##0"),
        ("100%", 100, '#,##0"%"'),
        ("999,999,999,999,999", 999_999_999_999_999, "#,##0"),
    ],
)
def test_numbers_are_read_and_shown_again(text: str, value: int | Decimal, form: str) -> None:
    found = numeral(text)
    assert found is not None
    assert (found.value, type(found.value), found.form) == (value, type(value), form)
    assert displayed(found.value, found.form) == text


@pytest.mark.parametrize(
    "text",
    ["", "＊", "該当なし", "1,23", ",123", "01", "+0", "−0.0", "±1", "１２", "1e5", "1.", ".5", "--1", "+-1", "12 ",
     "1_000", "=1", "１", "٣", "5,278,3", "1234567890123456", "NaN", "Infinity", "10月", "2.42倍", "14:12"],
)  # fmt: skip
def test_anything_else_stays_text(text: str) -> None:
    assert numeral(text) is None
