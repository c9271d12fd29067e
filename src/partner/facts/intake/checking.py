"""Each row by itself: values read, codes known at the date, what the 異動区分 asks for is there."""

import hashlib
import hmac
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from partner.common.period import midnight
from partner.common.refusal import Fault, Refusal
from partner.facts.intake import values
from partner.facts.intake.kinds import Column, Kind
from partner.facts.intake.reading import MAX_ROWS, Opened
from partner.facts.models.registrations import EventKind as K
from partner.ledger import clock
from partner.master.book import Book

_EARLIEST = datetime(1900, 1, 1, tzinfo=clock.ORIGIN.tzinfo)
_STATES_LEVEL = {K.APPLIED, K.REGISTERED, K.RETURNED, K.MOVED}
_STATES_TYPE = {K.APPLIED, K.REGISTERED, K.RETURNED, K.RETYPED}
_STATES_MEDIUM = {K.APPLIED, K.REGISTERED, K.RETURNED}
_STATES_PURPOSES = {K.APPLIED, K.REGISTERED, K.RETURNED, K.REPURPOSED}
_READ: dict[str, Callable[[Any], str]] = {
    "key": values.number, "number": values.number, "merged_into": values.number,
    "name": values.plain, "address": values.plain,
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(slots=True)
class Row:
    """A row that was read: an event, and who it concerns. `line` is its place in the file."""

    line: int
    source_key: str
    number: str
    kind: str
    happened_at: datetime
    by_day: bool
    level: str = ""
    organization_type: str = ""
    medium: str = ""
    purposes: str = ""
    merged_number: str = ""
    withdrawn: bool = False
    name: str = ""
    address: str = ""
    email: str = ""
    cells: list[Any] = field(default_factory=list)


class Checker:
    """Reads the rows of one sheet; faults gather in `faults`, rows without any come out."""

    def __init__(self, opened: Opened, kind: Kind, book: Book) -> None:
        self.opened, self.kind, self.book = opened, kind, book
        self.faults: list[Fault] = []
        self.refused: dict[int, list[Any]] = {}
        self.lines = 0
        self._now = clock.now()
        self._codes: dict[tuple[str, int], dict[str, str]] = {}
        self._order: dict[tuple[str, int], list[str]] = {}
        self._secret = settings.SOURCE_KEY_SECRET.encode()

    def rows(self) -> Iterator[Row]:
        """The rows that hold, in the file's order."""
        width = len(self.opened.columns)
        for line, cells in self.opened.rows:
            if all(cell in (None, "") or (isinstance(cell, str) and not cell.strip()) for cell in cells):
                continue
            self.lines += 1
            if self.lines > MAX_ROWS:
                message = f"行が多すぎます。{MAX_ROWS:,}行までに分けてください。"
                raise Refusal("too_many_rows", message, file=self.opened.name, row=line)
            before = len(self.faults)
            if any(cell not in (None, "") for cell in cells[width:]):
                self._fault("extra_cell", "見出しのない列に値があります。", line)
            row = self._row(line, cells)
            if len(self.faults) == before and row is not None:
                yield row
            else:
                self.refused[line] = cells

    def _fault(self, code: str, message: str, line: int, name: str = "") -> None:
        label = self.kind.column(name).label if name else None
        self.faults.append(Fault(code, message, self.opened.name, line, label))

    def _row(self, line: int, cells: list[Any]) -> Row | None:
        given = {column.name: cell for column, cell in zip(self.opened.columns, cells, strict=False)}
        read = {
            column.name: self._text(column, given.get(column.name), line)
            for column in self.kind.columns
            if column.name != "happened_at"
        }
        for name in ("key", "number", "event"):
            if read[name] == "":
                self._fault("missing_value", "値がありません。", line, name)
        kind = self._choice("event", read["event"] or "", line)
        at = self._moment(given.get("happened_at"), line)
        if None in read.values() or not kind or at is None or not read["key"] or not read["number"]:
            return None
        withdrawn = self._choice("withdrawn", read["withdrawn"] or "", line)
        row = Row(
            line,
            self.source_key(str(read["key"])),
            str(read["number"]),
            kind,
            at[0],
            at[1],
            withdrawn=bool(withdrawn),
            cells=cells,
        )
        row.merged_number, row.name = str(read["merged_into"]), str(read["name"])
        row.address, row.email = str(read["address"]), str(read["email"])
        self._particulars(row, {name: str(value) for name, value in read.items()})
        return row

    def source_key(self, key: str) -> str:
        """What is kept of a row's key: a keyed hash, by which the same row is known again."""
        return hmac.new(self._secret, f"{self.kind.kind}\0{key}".encode(), hashlib.sha256).hexdigest()[:32]

    def _text(self, column: Column, cell: Any, line: int) -> str | None:
        """The cell as text; None where it cannot be read."""
        if cell is None or cell == "":
            return ""
        read = _READ.get(column.name, values.text)
        try:
            written = read(cell)
        except values.Unreadable as error:
            self._fault("bad_value", f"{error}。", line, column.name)
            return None
        if len(written) > column.limit:
            self._fault("too_long", f"長すぎます（{len(written)}字。{column.limit}字まで）。", line, column.name)
            return None
        if not written.isprintable() and (read is not values.plain or _CONTROL.search(written)):
            self._fault("bad_value", "改行や制御文字が入っています。", line, column.name)
            return None
        return written

    def _choice(self, name: str, written: str, line: int) -> str:
        """The code of one of the product's own choices."""
        if not written:
            return ""
        for code, label in self.kind.column(name).choices:
            if written in (code, str(label)):
                return str(code)
        if name == "withdrawn" and written.lower() in ("true", "○", "〇", "yes"):
            return "1"
        labels = "、".join(str(label) for _, label in self.kind.column(name).choices)
        self._fault("unknown_code", f"一覧にない値です。書けるもの：{labels}", line, name)
        return ""

    def _moment(self, cell: Any, line: int) -> tuple[datetime, bool] | None:
        if cell in (None, ""):
            self._fault("missing_value", "値がありません。", line, "happened_at")
            return None
        try:
            at, by_day = values.moment(cell, self.opened.epoch)
        except values.Unreadable as error:
            self._fault("bad_date", f"{error}。", line, "happened_at")
            return None
        if at > self._now:
            self._fault("in_the_future", "現在より後の日時です。", line, "happened_at")
            return None
        if at < _EARLIEST:
            self._fault("bad_date", "1900年より前の日時です。", line, "happened_at")
            return None
        return at, by_day

    def _particulars(self, row: Row, read: dict[str, str]) -> None:
        """What the 異動区分 asks for, and nothing that does not belong to it."""
        kind, is_organization = row.kind, self.kind.kind == "organizations"
        wanted = (
            ("level", kind in _STATES_LEVEL, kind in _STATES_LEVEL),
            ("organization_type", is_organization and kind in _STATES_TYPE, is_organization and kind in _STATES_TYPE),
            ("medium", False, kind in _STATES_MEDIUM),
            ("purposes", kind == K.REPURPOSED, kind in _STATES_PURPOSES),
            ("merged_into", kind == K.MERGED, kind == K.MERGED),
        )
        for name, is_needed, is_allowed in wanted:
            written = read[name]
            if is_needed and not written and not row.withdrawn:
                self._fault("missing_value", f"「{K(kind).label}」では値が必要です。", row.line, name)
            elif written and not is_allowed:
                self._fault("out_of_place", f"「{K(kind).label}」では書けない項目です。", row.line, name)
            elif written and name == "purposes":
                row.purposes = self._several(written, row)
            elif written and name != "merged_into":
                setattr(row, name, self._code(name, written, row))
        if kind == K.MERGED and row.merged_number == row.number:
            self._fault("merged_into_itself", "統合先が自分自身です。", row.line, "merged_into")

    def _known(self, name: str, at: datetime) -> dict[str, str]:
        """Codes and labels of a list at a date → code."""
        month = at.year * 12 + at.month  # lists change at a month's start
        if (name, month) not in self._codes:
            day = midnight(at.date().replace(day=1))
            rows = self.book.codes(self.kind.column(name).list, max(day, clock.ORIGIN))
            self._codes[name, month] = {values.text(row.label): row.code for row in rows} | {
                row.code: row.code for row in rows
            }
            self._order[name, month] = [row.code for row in rows]
        return self._codes[name, month]

    def _code(self, name: str, written: str, row: Row) -> str:
        known = self._known(name, row.happened_at)
        if written in known:
            return known[written]
        everywhere = {code for (other, _), codes in self._codes.items() if other == name for code in codes}
        ever = self._known(name, self._now).keys() | everywhere
        why = f"「{written}」はその日には使えない値です" if written in ever else "一覧にない値です"  # it may be a name
        self._fault("unknown_code", f"{why}。コード一覧を確かめてください。", row.line, name)
        return ""

    def _several(self, written: str, row: Row) -> str:
        codes = {
            self._code("purposes", part.strip(), row) for part in written.replace("；", ";").split(";") if part.strip()
        }
        month = row.happened_at.year * 12 + row.happened_at.month
        ordered = [code for code in self._order["purposes", month] if code in codes]
        return f";{';'.join(ordered)};" if ordered else ""
