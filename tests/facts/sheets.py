"""Sheets for the tests of intake: rows drawn as small tables, written as csv or xlsx, and loads of them."""

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from partner.common.refusal import Fault, Refusal
from partner.facts.intake.kinds import find
from partner.facts.intake.loading import load
from partner.ledger import clock

BY = ("見本 花子", "事務局")
LABELS = ["行キー", "管理番号", "異動区分", "発生日時", "区分"]
ROW = "k1 | 1001 | 登録 | 2026-09-01 | simple"
ROWS = f"{ROW}\nk2 | 1002 | 登録 | 2026-09-02 | full\nk3 | 1001 | 退会 | 2026-09-20 |"


def table(text: str) -> list[list[str]]:
    """The rows of a table drawn in text, cells divided by `|`."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def with_cell(column: str, cell: object, row: str = ROW) -> list[object]:
    """The row with another value in one of its five columns."""
    cells: list[object] = [part.strip() for part in row.split("|")]
    cells[LABELS.index(column)] = cell
    return cells


def written(headers: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """The table as csv."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([headers, *rows])
    return out.getvalue()


def csv_file(path: Path, rows: str | Sequence[Sequence[Any]], *more: str, headers: Sequence[str] = ()) -> Path:
    """A csv file with the five usual columns and `more` of them."""
    drawn = table(rows) if isinstance(rows, str) else rows
    path.write_text(written(headers or [*LABELS, *more], drawn), encoding="utf-8", newline="")
    return path


def xlsx_file(
    path: Path, rows: str | Sequence[Sequence[Any]], *more: str, headers: Sequence[str] = (), period: Sequence[Any] = (),
    change: Callable[[Any, Any], None] = lambda book, sheet: None, **options: Any,
) -> Path:  # fmt: skip
    """The same as xlsx; `change(book, sheet)` may do anything more to it; `period` goes to the sheet 設定."""
    drawn = table(rows) if isinstance(rows, str) else rows
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, **options}) as book:
        sheet = book.add_worksheet("異動")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate([headers or [*LABELS, *more], *drawn]):
            for column, cell in enumerate(row):
                if hasattr(cell, "year"):
                    sheet.write_datetime(number, column, cell, day)
                elif cell not in (None, ""):
                    sheet.write(number, column, cell)
        if period:
            settings = book.add_worksheet("設定")
            for row_number, label in enumerate(("対象期間の開始", "対象期間の終了")):
                settings.write_string(row_number, 0, label)
                write = settings.write_datetime if hasattr(period[row_number], "year") else settings.write
                write(row_number, 1, period[row_number], *([day] if hasattr(period[row_number], "year") else []))
        change(book, sheet)
    return path


def repacked(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """The zip again, each member passed through `change(name, content)`."""
    with zipfile.ZipFile(path) as archive:
        members = [(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, change(name, content))
    return path


def take(path: Path, kind: str = "people", **options: Any) -> dict[str, Any]:
    """Loads the file."""
    return load(find(kind), path, by=BY, **options)


def counts(answer: dict[str, Any]) -> tuple[int, int, int, int]:
    """New, corrected, unchanged, refused."""
    return answer["new"], answer["corrected"], answer["unchanged"], answer["refused"]


def refused(path: Path, kind: str = "people", **options: Any) -> list[Fault]:
    """The faults for which the file is refused; nothing was changed by it."""
    before = clock.last()
    with pytest.raises(Refusal) as caught:
        take(path, kind, **options)
    assert clock.last() == before
    assert all(fault.file in (path.name, None) and fault.message for fault in caught.value.faults)
    return list(caught.value.faults)


def places(faults: Sequence[Fault]) -> list[tuple[str, int | None, str | None]]:
    """Code, row and column of each."""
    return [(fault.code, fault.row, fault.column) for fault in faults]
