"""Bad input: refused with its code, file, row and column, and nothing changed; and odd input that is read all the same."""

import os
import struct
import zipfile
import zlib

import pytest

from partner.facts.intake import reading
from partner.facts.models import Identity, PersonEvent
from tests.facts.sheets import (
    LABELS,
    ROW,
    ROWS,
    counts,
    csv_file,
    places,
    refused,
    repacked,
    take,
    with_cell,
    written,
    xlsx_file,
)

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_november")]


# ── what is no sheet ──


def a_png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + os.urandom(24) for _ in range(8)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("空.csv", b"", "empty_file"),
        ("空.xlsx", b"", "empty_file"),
        ("絵.csv", a_png(), "no_sheet"),
        ("絵.xlsx", a_png(), "no_sheet"),
        ("紙.pdf", b"%PDF-1.7\n\0\0\0binary", "no_sheet"),
        ("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_format"),
        ("壊.xlsx", b"PK\x03\x04" + bytes(300), "no_sheet"),
    ],
)
def test_files_that_are_no_sheet(tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)
    assert places(refused(path)) == [(code, None, None)]


def test_no_file_a_folder_and_a_sparse_giant(tmp_path):
    assert places(refused(tmp_path / "無い.csv")) == [("no_file", None, None)]
    (tmp_path / "箱").mkdir()
    assert places(refused(tmp_path / "箱")) == [("no_file", None, None)]
    for name, head in (("大.csv", b""), ("大.xlsx", b"PK\x03\x04")):
        with (tmp_path / name).open("wb") as file:
            file.write(head)
            file.truncate(101 * 1024 * 1024)
        assert places(refused(tmp_path / name)) == [("too_large", None, None)]


