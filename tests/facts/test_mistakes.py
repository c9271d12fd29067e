"""Mistakes that people make with whole files: nothing of a person is printed, nothing hangs, nothing is lost."""

import os
import time
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from partner.facts.intake import reading
from partner.facts.models import Coverage, Identity, PersonEvent, PersonRegistration
from tests.facts.sheets import LABELS, ROW, counts, csv_file, places, refused, repacked, take, with_cell, xlsx_file

pytestmark = [pytest.mark.both, pytest.mark.usefixtures("in_november")]
NAME = "鵜殿いろは"


def test_a_file_without_headers_prints_nothing_of_its_rows(a_csv):
    row = [*ROW.split(" | "), NAME, "架空県蛍池町", "iroha@example.jp"]
    faults = refused(csv_file(a_csv, [row], headers=row))
    assert places(faults) == [("missing_header", 1, None)]
    assert not any(said in str(faults) for said in (NAME, "蛍池", "iroha", "k1"))


@pytest.mark.parametrize("column", ["異動区分", "発生日時", "区分", "接触媒体", "登録目的", "取消"])
@pytest.mark.parametrize("value", [NAME, "iroha@example.jp", f"2026-09-01 {NAME}"])
def test_names_that_slipped_into_another_column_are_not_printed(a_csv, column, value):
    labels = [*LABELS, "接触媒体", "登録目的", "取消"]
    row = [*ROW.split(" | "), "", "", ""]
    row[labels.index(column)] = value
    faults = refused(csv_file(a_csv, [row], headers=labels))
    assert places(faults)[0][1:] == (2, column)
    assert NAME not in str(faults)
    assert "iroha" not in str(faults)


def test_numbers_that_the_spreadsheet_program_made_a_date(a_book):
    day = datetime(2026, 10, 1)  # noqa: DTZ001 a sheet's dates have no zone
    rows = [with_cell("管理番号", day), with_cell("行キー", day)]
    assert places(refused(xlsx_file(a_book, rows))) == [("bad_value", 2, "管理番号"), ("bad_value", 3, "行キー")]
    rows = [[*ROW.split(" | "), day]]
    assert places(refused(xlsx_file(a_book, rows, "住所"))) == [("bad_value", 2, "住所")]


def test_rows_of_blanks_are_no_rows(a_csv, a_book):
    assert take(csv_file(a_csv, [ROW.split(" | "), ["　", " ", "", "", ""]]))["rows"] == 1
    assert (
        take(xlsx_file(a_book, [[" ", "　", None, None, None], with_cell("管理番号", "2")]), dry_run=True)["rows"] == 1
    )


def test_one_number_filled_down_the_whole_column_is_answered_soon(a_csv):
    many = 20_000
    start = time.process_time()
    faults = refused(csv_file(a_csv, [[f"k{n}", "1001", "登録", "2026-09-01", "simple"] for n in range(many)]))
    assert places(faults) == [("no_sequence", line, "異動区分") for line in range(3, many + 2)]
    assert time.process_time() - start < 30  # quadratic, it takes six minutes


def test_good_rows_of_one_number_are_the_same_as_one_by_one(a_csv):
    rows = """
        k1 | 1001 | 登録     | 2026-01-01 | simple
        k2 | 1001 | 登録     | 2026-01-01 | full
        k3 | 1001 | 停止     | 2026-02-01 |
        k4 | 1001 | 停止     | 2026-02-01 |
        k5 | 1001 | 退会     | 2026-03-01 |
        k6 | 1001 | 再開     | 2026-03-02 |
        k7 | 1001 | 再登録   | 2026-04-01 | full
    """
    answer = take(csv_file(a_csv, rows), good_rows=True)
    assert counts(answer) == (4, 0, 0, 3)
    assert list(PersonEvent.objects.order_by("id").values_list("kind", flat=True)) == [
        "registered", "suspended", "left", "returned",
    ]  # fmt: skip
    assert PersonRegistration.objects.count() == 3


def test_a_file_whose_name_is_no_text(tmp_path):
    path = csv_file(Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.csv")), ROW)
    answer = take(path)
    assert (answer["file"], answer["new"]) == ("\\udcff\\udcfe.csv", 1)
    path = csv_file(path, [*[ROW.split(" | ")], with_cell("区分", "無い", ROW.replace("1", "2"))])
    str(take(path, good_rows=True)).encode()


def test_a_file_that_came_back_is_not_written_over(a_csv, a_book):
    rows = [ROW.split(" | "), ["k2", "1002", "登録", "2026-09-01", "無い"]]
    first = take(csv_file(a_csv, rows), good_rows=True)["refused_file"]
    rows[1][1] = "1003"
    second = take(xlsx_file(a_book, rows), good_rows=True)["refused_file"]
    assert (Path(first).name, Path(second).name) == ("表_差戻し.xlsx", "表_差戻し_2.xlsx")
    assert [openpyxl.load_workbook(path).active["B2"].value for path in (first, second)] == ["1002", "1003"]


def test_parts_that_are_held_whole_have_a_limit(a_book, monkeypatch):
    monkeypatch.setattr(reading, "MAX_WHOLE", 1_000_000)
    path = xlsx_file(a_book, ROW)
    big = b"<si><t>a</t></si>" * 70_000 + b"</sst>"
    repacked(path, lambda name, data: data.replace(b"</sst>", big) if name.endswith("sharedStrings.xml") else data)
    assert path.stat().st_size < 50_000
    with zipfile.ZipFile(path) as archive:
        assert archive.getinfo("xl/sharedStrings.xml").file_size > 1_000_000
    assert places(refused(path)) == [("too_large", None, None)]


def test_days_stated_for_a_file_taken_in_before(a_csv):
    said: list[str] = []
    take(csv_file(a_csv, ROW), say=said.append)
    take(a_csv, covers="2026-09", say=said.append)
    assert "対象期間も記録していません" in said[-1]
    assert not Coverage.objects.exists()
    take(a_csv, covers="2026-09", again=True)
    assert Coverage.objects.get().valid_from.date() == date(2026, 9, 1)
    assert Identity.objects.count() == 1


def test_commands_say_what_they_cannot_write_and_not_everything(ledger_db, a_csv, tmp_path):
    answer = ledger_db.command("intake", "template", "people", "--out", tmp_path / "無い" / "x.xlsx", "--json")
    assert (answer.returncode, "cannot_write" in answer.stdout) == (1, True)
    path = csv_file(a_csv, [["k", "1", "登録", "?", "simple"]] * 300)
    said = ledger_db.command("intake", "load", "people", path)
    assert (said.returncode, len(said.stderr.splitlines())) == (1, 201)
    assert "ほかに100件" in said.stderr
