"""Opens a sheet and gives its rows, whatever it is written in; what cannot be read is refused by name."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import get_column_letter

from partner.common.refusal import Fault, Refusal
from partner.facts.intake.kinds.declare import Column, Kind

MAX_BYTES = 100 * 1024 * 1024
MAX_UNPACKED = 1024 * 1024 * 1024
MAX_WHOLE = 128 * 1024 * 1024
MAX_ROWS = 200_000
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ODD = re.compile(
    rb"<(?:\w++:)?(?:"
    rb"""mergeCell\s[^>]*?\bref=["']([A-Z]+)(\d+)"""
    rb"""|(row\s[^>]*?\bhidden=["'](?:1|true)["'][^>]*)>"""
    rb"""|(col\s[^>]*?\bhidden=["'](?:1|true)["'][^>]*)>"""
    rb"""|c\s([^>]*)>\s*<(?:\w++:)?f[\s>/])"""
)
_ODD_SIGNS = (b"hidden=", b"mergeCell", b"<f", b":f")
_WINDOW = 1 << 20
_MOST_FAULTS = 100
_BROKEN = "表計算のファイル（xlsx、csv）ではないか、壊れています。"


@dataclass(frozen=True)
class Opened:
    """A sheet that was opened: its name for messages, its headers' columns, its rows, and 対象期間 if it states one."""

    name: str
    columns: list[Column]
    rows: Iterator[tuple[int, list[Any]]]
    epoch: datetime | None
    covers: tuple[Any, Any] | None = None


def shown_name(path: Path) -> str:
    """The file's name for messages; bytes that are no text are spelt out."""
    return path.name.encode("utf-8", "backslashreplace").decode()


def open_sheet(path: Path, kind: Kind) -> Opened:
    """Opens a csv or xlsx file. Raises Refusal."""
    name = shown_name(path)
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
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError:
        raise Refusal("no_file", "ファイルが見つからないか、読めません。", file=name) from None
    if head.startswith(b"PK"):
        return _open_workbook(path, kind)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refusal(
            "old_format", "古い形式（.xls）か、パスワード付きのファイルです。.xlsx で保存し直してください。", file=name
        )
    if b"\x00" in head and not head.startswith(_UTF_16):
        raise Refusal("no_sheet", "表計算のファイル（xlsx、csv）ではありません。", file=name)
    return _open_csv(path, kind)


# ── csv ──


def decode(content: bytes, name: str) -> str:
    """BOM, then UTF-8, then cp932. Raises Refusal naming the line that fits neither."""
    if content.startswith(b"\xef\xbb\xbf"):
        content, encodings = content[3:], ("utf-8",)
    elif content.startswith(_UTF_16):
        encodings = ("utf-16",)
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
    name = shown_name(path)
    written = decode(path.read_bytes(), name)
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
    name = shown_name(path)
    try:
        with zipfile.ZipFile(path) as archive:
            if _is_too_large(archive.infolist()):
                raise Refusal("too_large", "展開すると大きすぎるファイルです。分けてください。", file=name)
        book = openpyxl.load_workbook(path, read_only=True, data_only=False)
    except Refusal:
        raise
    except Exception:
        raise Refusal("no_sheet", _BROKEN, file=name) from None
    sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
    if sheet is None:
        raise Refusal("no_sheet", "表示されているシートがありません。", file=name)
    try:
        _refuse_odd_cells(path, sheet._worksheet_path, name)
        covers = _stated_period(book)
    except Refusal:
        raise
    except Exception:
        raise Refusal("no_sheet", _BROKEN, file=name) from None
    sheet.reset_dimensions()  # what the file says of its own size is often wrong
    rows = _workbook_rows(sheet, name)
    _, headers = next(rows, (1, []))
    return Opened(name, _columns(headers, kind, name), rows, book.epoch, covers)


def _is_too_large(parts: list[zipfile.ZipInfo]) -> bool:
    """Sheets are read row by row; every other part is held in memory whole, at about six times its size."""
    whole = [part for part in parts if part.filename.endswith(".xml") and "/worksheets/" not in part.filename]
    return sum(part.file_size for part in parts) > MAX_UNPACKED or sum(part.file_size for part in whole) > MAX_WHOLE