def test_zips_that_are_no_workbook_or_broken(tmp_path, a_book):
    with zipfile.ZipFile(tmp_path / "束.xlsx", "w") as archive:
        archive.writestr("a.txt", "hello")
    assert places(refused(tmp_path / "束.xlsx")) == [("no_sheet", None, None)]
    xlsx_file(a_book, ROWS)
    whole = a_book.read_bytes()
    for length in (30, len(whole) // 2, len(whole) - 20):
        a_book.write_bytes(whole[:length])
        assert places(refused(a_book)) == [("no_sheet", None, None)]
    damaged = bytearray(whole)
    place = whole.index(b"xl/worksheets/sheet1.xml") + 60
    damaged[place : place + 40] = bytes(40)
    a_book.write_bytes(bytes(damaged))
    assert places(refused(a_book)) == [("no_sheet", None, None)]


def test_a_sheet_that_breaks_off_in_the_middle(a_book):
    xlsx_file(a_book, ROWS)
    repacked(a_book, lambda name, data: data.split(b"</sheetData>")[0] if name.endswith("sheet1.xml") else data)
    assert places(refused(a_book)) == [("no_sheet", 5, None)]
    repacked(a_book, lambda name, data: data[:-30] + b"&broken;" if name.endswith("sharedStrings.xml") else data)
    assert places(refused(a_book)) == [("no_sheet", None, None)]


def test_a_small_file_that_unpacks_to_too_much(a_book, monkeypatch):
    monkeypatch.setattr(reading, "MAX_UNPACKED", 1000)
    assert places(refused(xlsx_file(a_book, ROWS))) == [("too_large", None, None)]


def test_too_many_rows(a_csv, monkeypatch):
    monkeypatch.setattr("partner.facts.intake.checking.MAX_ROWS", 2)
    for good_rows in (False, True):
        assert places(refused(csv_file(a_csv, ROWS), good_rows=good_rows)) == [("too_many_rows", 4, None)]


# ── text ──


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_encodings_that_are_read(a_csv, encoding):
    text = written([*LABELS, "氏名または団体名"], [[*ROW.replace(" ", "").split("|"), "髙﨑 花子"]])
    a_csv.write_bytes(text.encode(encoding))
    take(a_csv)
    assert Identity.objects.get().name == "髙﨑 花子"


def test_wrong_encodings(a_csv):
    good = written([*LABELS, "氏名または団体名"], [[*with_cell("行キー", f"k{n}"), "花子"] for n in range(3)])
    a_csv.write_bytes(
        good.encode().replace("花子".encode(), b"\xff\x80\xff", 2).replace(b"\xff\x80\xff", "花".encode(), 1)
    )
    assert places(refused(a_csv)) == [("bad_encoding", 3, None)]
    a_csv.write_bytes(good.encode("euc-jp"))
    assert {fault.code for fault in refused(a_csv)} <= {"bad_encoding", "unknown_header", "missing_header"}
    a_csv.write_bytes(good.encode("iso2022_jp"))
    assert places(refused(a_csv)) == [("missing_header", 1, None)]
    a_csv.write_bytes(good.encode("utf-16")[:-1])
    assert [fault.code for fault in refused(a_csv)] == ["bad_encoding"]


def test_a_quote_that_does_not_close(a_csv):
    a_csv.write_text(written(LABELS, [ROW.split("|")]) + 'k2,"1002,登録\n', encoding="utf-8")
    assert places(refused(a_csv)) == [("bad_csv", 3, None)]


def test_control_characters(a_csv):
    rows = [
        [*with_cell("管理番号", "10\x0101"), ""],
        [*with_cell("行キー", "k\n2"), ""],
        [*with_cell("行キー", "k3"), "花\x1b子"],
    ]
    assert places(refused(csv_file(a_csv, rows, "住所"))) == [
        ("bad_value", 2, "管理番号"),
        ("bad_value", 3, "行キー"),
        ("bad_value", 5, "住所"),  # the key above takes two lines of the file
    ]
    csv_file(a_csv, [[*with_cell("行キー", "k4"), "架空県\n架空市　一丁目"]], "住所")
    take(a_csv)
    assert Identity.objects.get().address == "架空県\n架空市　一丁目"


def test_full_width_digits_letters_and_spaces_are_read(a_csv):
    csv_file(
        a_csv, "　ｋ１　 | １００１ |　登録 | ２０２６／９／１ | ｓｉｍｐｌｅ\nk2 | 1001　| 退会 | 2026年９月２日　|"
    )
    assert counts(take(a_csv)) == (2, 0, 0, 0)
    assert Identity.objects.get().number == "1001"
    assert [event.happened_at.day for event in PersonEvent.objects.order_by("ordinal")] == [1, 2]


def test_values_too_long(a_csv):
    rows = [
        [*with_cell("行キー", "k" * 81), ""],
        [*with_cell("管理番号", "9" * 41), ""],
        [*with_cell("行キー", "k3"), "字" * 301],
    ]
    assert places(refused(csv_file(a_csv, rows, "住所"))) == [
        ("too_long", 2, "行キー"), ("too_long", 3, "管理番号"), ("too_long", 4, "住所"),
    ]  # fmt: skip


# ── headers and shape ──


@pytest.mark.parametrize("write", [csv_file, xlsx_file])
def test_headers(tmp_path, write):
    path = tmp_path / f"h{'.csv' if write is csv_file else '.xlsx'}"
    row = [part.strip() for part in ROW.split("|")]
    headers = ["行キー", "管理番号", "区分", "異動", "管理番号"]
    assert places(refused(write(path, [row], headers=headers))) == [
        ("unknown_header", 1, "異動"),
        ("double_header", 1, "管理番号"),
        ("missing_header", 1, "異動区分"),
        ("missing_header", 1, "発生日時"),
    ]
    headers = ["行キー", "管理番号", "", "異動区分", "発生日時"]
    assert places(refused(write(path, [row], headers=headers))) == [("unknown_header", 1, None)]
    assert places(refused(write(path, [[*row, "", "余り"]]))) == [("extra_cell", 2, None)]
    headers = ["key", " number ", "event", "発生日時", "level", ""]
    assert counts(take(write(path, [[*row, ""]], headers=headers))) == (1, 0, 0, 0)


def test_a_title_above_the_headers_is_refused(a_csv):
    csv_file(a_csv, [LABELS, ROW.split("|")], headers=["人材登録の異動"])
    assert places(refused(a_csv)) == [("missing_header", 1, None)]


def test_merged_cells_formulas_hidden_rows_and_columns(a_book):
    def change(book, sheet):
        sheet.merge_range("B3:C4", "結合")
        sheet.write_formula("E2", '="sim"&"ple"', None, "simple")
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_column("C:C", None, None, {"hidden": True})

    assert places(refused(xlsx_file(a_book, ROWS, change=change))) == [
        ("hidden_column", 1, "C"),
        ("formula", 2, "E"),
        ("hidden_row", 4, None),
        ("merged_cells", 3, "B"),
    ]


def test_the_same_in_another_programs_writing(a_book):
    """Attributes in another order, single quotes, `true` for 1, a name before each tag."""
    tags = ["sheetData", "cols", "col", "row", "c", "f", "v"]
    xml = (
        "<x:cols><x:col hidden='true' width='9' max='5' min='5'/></x:cols><x:sheetData>"
        "<x:row hidden='0' r='1'><x:c r='A1'><x:v>1</x:v></x:c></x:row>"
        "<x:row ht='3' hidden='true' r='2'><x:c s='1' t='str' r='B2'> <x:f>1+1</x:f><x:v>2</x:v></x:c></x:row></x:sheetData>"
    )
    for prefix in ("x:", ""):
        plain = xml.replace("x:", prefix)
        assert all(f"<{prefix}{tag}" in plain for tag in tags)
        xlsx_file(a_book, ROWS)
        repacked(
            a_book,
            lambda name, data, plain=plain: (
                data.split(b"<sheetData")[0] + plain.encode() + data.split(b"</sheetData>")[1]
                if name.endswith("sheet1.xml") else data
            ),
        )  # fmt: skip
        assert places(refused(a_book)) == [("hidden_column", 1, "E"), ("hidden_row", 2, None), ("formula", 2, "B")]


def test_a_formula_anywhere_in_a_long_sheet_is_seen(a_book, monkeypatch):
    monkeypatch.setattr(reading, "_WINDOW", 700)  # pieces that end in the middle of cells
    rows = [[f"k{n}", f"{n:04}", "登録", "2026-09-01", "simple"] for n in range(60)]

    def change(book, sheet):
        for n in range(1, 60):
            sheet.write_formula(n, 4, '="simple"', None, "simple")

    faults = places(refused(xlsx_file(a_book, rows, change=change)))
    assert faults == [("formula", n + 1, "E") for n in range(1, 60)]


def test_hidden_sheets_are_passed_over_and_texts_are_no_formulas(a_book):
    def change(book, sheet):
        sheet.set_first_sheet()
        other = book.add_worksheet("別")
        other.activate()
        sheet.hide()
        for row, cells in enumerate([LABELS, with_cell("管理番号", "=1001+1"), with_cell("行キー", "<f>")]):
            for column, cell in enumerate(cells):
                other.write_string(row, column, str(cell))

    assert counts(take(xlsx_file(a_book, "x | x | x | x | x", change=change))) == (2, 0, 0, 0)
    assert set(Identity.objects.values_list("number", flat=True)) == {"=1001+1", "1001"}


def test_a_sheet_that_misstates_its_size_is_read_whole(a_book):
    for stated in ('ref="A1"', 'ref="A1:XFD1048576"', 'ref="A1:B2"'):
        xlsx_file(a_book, ROWS)
        repacked(
            a_book,
            lambda name, data, stated=stated: (
                data.replace(b'ref="A1:E4"', stated.encode()) if name.endswith("sheet1.xml") else data
            ),
        )
        assert take(a_book, again=True)["rows"] == 3
    assert PersonEvent.objects.count() == 3


def test_gaps_and_empty_rows_are_passed_over_and_rows_keep_their_numbers(a_book):
    rows = [
        [],
        *[with_cell("行キー", f"k{n}", ROW.replace("1001", str(n))) for n in (1, 2)],
        [None],
        [],
        with_cell("発生日時", "?"),
    ]
    assert places(refused(xlsx_file(a_book, rows))) == [("bad_date", 7, "発生日時")]
