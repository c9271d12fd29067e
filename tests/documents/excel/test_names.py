"""Names of sheets and cells that Excel accepts."""

import pytest

from partner.documents.excel.names import SheetNames, cell_name, letters, place


@pytest.mark.parametrize(
    ("number", "name"),
    [("M1-1.07a", "M1_1_07a"), ("M9-4.05a", "M9_4_05a"), ("", ""), ("1.2", "_1_2"), ("M1", "_M1"), ("R1C1", "_R1C1"),
     ("r", "_r"), ("C-1", "C_1"), ("a b;=1", "a_b__1"), ("XFD1", "_XFD1")],
)  # fmt: skip
def test_names_of_cells(number: str, name: str) -> None:
    assert cell_name(number) == name


def test_sheets_get_names_of_their_own() -> None:
    names = SheetNames()
    assert [names.give("M1"), names.give("m1"), names.give("M1")] == ["M1", "m1 (2)", "M1 (3)"]


@pytest.mark.parametrize("wish", ["a/b:c*d?[e]\\", "'x'", "", "   ", "History", "長" * 40, "𠮷" * 20, "a\nb", "'" * 40])
def test_any_wish_becomes_a_name(wish: str) -> None:
    names = SheetNames()
    found = [names.give(wish) for _ in range(12)]
    assert len({name.casefold() for name in found}) == 12
    for name in found:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\\n")
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() != "history"


def test_places() -> None:
    assert [letters(0), letters(25), letters(26), letters(701), letters(702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert place("it's", 11, 3) == "'it''s'!$D$12"