def _workbook_rows(sheet: Any, name: str) -> Iterator[tuple[int, list[Any]]]:
    number = 0
    try:
        for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
            yield number, list(row)
    except Exception:  # openpyxl raises whatever a broken part makes it stumble over
        raise Refusal("no_sheet", _BROKEN, file=name, row=number + 1) from None


def _stated_period(book: Any) -> tuple[Any, Any] | None:
    """対象期間 on the sheet 設定: the two cells right of 開始 and 終了."""
    if "設定" not in book.sheetnames:
        return None
    sheet = book["設定"]
    sheet.reset_dimensions()
    rows = (row for row in sheet.iter_rows(max_row=20, max_col=2, values_only=True) if row and row[0])
    found = {str(row[0]).strip(): row[1] if len(row) > 1 else None for row in rows}
    first, last = found.get("対象期間の開始"), found.get("対象期間の終了")
    return (first, last) if first or last else None


def _refuse_odd_cells(path: Path, inside: str, name: str) -> None:
    """Merged cells, hidden rows and columns, formulas: what a person sees is not what the file says."""
    faults: list[Fault] = []
    with zipfile.ZipFile(path) as archive, archive.open(inside) as stream:
        rest = b""
        while (chunk := stream.read(_WINDOW)) and len(faults) < _MOST_FAULTS:
            data = rest + chunk
            end = max(data.rfind(b"<row "), data.rfind(b"<x:row "), 0)  # whole rows: a formula belongs to its cell
            if end or len(data) > 64 * _WINDOW:
                faults += _odd_faults(data[: end or None], name)
                data = data[end:] if end else b""
            rest = data
        faults += _odd_faults(rest, name)
    if faults:
        raise Refusal.of(faults[:_MOST_FAULTS])


def _odd_faults(data: bytes, name: str) -> list[Fault]:
    if not any(sign in data for sign in _ODD_SIGNS):
        return []
    return [_odd_fault(match, name) for match in islice(_ODD.finditer(data), _MOST_FAULTS)]


def _attribute(tag: bytes, name: str) -> str:
    match = re.search(rf"""\b{name}=["']([^"']*)""".encode(), tag)
    return match[1].decode() if match else ""


def _odd_fault(match: "re.Match[bytes]", name: str) -> Fault:
    merged_column, merged_row, hidden_row, hidden_column, formula = match.groups()
    if merged_row:
        message = "結合されたセルがあります。結合を解いてください。"
        return Fault("merged_cells", message, name, int(merged_row), merged_column.decode())
    if hidden_row:
        message = "表示されていない行があります。表示するか、削除してください。"
        return Fault("hidden_row", message, name, int(_attribute(hidden_row, "r") or 0) or None)
    if hidden_column:
        message = "表示されていない列があります。表示するか、削除してください。"
        return Fault("hidden_column", message, name, 1, get_column_letter(int(_attribute(hidden_column, "min") or 1)))
    place = re.fullmatch(r"([A-Z]+)(\d+)", _attribute(formula, "r"))
    column, row = (place[1], int(place[2])) if place else (None, None)
    return Fault("formula", "数式があります。値に置き換えてください。", name, row, column)


# ── headers ──


def _columns(headers: list[Any], kind: Kind, name: str) -> list[Column]:
    """The column of each header. Raises Refusal for unknown, double and missing ones."""
    known = {column.label: column for column in kind.columns} | {column.name: column for column in kind.columns}
    faults, found = [], []
    while headers and headers[-1] in (None, ""):
        headers.pop()
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
    needed = [column for column in kind.columns if column.required]
    if not any(column in found for column in needed):  # then it is a row of someone's data: nothing of it is printed
        message = f"1行目に見出しがありません。見出しは「{'」「'.join(column.label for column in needed)}」などです。"
        raise Refusal("missing_header", message, file=name, row=1)
    for column in kind.columns:
        if column.required and column not in found:
            faults.append(Fault("missing_header", "必要な見出しがありません。", name, 1, column.label))
    if faults:
        raise Refusal.of(faults)
    return found
