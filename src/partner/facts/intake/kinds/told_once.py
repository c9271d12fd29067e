"""What is told once: a second row with another key for the same thing would be counted twice."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from partner.facts.intake.chunks import chunked
from partner.facts.intake.kinds.declare import Against
from partner.ledger.models import Recorded


def told_once(model: type[Recorded], *members: str, column: str) -> Against:
    """Objects to a coming row that agrees in these members with another row, of the file or the ledger.

    `column` is the one that is named to whoever wrote the row.
    """
    first = members[0]

    def same(fact: Any) -> tuple[Any, ...]:
        return tuple(getattr(fact, name) for name in members)

    def against(changes: list[Any]) -> Iterator[tuple[Any, str, str, str]]:
        coming = [change for change in changes if change.new is not None]
        gone = {change.old.pk for change in changes if change.old is not None}
        believed: dict[tuple[Any, ...], str] = {}
        for chunk in chunked(sorted({getattr(change.new, first) for change in coming})):
            for row in model.objects.believed().filter(**{f"{first}__in": chunk}):
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
