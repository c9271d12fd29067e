"""The records of an opened figure: filtered, newest first, in pages, with their words; and what changed between two cuts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q

from partner.desk import labels
from partner.desk.opened import Opened
from partner.desk.pages import Pages
from partner.facts.models.registrations import Begun
from partner.facts.streams import PARTIES
from partner.figures.records import RecordSet, as_dict, difference, records
from partner.figures.sets import Facts

CHANGES_SHOWN = 50


@dataclass(frozen=True)
class Sought:
    """What the list is narrowed to: how the registration began or ended, and a number."""

    how: str = ""
    number: str = ""

    @property
    def is_anything(self) -> bool:
        """Whether it is narrowed at all."""
        return bool(self.how or self.number)

    def condition(self, prefix: str) -> Q:
        """As a condition on the columns of records with that prefix."""
        found = Q(begun=self.how) if self.how else Q()
        text = self.number.strip().upper()
        if match := re.fullmatch(r"(?:([A-Z]{2})-)?(\d{1,15})", text):
            return found & (Q(pk=int(match[2])) if match[1] in (None, prefix) else Q(pk__in=[]))
        if match := re.fullmatch(r"[HD]-([0-9A-F]{1,4})[•.…]*", text):
            return found & Q(subject__startswith=match[1].lower())
        return found & (Q(pk__in=[]) if text else Q())


class Listed:
    """The records behind the figure, as the page and the file list them: the newest first."""

    def __init__(self, opened: Opened, sought: Sought) -> None:
        self.opened, self.sought = opened, sought
        self.whole: RecordSet = records(opened.figure.key, opened.period, opened.cuts.cut, opened.where)
        self.parts: list[tuple[Facts, Any]] = [
            (part.facts, part.rows.filter(sought.condition(part.facts.prefix)) if sought.is_anything else part.rows)
            for part in self.whole.parts
        ]
        self.sizes = [rows.count() for _, rows in self.parts]
        self.length = sum(self.sizes)
        self.signed = any(facts.sign < 0 for facts, _ in self.parts)

    @cached_property
    def whole_length(self) -> int:
        """How many there are without the search."""
        return self.whole.length if self.sought.is_anything else self.length

    @cached_property
    def matches(self) -> bool:
        """Whether the records, counted one by one, make the number."""
        value = self.opened.value.value
        here = zip(self.parts, self.sizes, strict=True)
        made = self.whole.count if self.sought.is_anything else sum(facts.sign * size for (facts, _), size in here)
        return value is None or made == value

    def choices(self) -> list[tuple[str, str, bool]]:
        """How the listed registrations began: code, label, whether it is chosen."""
        found: set[str] = set()
        for rows in (part.rows for part in self.whole.parts):
            found |= set(rows.order_by().values_list("begun", flat=True).distinct())
        order = [*labels.APPLICATION, *Begun.values]
        return [(code, labels.how(code), code == self.sought.how) for code in sorted(found, key=order.index)]

    def page(self, pages: Pages) -> list[dict[str, Any]]:
        """One stretch."""
        found: list[dict[str, Any]] = []
        offset = pages.offset
        for (facts, rows), size in zip(self.parts, self.sizes, strict=True):
            wanted = pages.size - len(found)
            if offset < size and wanted:
                stretch = self._newest_first(facts, rows)[offset : offset + wanted]
                found += [self._described(row, facts) for row in stretch]
            offset = max(0, offset - size)
        return found

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for facts, rows in self.parts:
            for row in self._newest_first(facts, rows).iterator(2000):
                yield self._described(row, facts)

    def _newest_first(self, facts: Facts, rows: Any) -> Any:
        field = "valid_to" if self.is_ended else "valid_from"
        return rows.order_by(f"-{field}", "-id")

    @property
    def is_ended(self) -> bool:
        """Whether the figure counts what ended, so that the end is what its records are about."""
        return self.opened.figure.key.endswith(".left")

    def _described(self, row: Any, facts: Facts) -> dict[str, Any]:
        return labels.describe(
            as_dict(row, facts.prefix, facts.sign), facts, self.opened.evaluation.book, self.opened.at
        )


def changes(opened: Opened) -> dict[str, Any]:
    """The records that make the figure differ now from then, each with why; at most so many are shown."""
    cuts = opened.cuts
    if cuts.then is None or cuts.then < opened.period.start:
        return {"rows": [], "count": 0}
    found = difference(opened.figure.key, opened.period, cuts.then, cuts.now, opened.where)
    rows = [_explained(opened, record) for record in found[:CHANGES_SHOWN]]
    return {
        "rows": rows,
        "count": len(found),
        "plus": sum(record["sign"] for record in found if record["sign"] > 0),
        "minus": sum(record["sign"] for record in found if record["sign"] < 0),
        "net": sum(record["sign"] for record in found),
        "more": len(found) - len(rows),
    }


def _explained(opened: Opened, record: dict[str, Any]) -> dict[str, Any]:
    facts = opened.evaluation.sets(opened.figure, opened.period)[-1]
    told = labels.describe(record, facts, opened.evaluation.book, opened.at)
    written, reason = _why(opened, record)
    return {**told, "written": written, "reason": reason, "on": _date_of(opened, record)}


def _date_of(opened: Opened, record: dict[str, Any]) -> Any:
    """The valid date that matters: the end where one falls in the period, else the beginning."""
    ended = record["valid_to"]
    return ended if ended and opened.period.start <= ended < opened.period.end else record["valid_from"]


def _why(opened: Opened, record: dict[str, Any]) -> tuple[Any, str]:
    """When the ledger was told what made the difference, and what that was."""
    then = opened.cuts.then
    assert then is not None
    superseded = record["superseded_at"]
    tick = superseded if superseded and superseded > then else record["recorded_at"]
    if tick <= then:
        return None, "一覧（登録区分など）の変更による"
    events = PARTIES[opened.figure.kind].event.objects.filter(subject=record["subject"])
    new = list(events.filter(recorded_at=tick).order_by("ordinal"))
    old = {event.source_key: event for event in events.filter(superseded_at=tick)}
    told = [_told(event, old.pop(event.source_key, None)) for event in new]
    told += [f"{event.get_kind_display()}（{event.happened_at:%-m月%-d日}）の取消し" for event in old.values()]
    return tick, "、".join(told) or "登録の記録の変更"


def _told(new: Any, old: Any) -> str:
    """退会日の訂正（11月1日 → 10月31日）, or 退会を後から記録."""
    name = new.get_kind_display()
    if old is None:
        text = f"{name}（{new.happened_at:%-m月%-d日}）を後から記録"
    elif old.happened_at != new.happened_at:
        text = f"{name}日の訂正（{old.happened_at:%-m月%-d日} → {new.happened_at:%-m月%-d日}）"
    else:
        text = f"{name}の内容の訂正"
    return f"{text}。{new.reason}" if new.reason else text
