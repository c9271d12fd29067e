"""The rows that were refused, back as a file with the reason beside each."""

import os
from collections import defaultdict
from pathlib import Path
from typing import Any

import xlsxwriter

from partner.common.refusal import Fault
from partner.facts.intake.reading import Opened

SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "remove_timezone": True}


def write_returned(source: Path, opened: Opened, refused: dict[int, list[Any]], faults: list[Fault]) -> Path:
    """Writes `<name>_差戻し.xlsx` beside the source (or where the command runs) and returns its path."""
    folder = source.parent if os.access(source.parent, os.W_OK) else Path.cwd()
    path = folder / f"{source.stem}_差戻し.xlsx"
    reasons: dict[int, list[str]] = defaultdict(list)
    for fault in faults:
        place = f"「{fault.column}」" if fault.column else ""
        reasons[fault.row or 0].append(f"{place}{fault.message}")
    with xlsxwriter.Workbook(path, SAFE) as book:
        sheet = book.add_worksheet("差戻し")
        head = book.add_format({"bold": True, "bottom": 1})
        date = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        labels = [column.label for column in opened.columns]
        sheet.write_row(0, 0, [*labels, "理由（直して、この列を消してから取り込む）"], head)
        for place, line in enumerate(sorted(refused), 1):
            for column, cell in enumerate(refused[line][: len(labels)]):
                _write(sheet, place, column, cell, date)
            sheet.write_string(place, len(labels), f"{line}行目：{'／'.join(reasons[line])}")
        sheet.set_column(0, len(labels) - 1, 16)
        sheet.set_column(len(labels), len(labels), 70)
        sheet.freeze_panes(1, 0)
    return path


def _write(sheet: Any, row: int, column: int, cell: Any, date: Any) -> None:
    if cell is None:
        return
    if hasattr(cell, "year"):
        sheet.write_datetime(row, column, cell, date)
    elif isinstance(cell, str):
        sheet.write_string(row, column, cell)
    else:
        sheet.write(row, column, cell)
