"""The records of an opened figure: filtered, newest first, in pages, with their words; and what changed between two cuts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import Q

from partner.desk import labels, words
from partner.desk.opened import Opened
from partner.desk.pages import Pages
from partner.facts.models.registrations import Begun
from partner.facts.streams import PARTIES
from partner.figures.records import RecordSet, TalliedPart, as_dict, difference, moment_of, records
from partner.figures.sets import Derived, Facts, Measured

CHANGES_SHOWN = 50


def how_member(model: Any) -> str:
    """The member that says how a record came about: how a span began, what an event or a booking was."""
    names = {field.name for field in model._meta.concrete_fields}
    return next((name for name in ("begun", "outcome", "kind", "state") if name in names), "")


@dataclass(frozen=True)
class Sought:
    """What the list is narrowed to: how the registration began or ended, and a number."""

    how: str = ""
    number: str = ""

    @property
    def is_anything(self) -> bool:
        """Whether it is narrowed at all."""
        return bool(self.how or self.number)

    def condition(self, prefix: str, member: str) -> Q:
        """As a condition on the columns of records with that prefix; `member` says how they came about."""
        found = Q(**{member: self.how}) if self.how and member else Q()
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
        self.parts = [self._narrowed(part) for part in self.whole.parts]
        self.sizes = [part.size() for part in self.parts]
        self.length = sum(self.sizes)
        self.signed = any(part.facts.sign < 0 for part in self.parts)

    def _narrowed(self, part: Any) -> Any:
        if not self.sought.is_anything or isinstance(part, TalliedPart):
            return part
        condition = self.sought.condition(part.facts.prefix, how_member(part.rows.model))
        return replace(part, rows=part.rows.filter(condition))

    @cached_property
    def whole_length(self) -> int:
        """How many there are without the search."""
        return self.whole.length if self.sought.is_anything else self.length

    @property
    def are_counted(self) -> bool:
        """Whether the figure is how many records there are; else it was worked out from them."""
        made = self.opened.evaluation.sets(self.opened.figure, self.opened.period)[0]
        if isinstance(made, Derived):
            return False
        return not isinstance(made, Measured) or self.opened.figure.unit in ("件", "人", "回")

    @cached_property
    def matches(self) -> bool:
        """Whether the records, counted one by one, make the number."""
        value = self.opened.value.value
        here = zip(self.parts, self.sizes, strict=True)
        made = self.whole.count if self.sought.is_anything else sum(part.facts.sign * size for part, size in here)
        return value is None or made == value

    def choices(self) -> list[tuple[str, str, bool]]:
        """How the listed records began, or what they are: code, label, whether it is chosen."""
        found: dict[str, str] = {}
        for part in self.whole.parts:
            member = "" if isinstance(part, TalliedPart) else how_member(part.rows.model)
            if member:
                codes = part.rows.order_by().values_list(member, flat=True).distinct()
                found |= {code: words.choice(part.rows.model, member, code) for code in codes}
        order = [*labels.APPLICATION, *Begun.values]
        ordered = sorted(found, key=lambda code: (order.index(code) if code in order else len(order), code))
        return [(code, found[code], code == self.sought.how) for code in ordered]

    def page(self, pages: Pages) -> list[dict[str, Any]]:
        """One stretch."""
        found: list[dict[str, Any]] = []
        offset = pages.offset
        for part, size in zip(self.parts, self.sizes, strict=True):
            wanted = pages.size - len(found)
            if offset < size and wanted:
                found += self._stretch(part, offset, wanted)
            offset = max(0, offset - size)
        return found

    def _stretch(self, part: Any, offset: int, wanted: int) -> list[dict[str, Any]]:
        if isinstance(part, TalliedPart):
            return [self._viewed(record, part) for record in part.stretch(offset, wanted)]
        return [self._described(row, part.facts) for row in self._newest_first(part.rows)[offset : offset + wanted]]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for part in self.parts:
            if isinstance(part, TalliedPart):
                yield from (self._viewed(record, part) for record in part)
                continue
            for row in self._newest_first(part.rows).iterator(2000):
                yield self._described(row, part.facts)

    def _newest_first(self, rows: Any) -> Any:
        field = "valid_to" if self.is_ended else moment_of(rows.model)
        return rows.order_by(f"-{field}", "-id")

    @property
    def is_ended(self) -> bool:
        """Whether the figure counts what ended, so that the end is what its records are about."""
        return self.opened.is_registration and self.opened.figure.key.endswith(".left")

    def _described(self, row: Any, facts: Facts) -> dict[str, Any]:
        record = as_dict(row, facts.prefix, facts.sign)
        book, at = self.opened.evaluation.book, self.opened.at
        if self.opened.is_registration:
            return labels.describe(record, facts, book, at)
        is_person = "subject" in getattr(type(row), "subject_fields", ())
        return {
            **record, "subject": record.get("subject", "") if is_person else "", "can_open": True,
            "told": words.told(record, type(row), book, at, facts.axes),
        }  # fmt: skip

    def _viewed(self, record: dict[str, Any], part: TalliedPart) -> dict[str, Any]:
        told = words.told(record, None, self.opened.evaluation.book, self.opened.at, part.facts.axes)
        return {"recorded_at": None, **record, "subject": "", "told": told, "can_open": False}


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
    facts = facts.facts if isinstance(facts, Measured) else facts
    if not opened.is_registration:
        return {**record, "subject_masked": "", "written": _tick(opened, record), "reason": _what(opened, facts, record),
                "on": _date_of(opened, record)}  # fmt: skip
    told = labels.describe(record, facts, opened.evaluation.book, opened.at)
    written, reason = _why(opened, record)
    return {**told, "written": written, "reason": reason, "on": _date_of(opened, record)}


def _tick(opened: Opened, record: dict[str, Any]) -> Any:
    """When the ledger was told what made the difference."""
    superseded, then = record["superseded_at"], opened.cuts.then
    return superseded if superseded and then and superseded > then else record["recorded_at"]


def _what(opened: Opened, facts: Facts, record: dict[str, Any]) -> str:
    said = words.told(record, facts.rows.model, opened.evaluation.book, opened.at, facts.axes)
    how = "後から記録された" if record["sign"] > 0 else "取り消されたか、訂正された"
    return f"{how}：{'、'.join(f'{name} {text}' for name, text in said[:4])}"


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
