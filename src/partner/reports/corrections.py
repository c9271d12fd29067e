"""訂正: numbers that an earlier report had printed otherwise. They never change it; this report lists them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from partner.common.period import Period
from partner.documents.blocks import Mark
from partner.facts.models.texts import GivenFigure
from partner.figures.engine import Where

Given = dict[tuple[str, str, str, str], GivenFigure]  # column it stands in now, row, figure, filter
_EXACT = Decimal("0.000001")


def where_text(where: Where) -> str:
    """level=full;medium=sns, as reported figures name their part."""
    return ";".join(f"{name}={code}" for name, code in where.items())


def row_of(number: str) -> str:
    """M1-1.07 of the cell M1-1.07a: a row's number is permanent, its columns tell the months."""
    return number.rstrip("abcdefghijklmnopqrstuvwxyz")


def given_before(report: str, columns: Mapping[str, Period], cut: datetime, known_at: datetime) -> Given:
    """What the reports of those periods had printed of their own period, each by its last submission."""
    keys = {period.key: letter for letter, period in columns.items()}
    rows: Any = GivenFigure.objects
    found = (
        rows.known_at(known_at).filter(report=report, period__in=keys, of="", cut__lt=cut).order_by("submission", "id")
    )
    return {(keys[row.period], row_of(row.cell), row.key, row.where): row for row in found}


@dataclass(frozen=True)
class Correction:
    """One number that is printed otherwise now."""

    given: GivenFigure
    number: str
    value: Any
    text: str


@dataclass
class Corrections:
    """Watches the cells of the months before; each that was printed otherwise is marked and listed once."""

    given: Given
    found: dict[tuple[str, str], Correction] = field(default_factory=dict)

    def mark(self, number: str, key: str, where: Where, compared: str, value: Any, text: str) -> Mark:
        """訂 for a cell of an earlier month whose report had said otherwise."""
        if not self.given or not number:
            return ""
        given = self.given.get((compared, row_of(number), key, where_text(where)))
        if given is None or Decimal(value).quantize(_EXACT) == given.value:
            return ""
        self.found.setdefault((given.period, given.cell), Correction(given, number, value, text))
        return "訂"

    def __iter__(self) -> Iterator[Correction]:
        yield from self.found.values()

    def __len__(self) -> int:
        return len(self.found)
