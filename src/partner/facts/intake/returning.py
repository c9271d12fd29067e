"""The rows that were refused, back as a file with the reason beside each."""

import contextlib
import os
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import Any

import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from partner.common.refusal import Fault
from partner.facts.intake.reading import Opened

SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "remove_timezone": True}


def write_returned(
    source: Path, opened: Opened, refused: dict[int, list[Any]], faults: list[Fault], period: tuple[date, date] | None
) -> Path:
    """Writes `<name>_差戻し.xlsx` beside the source (or where the command runs) and returns its path.

    It states the same 対象期間, so that loading it, mended, completes those days. Raises OSError.
    """
    folder = source.parent if os.access(source.parent, os.W_OK) else Path.cwd()
    path = _unused(folder / f"{source.stem}_差戻し.xlsx")
    reasons: dict[int, list[str]] = defaultdict(list)
    for fault in faults:
        at = f"「{fault.column}」" if fault.column else ""
        reasons[fault.row or 0].append(f"{at}{fault.message}")
    with workbook(path, {**SAFE, "date_1904": opened.epoch == CALENDAR_MAC_1904}) as book:
        _write_rows(book, [column.label for column in opened.columns], refused, reasons)
        if period is not None:
            write_period(book.add_worksheet("設定"), book.add_format({"num_format": "yyyy-mm-dd"}), period)
    return path


def _unused(path: Path) -> Path:
    """That path, or the next that is free: someone may be mending the last file that came back."""
    others = (path.with_stem(f"{path.stem}_{number}") for number in count(2))
    return next(one for one in chain([path], others) if not one.exists())


def _write_rows(book: Any, labels: list[str], refused: dict[int, list[Any]], reasons: dict[int, list[str]]) -> None:
    sheet, head = book.add_worksheet("差戻し"), book.add_format({"bold": True, "bottom": 1})
    style = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.write_row(0, 0, [*labels, "理由（直して、この列を消してから取り込む）"], head)
    for row, line in enumerate(sorted(refused), 1):
        for column, cell in enumerate(refused[line][: len(labels)]):
            _write(sheet, row, column, cell, style)
        sheet.write_string(row, len(labels), f"{line}行目：{'／'.join(reasons[line])}")
    sheet.set_column(0, len(labels) - 1, 16)
    sheet.set_column(len(labels), len(labels), 70)
    sheet.freeze_panes(1, 0)


@contextlib.contextmanager
def workbook(path: Path, options: dict[str, Any]) -> Iterator[Any]:
    """A workbook that is written at the end; what keeps it from being written is an OSError."""
    book = xlsxwriter.Workbook(path, options)
    yield book
    try:
        book.close()
    except xlsxwriter.exceptions.FileCreateError as error:
        raise error.args[0] from None


def write_period(sheet: Any, style: Any, period: tuple[date, date] | None) -> None:
    """The two cells of the sheet 設定 by which a file says for which days it is complete."""
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 16, style)
    for row, label in enumerate(("対象期間の開始", "対象期間の終了")):
        sheet.write_string(row, 0, label)
        if period is not None:
            sheet.write_datetime(row, 1, period[row], style)


def _write(sheet: Any, row: int, column: int, cell: Any, style: Any) -> None:
    if cell is None:
        return
    if hasattr(cell, "year"):
        sheet.write_datetime(row, column, cell, style)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell)
    else:
        sheet.write(row, column, cell)
