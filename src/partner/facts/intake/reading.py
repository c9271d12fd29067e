"""Opens a sheet and gives its rows, whatever it is written in; what cannot be read is refused by name."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl

from partner.common.refusal import Fault, Refusal
from partner.facts.intake.kinds import Column, Kind

MAX_BYTES = 100 * 1024 * 1024
MAX_UNPACKED = 1024 * 1024 * 1024
MAX_ROWS = 200_000
_MAX_CELL = 32_767
_ODD = re.compile(
    rb'<mergeCell [^>]*ref="([A-Z]+)(\d+)[:"]|<row [^>]*?r="(\d+)"[^>]*hidden="(?:1|true)"'
    rb'|<col [^>]*hidden="(?:1|true)"[^>]*|<c r="([A-Z]+)(\d+)"[^>]*>\s*<f[ >/]'
)


@dataclass(frozen=True)
class Opened:
    """A sheet that was opened: its name for messages, its headers' columns, its rows, and 対象期間 if it states one."""

    name: str
    columns: list[Column]
    rows: Iterator[tuple[int, list[Any]]]
    epoch: datetime | None
    covers: tuple[Any, Any] | None = None


def open_sheet(path: Path, kind: Kind) -> Opened:
    """Opens a csv or xlsx file. Raises Refusal."""
    name = path.name
    try:
        size = path.stat().st_size
    except OSError:
        raise Refusal("no_file", "ファイルが見つからないか、読めません。", file=name) from None
    if path.is_dir():
        raise Refusal("no_file", "ファイルではなくフォルダーです。", file=name)
    if size == 0:
        raise Refusal("empty_file", "空のファイルです。", file=name)
    if size > MAX_BYTES:
        raise Refusal(
            "too_large",
            f"ファイルが大きすぎます（{size // 1024 // 1024} MB）。100 MB までに分けてください。",
            file=name,
        )
    with path.open("rb") as file:
        head = file.read(8)
    if head.startswith(b"PK"):
        return _open_workbook(path, kind)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refusal(
            "old_format", "古い形式（.xls）か、パスワード付きのファイルです。.xlsx で保存し直してください。", file=name
        )
    return _open_csv(path, kind)


# ── csv ──


def decode(content: bytes, name: str) -> str:
    """BOM, then UTF-8, then cp932. Raises Refusal naming the line that fits neither."""
    if content.startswith(b"\xef\xbb\xbf"):
        content, encodings = content[3:], ("utf-8",)
    elif content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content, encodings = content, ("utf-16",)
    else:
        encodings = ("utf-8", "cp932")  # type: ignore[assignment]
    place = 0
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            place = max(place, error.start)
    line = content.count(b"\n", 0, place) + 1
    message = "文字コードが UTF-8 でもシフトJIS（cp932）でもありません。UTF-8 の CSV で保存し直してください。"
    raise Refusal("bad_encoding", message, file=name, row=line)


def _open_csv(path: Path, kind: Kind) -> Opened:
    name = path.name
    written = decode(path.read_bytes(), name)
    if "\x00" in written[:4096]:
        raise Refusal("no_sheet", "表計算のファイル（xlsx、csv）ではありません。", file=name)
    reader = csv.reader(io.StringIO(written, newline=""), strict=True)
    rows = _csv_rows(reader, name)
    _, headers = next(rows, (1, []))
    return Opened(name, _columns(headers, kind, name), rows, None)


def _csv_rows(reader: Any, name: str) -> Iterator[tuple[int, list[Any]]]:
    while True:
        number = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise Refusal(
                "bad_csv", "CSV として読めません（引用符が閉じていないなど）。", file=name, row=number
            ) from None
        yield number, row


# ── xlsx ──


def _open_workbook(path: Path, kind: Kind) -> Opened:
    name = path.name
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(info.file_size for info in archive.infolist()) > MAX_UNPACKED:
                raise Refusal("too_large", "展開すると大きすぎるファイルです。分けてください。", file=name)
        book = openpyxl.load_workbook(path, read_only=True, data_only=False)
    except Refusal:
        raise
    except Exception:
        raise Refusal("no_sheet", "表計算のファイル（xlsx、csv）ではないか、壊れています。", file=name) from None
    sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
    if sheet is None:
        raise Refusal("no_sheet", "表示されているシートがありません。", file=name)
    _refuse_odd_cells(path, sheet._worksheet_path, name)
    rows = _workbook_rows(sheet)
    _, headers = next(rows, (1, []))
    while headers and headers[-1] is None:
        headers.pop()
    return Opened(name, _columns(headers, kind, name), rows, book.epoch, _stated_period(book))


def _workbook_rows(sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        yield number, list(row)


def _stated_period(book: Any) -> tuple[Any, Any] | None:
    """対象期間 on the sheet 設定: the two cells right of 開始 and 終了."""
    if "設定" not in book.sheetnames:
        return None
    found = {
        row[0]: row[1] for row in book["設定"].iter_rows(max_row=20, max_col=2, values_only=True) if row and row[0]
    }
    first, last = found.get("対象期間の開始"), found.get("対象期間の終了")
    return (first, last) if first or last else None


def _refuse_odd_cells(path: Path, inside: str, name: str) -> None:
    """Merged cells, hidden rows and columns, formulas: what a person sees is not what the file says."""
    faults: list[Fault] = []
    with zipfile.ZipFile(path) as archive, archive.open(inside) as stream:
        rest = b""
        while chunk := stream.read(1 << 20):
            data = rest + chunk
            end = data.rfind(b">") + 1
            faults += [_odd_fault(match, name) for match in _ODD.finditer(data, 0, end)]
            rest = data[end:]
            if len(faults) > 100:
                break
    if faults:
        raise Refusal.of(faults)


def _odd_fault(match: "re.Match[bytes]", name: str) -> Fault:
    merged_column, merged_row, hidden_row, formula_column, formula_row = match.groups()
    if merged_row:
        return Fault(
            "merged_cells",
            "結合されたセルがあります。結合を解いてください。",
            name,
            int(merged_row),
            merged_column.decode(),
        )
    if hidden_row:
        return Fault(
            "hidden_row", "表示されていない行があります。表示するか、削除してください。", name, int(hidden_row)
        )
    if formula_row:
        return Fault(
            "formula", "数式があります。値に置き換えてください。", name, int(formula_row), formula_column.decode()
        )
    return Fault("hidden_column", "表示されていない列があります。表示するか、削除してください。", name, 1)


# ── headers ──


def _columns(headers: list[Any], kind: Kind, name: str) -> list[Column]:
    """The column of each header. Raises Refusal for unknown, double and missing ones."""
    known = {column.label: column for column in kind.columns} | {column.name: column for column in kind.columns}
    faults, found = [], []
    for header in headers:
        label = str(header or "").strip().strip("\u3000").lstrip("\ufeff")
        column = known.get(label)
        if column is None:
            message = f"見出し「{label}」はありません。" if label else "見出しのない列があります。"
            faults.append(Fault("unknown_header", message, name, 1, label or None))
        elif column in found:
            faults.append(Fault("double_header", "同じ見出しが2つあります。", name, 1, label))
        else:
            found.append(column)
    for column in kind.columns:
        if column.required and column not in found:
            faults.append(Fault("missing_header", "必要な見出しがありません。", name, 1, column.label))
    if faults:
        raise Refusal.of(faults)
    return found
