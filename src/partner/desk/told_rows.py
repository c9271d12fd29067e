"""Recorded rows of any kind of sheet, in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from partner.facts.intake import values
from partner.facts.intake.kinds import Column, Kind
from partner.facts.intake.spelling import asked
from partner.ledger import clock
from partner.master.book import Book

_SHOWN = 6


def day_of_lists(kind: Kind, written: Any) -> datetime:
    """The day whose lists the form offers: what was written as the row's date, else today."""
    try:
        return values.moment(written, None)[0] if kind.at and written else clock.now()
    except values.Unreadable:
        return clock.now()


def hidden_columns(kind: Kind, sees_numbers: bool) -> frozenset[str]:
    """Columns that a recorded row does not show: particulars never, 管理番号 to those who may know."""
    parties = () if sees_numbers else (column.name for column in kind.parties)
    return frozenset((*kind.particulars, *parties))


def listed(kind: Kind, hidden: frozenset[str]) -> list[Column]:
    """The columns of the list: those that must be filled first, then as many others as there is place for."""
    shown = [column for column in asked(kind) if column.name not in hidden]
    first = sorted(shown, key=lambda one: (not one.required, not one.needed))[:_SHOWN]
    return [column for column in shown if column in first]


class Words:
    """Typed values as people read them: codes by their labels at the row's date."""

    def __init__(self, kind: Kind) -> None:
        self.kind, self.book = kind, Book(clock.last())

    def of(self, column: Column, row: Mapping[str, Any]) -> str:
        """The column's value in words; empty where there is none."""
        value = row[column.name]
        if column.type == "choice":
            return str(dict(column.choices).get(value, value))
        if column.type in ("code", "codes"):
            codes = value if isinstance(value, list) else [value]
            at = day_of_lists(self.kind, row.get(self.kind.at))
            return "、".join(self.book.label(column.list, code, at) for code in codes if code)
        return str(value)

    def told(self, row: Mapping[str, Any], hidden: frozenset[str]) -> list[tuple[str, str]]:
        """All that the row says, as label and words."""
        columns = (column for column in asked(self.kind) if column.name not in hidden)
        return [(column.label, words) for column in columns if (words := self.of(column, row))]
