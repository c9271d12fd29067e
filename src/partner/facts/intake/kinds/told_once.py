"""What is told once: a second row with another key for the same thing would be counted twice."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import F
from django.db.models.functions import Lower

from partner.facts.intake.chunks import chunked
from partner.facts.intake.kinds.declare import Against
from partner.ledger.models import Recorded


def told_once(model: type[Recorded], *members: str, column: str, fold: bool = False) -> Against:
    """Objects to a coming row that agrees in these members with another row, of the file or the ledger.

    `column` is the one that is named to whoever wrote the row. `fold`: E-1 and e-1 are one number, as they are one file.
    """
    first = members[0]

    def same(fact: Any) -> tuple[Any, ...]:
        told = (getattr(fact, name) for name in members)
        return tuple(value.casefold() if fold and isinstance(value, str) else value for value in told)

    def against(changes: list[Any]) -> Iterator[tuple[Any, str, str, str]]:
        coming = [change for change in changes if change.new is not None]
        gone = {change.old.pk for change in changes if change.old is not None}
        believed: dict[tuple[Any, ...], str] = {}
        for chunk in chunked(sorted({same(change.new)[0] for change in coming})):
            rows = model.objects.believed().alias(first=Lower(first) if fold else F(first))
            for row in rows.filter(first__in=chunk):
                if row.pk not in gone:
                    believed[same(row)] = "すでに記録されています"
        lines: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        for change in coming:
            known = same(change.new)
            told = lines[known]
            where = f"{told[0]}行目にあります" if told else believed.get(known)
            told.append(change.row.line)
            if where:
                yield change, "told_twice", f"行キーの違う同じものが{where}。1つのことは1行に書いてください。", column

    return against
