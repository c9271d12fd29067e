"""Changes beyond the threshold in an item's main table: each with the explanation that a person owes (look-screens §3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from partner.documents.blocks import Block, Finding, Heading, Run, Runs
from partner.figures.declare import find
from partner.reports import wording
from partner.reports.corrections import row_of
from partner.reports.sheet import Printed, Sheet
from partner.reports.texts import runs_of

PERCENT, COUNT = 20, 30  # unless the contract's settings say otherwise
_NOT_ASKED = ("change", "reclassified", "opening")


@dataclass(frozen=True)
class Jump:
    """One cell that moved beyond the threshold against last month."""

    cell: Printed
    then: Any
    last: str  # 前月

    @property
    def place(self) -> str:
        """Where its explanation is written."""
        return f"explain.{self.cell.number}"

    def said(self) -> str:
        """486人（前月371人、+31.0%）"""
        unit = find(self.cell.key).unit
        return f"{self.cell.value:,}{unit}（{self.last}{self.then:,}{unit}、{wording.rate(self.cell.value - self.then, self.then)}%）"


def jumps(sheet: Sheet, item: str) -> Iterator[Jump]:
    """The counts of the item's first table that moved by the agreed share and number, of what was counted then too."""
    percent = int(sheet.contract("explain_percent") or PERCENT)
    count = int(sheet.contract("explain_count") or COUNT)
    table = f"{item}-1."
    last = {
        row_of(one.number): one.value
        for one in sheet.printed
        if one.compared == "b" and one.number.startswith(table) and isinstance(one.value, int)
    }
    asked = set()  # a level that is all of its total is explained with it
    for one in sheet.printed:
        is_own = one.number.startswith(table) and one.compared == "a" and one.period == sheet.period.key
        then = last.get(row_of(one.number)) if is_own else None  # an opening is the month before's end
        if then and isinstance(one.value, int) and _is_asked(one):
            moved = abs(one.value - then)
            same = (one.key, one.value, then)
            if moved >= count and moved * 100 >= percent * abs(then) and same not in asked:
                asked.add(same)
                yield Jump(one, then, sheet.words.last)


def _is_asked(one: Printed) -> bool:
    """A number that follows from others is explained with them; a share's minutes are no count."""
    return not one.key.endswith(_NOT_ASKED) and find(one.key).unit not in ("%", "％")


def explanations(sheet: Sheet, item: str, names: dict[str, str]) -> list[Block]:
    """Below the table: each jump with its explanation, or that it is missing. `names`: row → its label."""
    found: list[Block] = [_explained(sheet, item, jump, names) for jump in jumps(sheet, item)]
    return [Heading(f"{sheet.words.last}から大きく変わった数値"), *found] if found else []


def _explained(sheet: Sheet, item: str, jump: Jump, names: dict[str, str]) -> Finding:
    number = jump.cell.number
    name = names.get(row_of(number), find(jump.cell.key).label)
    sheet.places[jump.place] = (f"{number} {name} {jump.said()}", "")
    row = sheet.texts.get(jump.place)
    if row is None:
        sheet.block(item, f"変化の説明が未入力である（{number} {name} {jump.said()}）。", jump.place)
    text: Runs = runs_of(" ".join(row.body.split())) if row else (Run("説明が未入力である。", attention=True),)
    return Finding(f"{name} {jump.said()}", (*text, Run(number=number)))
