"""Small cells of a cross table: what is hidden, and that no sum gives a hidden count back."""

import itertools
import random

import pytest

from partner.reports.surveys.masks import hidden

COLUMNS = ("x", "y", "z")


def table(*rows):
    return {f"r{n}": dict(zip(COLUMNS, row, strict=True)) for n, row in enumerate(rows)}


@pytest.mark.parametrize(("count", "is_hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_counts_of_one_to_four_are_hidden(count, is_hidden):
    found = hidden(table((count, 9, 8), (7, 9, 8)), COLUMNS)
    assert (("r0", "x") in found) is is_hidden


def test_the_smallest_other_cell_of_the_row_and_column_is_hidden_too():
    found = hidden(table((3, 9, 8), (7, 20, 30)), COLUMNS)
    assert found == {("r0", "x"), ("r0", "z"), ("r1", "x"), ("r1", "z")}


def test_a_zero_is_hidden_only_where_nothing_else_is_left():
    assert ("r0", "y") in hidden(table((3, 0, 0), (6, 9, 9)), COLUMNS)
    assert hidden(table((3, 0, 0), (6, 9, 0)), COLUMNS) >= {("r0", "x"), ("r0", "y")}  # z is 0 for all: it tells itself
    assert ("r0", "z") not in hidden(table((3, 6, 0), (6, 9, 9)), COLUMNS)


def test_nothing_is_hidden_where_all_are_large_or_none():
    assert hidden(table((5, 9, 0), (0, 0, 0)), COLUMNS) == frozenset()


def test_no_row_or_column_keeps_exactly_one_hidden_cell():
    dice = random.Random(7)
    for _ in range(200):
        counts = table(*[[dice.choice((0, 1, 3, 5, 8, 30)) for _ in COLUMNS] for _ in range(4)])
        found = hidden(counts, COLUMNS)
        told = {column for column in COLUMNS if any(row[column] for row in counts.values())}
        there = {row for row in counts if any(counts[row].values())}
        rows = [sum((row, column) in found for column in told) for row in there]
        columns = [sum((row, column) in found for row in there) for column in told]
        assert len(told) < 2 or 1 not in rows
        assert len(there) < 2 or 1 not in columns
        assert {place for place in itertools.product(counts, COLUMNS) if 0 < counts[place[0]][place[1]] < 5} <= found
