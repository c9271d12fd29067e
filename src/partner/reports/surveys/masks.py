"""Small cells of a cross table: hidden where a person might be recognised, with others so that no sum gives them back.

Rule 13: a count of 1 to 4 is hidden (秘). The table prints the sum of each row (n) and of each column, so a lone hidden
cell could be computed: in every row and column that has exactly one, another is hidden too, the smallest that serves,
until no line has exactly one. A zero is hidden only where nothing else is left, and never where its row or column sums
up to 0, which would tell it. The mean and the shares of a row with a hidden cell are not printed either: with n they
would be a second equation. The sums themselves are those of the one-way tables, and stay.
"""

from collections.abc import Mapping, Sequence

LEAST = 5
HIDDEN = "秘"
RULE = (
    f"{LEAST}件に満たない度数と、それを計から求められないように選んだ度数は示さない（{HIDDEN}）。"
    f"{HIDDEN}のある行の平均と割合も示さない（―）。"
)
Place = tuple[str, str]


def hidden(counts: Mapping[str, Mapping[str, int]], columns: Sequence[str]) -> frozenset[Place]:
    """The places (row, column) that are not printed."""
    rows = [row for row in counts if any(counts[row].values())]
    columns = [column for column in columns if any(counts[row].get(column, 0) for row in rows)]
    cells = {(row, column): counts[row].get(column, 0) for row in rows for column in columns}
    found = {place for place, count in cells.items() if 0 < count < LEAST}
    lines = [[(row, column) for column in columns] for row in rows]
    lines += [[(row, column) for row in rows] for column in columns]
    while more := _exposed(cells, lines, found):
        found.add(more)
    return frozenset(found)


def _exposed(cells: Mapping[Place, int], lines: list[list[Place]], found: set[Place]) -> Place | None:
    """The cell to hide next, of the first line with exactly one hidden; None where no line has one.

    A zero comes last; before the smallest comes one that closes another such line too, so that little is hidden.
    """
    alone = [line for line in lines if sum(place in found for place in line) == 1 < len(line)]

    def rank(place: Place) -> tuple[bool, int, int]:
        return cells[place] == 0, -sum(place in line for line in alone), cells[place]

    return min((place for place in alone[0] if place not in found), key=rank) if alone else None
