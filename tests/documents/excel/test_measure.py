"""Lines broken by width, and the columns that the tables of a sheet share."""

import pytest

from partner.documents.blocks import Cell, Column, Row, Table
from partner.documents.excel.grid import Grid
from partner.documents.excel.measure import lines, width
from partner.documents.excel.page import WIDTH

TEXT = "10月末の登録者は82,014人（国際協力人材 28,510人、簡易登録人材 53,504人）である。「PARTNER」の閲覧は40,057回。"


@pytest.mark.parametrize("room", [60, 100, 140, 333, 5000])
def test_lines_lose_nothing_and_fit(room: float) -> None:
    found = lines(TEXT, room)
    assert "".join(found) == TEXT
    assert all(width(line) <= room for line in found)


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    for room in range(115, 400, 7):
        found = lines(TEXT, room)
        assert not [line for line in found if line[0] in "、。）」"]
        assert not [line for line in found[:-1] if line[-1] in "（「"]


def test_numbers_and_words_stay_whole() -> None:
    assert not [line for line in lines(TEXT, 150) if line.startswith((",", "014", "057", "TNER"))]


def test_line_breaks_of_the_text_are_kept() -> None:
    assert lines("一行目\n\n三行目", 500) == ["一行目", "", "三行目"]
    assert lines("", 500) == [""]


def table(*widths: float, kind: str = "number", label: float = 0, text: str = "1,234") -> Table:
    columns = (Column("区分", kind="label", width=label), *(Column("値", kind=kind, width=w) for w in widths))  # type: ignore[arg-type]
    return Table(columns, (Row("行", tuple(Cell(text) for _ in widths)),), "表")


def test_tables_share_their_columns() -> None:
    grid = Grid([table(16, 16, 16), table(12, 20)], WIDTH)
    assert grid.spans(0) == [(0, 0), (1, 1), (2, 2), (3, 3)]
    assert grid.spans(1) == [(0, 0), (1, 1), (2, 2)]
    assert sum(grid.widths()) == WIDTH


def test_a_long_text_takes_as_many_columns_as_it_needs() -> None:
    words = Table(
        (Column("区分", kind="label"), Column("値", width=16), Column("内容", kind="text", width=56)),
        (Row("行", (Cell("1"), Cell("一つの列には入らない長さの説明がここにある"))),), "表",
    )  # fmt: skip
    grid = Grid([table(16, 16, 16, 16, 16), words], WIDTH)
    first, last = grid.spans(1)[2]
    assert (first, last > first) == (2, True)


def test_every_number_has_a_column_for_its_mark_until_there_are_too_many() -> None:
    assert all(slot.marked for slot in Grid([table(*[16] * 13)], WIDTH).slots[1:])
    many = Grid([table(*[16] * 14)], WIDTH)
    assert not [slot for slot in many.slots if slot.marked]


def test_columns_never_get_narrower_than_their_numbers() -> None:
    grid = Grid([table(*[16] * 30, text="123,456,789")], WIDTH)
    assert all(slot.width >= width("123,456,789") for slot in grid.slots[1:])
    assert sum(grid.widths()) > WIDTH
