"""What changed most, drafted from the printed numbers: which, by how much, where, and the records behind it."""

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from partner.common.period import Period
from partner.documents.blocks import Finding, Run
from partner.figures.declare import find
from partner.figures.engine import Value
from partner.master.book import UNKNOWN
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.axes import DIMENSIONS
from partner.reports.sheet import Printed, Sheet

MOST = 3
_NOTABLE = 2.0  # changes that chance alone makes oftener than once in twenty are not told
_FLOWS = {"people.total": "people.new", "organizations.total": "organizations.new"}


@dataclass(frozen=True)
class Change:
    """A figure against one earlier period. Counts scatter by their root, so the difference is measured in roots."""

    sheet: Sheet
    key: str
    base_name: str
    base: Period
    now: Any
    then: Any

    @cached_property
    def weight(self) -> float:
        """How far from chance: the difference over the root of the sum."""
        return abs(self.now - self.then) / math.sqrt(self.now + self.then + 1)


def findings(sheet: Sheet, items: list[CatalogueEntry]) -> list[Finding]:
    """The largest changes first, three at most."""
    return findings_of(sheet, [_FLOWS.get(sheet.headlines[entry.item], sheet.headlines[entry.item]) for entry in items])


def nothing_found(sheet: Sheet, items: list[CatalogueEntry]) -> str:
    """What is said where nothing changed notably: or was there nothing to compare with?"""
    keys = [sheet.headlines[entry.item] for entry in items]
    if not any(
        _are_counts(*(sheet.evaluation.value(key, at) for at in (sheet.period, sheet.previous))) for key in keys
    ):
        return "比べる記録がない。"
    return f"{sheet.words.last}からの増減は、どの項目も偶然に生じうる範囲にとどまる。"


def findings_of(sheet: Sheet, keys: list[str]) -> list[Finding]:
    """The largest changes of these figures."""
    found = [change for key in dict.fromkeys(keys) if (change := _largest(sheet, key)) is not None]
    found.sort(key=lambda change: (-change.weight, keys.index(change.key)))
    return [_told(change) for change in found[:MOST]]


def _largest(sheet: Sheet, key: str) -> Change | None:
    """Against last month or the same month last year, whichever differs more; None where neither differs notably."""
    if find(key).unit == "%":
        return None
    now = sheet.evaluation.value(key, sheet.period)
    changes = [
        Change(sheet, key, name, base, now.value, then.value)
        for name, base in ((sheet.words.last, sheet.previous), (sheet.words.ago, sheet.year_ago))
        if _are_counts(now, then := sheet.evaluation.value(key, base))
    ]
    best = max(changes, key=lambda change: change.weight, default=None)
    return best if best and best.weight >= _NOTABLE else None


def _are_counts(*values: Value) -> bool:
    return all(isinstance(value.value, int) and value.value >= 0 for value in values)


def _told(change: Change) -> Finding:
    """新規登録が520人（前月比 +27人、+5.5%）: and which part moved most, with its cell and its records."""
    sheet, figure = change.sheet, find(change.key)
    moved = change.now - change.then
    rate = wording.rate(moved, change.then)
    percent = f"、{rate}%" if rate not in ("", "＊") else ""
    head = f"{figure.label}が{change.now:,}{figure.unit}（{change.base_name}比 {wording.signed(moved)}{figure.unit}{percent}）"
    part = _part(change)
    sentence = "" if part is None else _sentence(change, *part)
    number, where = (part[0].number, part[0].where) if part else (cell_of(sheet, change.key), {})
    records = Run("元の記録", link=sheet.link(change.key, sheet.period, where))
    return Finding(
        head, (Run(f"{sentence}要因は確認中。"), *([Run(number=number)] if number else []), Run("　"), records)
    )


def cell_of(sheet: Sheet, key: str) -> str:
    """Where a figure of the period is printed."""
    if key in sheet.headline_cells:
        return sheet.headline_cells[key]
    own = [one for one in sheet.printed if one.key == key and one.period == sheet.period.key]
    numbers = [one.number for one in own if one.compared in ("", "a") and not one.where and one.number]
    return min(
        numbers, key=lambda number: not number.startswith(f"{find(key).item}-"), default=""
    )  # its own item first


def _part(change: Change) -> tuple[Printed, int, int] | None:
    """The printed part of one breakdown that moved most, with its value now and then; 未回答 explains nothing."""
    pairs: dict[str, dict[str, Printed]] = defaultdict(dict)
    for one in change.sheet.printed:
        if (
            one.key == change.key
            and len(one.where) == 1
            and isinstance(one.value, int)
            and UNKNOWN not in one.where.values()
        ):
            pairs[str(one.where)].setdefault(one.period, one)
    own, base = change.sheet.period.key, change.base.key
    parts = [(pair[own], pair[own].value, pair[base].value) for pair in pairs.values() if own in pair and base in pair]
    best = max(parts, key=lambda part: ("level" not in part[0].where, abs(part[1] - part[2])), default=None)
    return best if best and best[1] != best[2] else None


def _sentence(change: Change, printed: Printed, now: int, then: int) -> str:
    ((dimension, code),) = printed.where.items()
    figure = find(change.key)
    axis = change.sheet.evaluation.axes(figure, change.sheet.period)[dimension]
    label = change.sheet.evaluation.label(axis, code, change.sheet.period)
    verb = "増えた" if now > then else "減った"
    name = DIMENSIONS.get(dimension, dimension)
    return f"{name}では「{label}」が最も動き、{then:,}{figure.unit}から{now:,}{figure.unit}に{verb}。"
