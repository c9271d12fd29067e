"""Each row by itself: values read, codes known at the date, what its event asks for is there."""

import hashlib
import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from partner.common.period import DAY, midnight
from partner.common.refusal import Fault, Refusal
from partner.facts.intake import values
from partner.facts.intake.kinds.declare import Column, Kind
from partner.facts.intake.reading import MAX_ROWS, Opened
from partner.ledger import clock
from partner.master.book import Book

_EARLIEST = datetime(1900, 1, 1, tzinfo=clock.ORIGIN.tzinfo)
_LATEST = datetime(2200, 1, 1, tzinfo=clock.ORIGIN.tzinfo)
_READ = {"number": values.number, "plain": values.plain}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_TYPED = frozenset({"moment", "last_day", "integer", "decimal"})
_APART = frozenset({"key", "withdrawn", "name", "address", "email"})  # not members of the fact
_EMPTY: dict[str, Any] = {"moment": None, "last_day": None, "integer": None, "decimal": None}


@dataclass(slots=True)
class Row:
    """A row that was read. `line` is its place in the file; `members` are the fact's, `numbers` of persons and
    organisations still as written, `said` goes to the identity."""

    line: int
    source_key: str
    at: datetime
    members: dict[str, Any]
    numbers: dict[str, str]
    said: dict[str, str]
    withdrawn: bool = False
    may_be_later: bool = False
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
        self._beneath: dict[tuple[str, str, int], dict[str, str]] = {}
        self._secret = settings.SOURCE_KEY_SECRET.encode()
        self._keeps_by_day = any(one.name == "by_day" for one in kind.stream.told._meta.get_fields())
        self._texts = tuple(column for column in kind.columns if column.type not in _TYPED)
        self._others = tuple(column for column in kind.columns if column.type in _TYPED)
        self._required = tuple(column.name for column in self._texts if column.required)
        self._under = tuple(column for column in kind.columns if column.under)

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
        texts = {column.name: self._text(column, given.get(column.name), line) for column in self._texts}
        for name in self._required:
            if texts[name] == "":
                self._fault("missing_value", "値がありません。", line, name)
        event = self._choice(self.kind.event, texts[self.kind.event] or "", line) if self.kind.event else ""
        typed = {column.name: self._typed(column, given.get(column.name), line) for column in self._others}
        at, by_day = (typed[self.kind.at] or (None, False)) if self.kind.at else (self._now, False)
        if None in texts.values() or any(not texts[name] for name in self._required) or at is None:
            return None
        if self.kind.event and not event:
            return None
        read: dict[str, Any] = {**texts, **{name: value and value[0] for name, value in typed.items()}}
        read[self.kind.event] = event
        withdrawn = bool(self._choice("withdrawn", read["withdrawn"], line))
        members = {
            column.member: self._value(column, read[column.name], event, at, line, withdrawn)
            for column in self.kind.columns
            if column.name not in _APART
        }
        for column in self._under:
            members[column.member] = self._code_under(column, members, read, at, line)
        if self._keeps_by_day:
            members["by_day"] = by_day
        return self._finished(line, cells, read, members, at, withdrawn)

    def _finished(
        self, line: int, cells: list[Any], read: dict[str, Any], members: dict[str, Any], at: datetime, withdrawn: bool
    ) -> Row:
        if any(fault.row == line for fault in reversed(self.faults[-len(self.kind.columns) :])):
            return Row(line, "", at, {}, {}, {}, withdrawn)  # refused already: what follows needs values that hold
        self.kind.fill(members)
        for code, message, name in self.kind.check(members):
            self._fault(code, message, line, name)
        return Row(
            line, self.source_key(read["key"]), at, members,
            {column.member: members.pop(column.member) for column in self.kind.parties},
            {name: read[name] for name in self.kind.particulars}, withdrawn,
            not self.kind.at or self.kind.column(self.kind.at).may_be_future, cells,
        )  # fmt: skip

    def source_key(self, key: str) -> str:
        """What is kept of a row's key: a keyed hash, by which the same row is known again."""
        return hmac.new(self._secret, f"{self.kind.kind}\0{key}".encode(), hashlib.sha256).hexdigest()[:32]

    def _text(self, column: Column, cell: Any, line: int) -> str | None:
        """The cell as text; None where it cannot be read."""
        if cell is None or cell == "":
            return ""
        read = _READ.get(column.type, values.text)
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

    def _typed(self, column: Column, cell: Any, line: int) -> tuple[Any, bool] | None:
        """A moment (and whether only its day is known) or a number; None where there is none or it cannot be read."""
        if cell in (None, "") or (isinstance(cell, str) and not cell.strip()):
            if column.required:
                self._fault("missing_value", "値がありません。", line, column.name)
            return None
        try:
            if column.type in ("moment", "last_day"):
                return self._moment(column, cell, line)
            return self._amount(column, cell, line)
        except values.Unreadable as error:
            code = "bad_date" if column.type in ("moment", "last_day") else "bad_value"
            self._fault(code, f"{error}。", line, column.name)
            return None

    def _moment(self, column: Column, cell: Any, line: int) -> tuple[datetime, bool] | None:
        at, by_day = values.moment(cell, self.opened.epoch)
        if at > self._now and not column.may_be_future:
            self._fault("in_the_future", "現在より後の日時です。", line, column.name)
            return None
        if at < _EARLIEST:
            self._fault("bad_date", "1900年より前の日時です。", line, column.name)
            return None
        if at >= _LATEST:
            self._fault(
                "bad_date", "2200年以後の日時です。終わりが決まっていないときは空にしてください。", line, column.name
            )
            return None
        return (at + DAY if by_day and column.type == "last_day" else at), by_day

    def _amount(self, column: Column, cell: Any, line: int) -> tuple[int | Decimal, bool] | None:
        amount: int | Decimal = values.integer(cell) if column.type == "integer" else values.decimal(cell)
        too_small = column.least is not None and amount < column.least
        if too_small or (column.most is not None and amount > column.most):
            bounds = f"{'' if column.least is None else column.least}〜{'' if column.most is None else column.most}"
            self._fault("out_of_range", f"{bounds}の数にしてください。", line, column.name)
            return None
        return amount, False

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

    def _value(self, column: Column, written: Any, event: str, at: datetime, line: int, withdrawn: bool) -> Any:
        """The member's value: what the event asks for is there, and nothing that does not belong to it."""
        is_given = written not in (None, "")
        if not is_given:
            if event in column.needed and not withdrawn and not self._is_faulty(line, column):
                self._fault("missing_value", f"「{self._said(event)}」では値が必要です。", line, column.name)
            return _EMPTY.get(column.type, "")
        if column.allowed is not None and event not in column.allowed:
            self._fault("out_of_place", f"「{self._said(event)}」では書けない項目です。", line, column.name)
            return _EMPTY.get(column.type, "")
        if column.type == "code" and not column.under:
            return self._code(column.name, written, at, line)
        if column.type == "codes":
            return self._several(column.name, written, at, line)
        if column.type == "choice" and column.name != self.kind.event:
            return self._choice(column.name, written, line)
        return written

    def _is_faulty(self, line: int, column: Column) -> bool:
        """Whether something stands there that could not be read."""
        return any(
            fault.row == line and fault.column == column.label for fault in self.faults[-len(self.kind.columns) :]
        )

    def _said(self, event: str) -> str:
        return str(dict(self.kind.column(self.kind.event).choices)[event])

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

    def _code(self, name: str, written: str, at: datetime, line: int) -> str:
        known = self._known(name, at)
        if written in known:
            return known[written]
        everywhere = {code for (other, _), codes in self._codes.items() if other == name for code in codes}
        ever = self._known(name, self._now).keys() | everywhere
        why = f"「{written}」はその日には使えない値です" if written in ever else "一覧にない値です"  # it may be a name
        self._fault("unknown_code", f"{why}。コード一覧を確かめてください。", line, name)
        return ""

    def _code_under(
        self, column: Column, members: dict[str, Any], read: dict[str, Any], at: datetime, line: int
    ) -> str:
        """The code among those that begin with another column's: an answer among those of its question."""
        written, other = members[column.member], self.kind.column(column.under)
        above = members[other.member]
        if not written or not above:
            if written and not read[column.under]:
                self._fault("missing_value", f"「{column.label}」があるのに値がありません。", line, column.under)
            return ""
        known = self._known_under(column, above, at)
        if written not in known:
            message = f"その「{other.label}」にない値です。コード一覧を確かめてください。"  # not said: it may be a name
            self._fault("unknown_code", message, line, column.name)
            return ""
        return known[written]

    def _known_under(self, column: Column, above: str, at: datetime) -> dict[str, str]:
        """Labels, codes and ends of codes that begin with `above` at a date → code."""
        month = at.year * 12 + at.month
        if (column.name, above, month) not in self._beneath:
            day, start = midnight(at.date().replace(day=1)), f"{above}."
            rows = [row for row in self.book.codes(column.list, max(day, clock.ORIGIN)) if row.code.startswith(start)]
            self._beneath[column.name, above, month] = (
                {values.text(row.label): row.code for row in rows}
                | {row.code.removeprefix(start): row.code for row in rows}
                | {row.code: row.code for row in rows}
            )
        return self._beneath[column.name, above, month]

    def _several(self, name: str, written: str, at: datetime, line: int) -> str:
        parts = (part.strip() for part in written.replace("；", ";").split(";"))
        codes = {self._code(name, part, at, line) for part in parts if part}
        month = at.year * 12 + at.month
        ordered = [code for code in self._order.get((name, month), []) if code in codes]
        return f";{';'.join(ordered)};" if ordered else ""
