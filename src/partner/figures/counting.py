"""Counts a set as known at a cut: grouped once by raw codes in the database, folded by the lists here."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import product
from typing import Any

from django.db.models import CharField, Count, Func, Q

from partner.common.period import Period
from partner.figures.sets import Axis, Codes, Facts, Tallied
from partner.master.book import UNKNOWN, Book

_JST_SECONDS = 9 * 3600


def columns_of(facts: Facts | Tallied, dimensions: Iterable[str]) -> tuple[str, ...]:
    """The columns that these dimensions of the set need, and those that decide whether it is a move."""
    names = {facts.axes[name].column for name in dimensions}
    if facts.changed:
        names |= {facts.changed[0], facts.changed[1].column}
    return tuple(sorted(names))


def count_rows(rows: Any, columns: tuple[str, ...]) -> dict[Codes, int]:
    """One query: the rows by their columns."""
    if not columns:
        return {(): rows.count()}
    counts = rows.order_by().values_list(*columns).annotate(count=Count("id"))
    return {tuple(row[:-1]): row[-1] for row in counts}


def count_at(rows: Any, columns: Codes, instants: Sequence[datetime | None]) -> list[dict[Codes, int]]:
    """One scan: the spans in force at each instant, by their columns."""
    if not instants:
        return []
    counts = {
        f"at_{n}": Count("id", filter=Q(Q(valid_to__isnull=True) | Q(valid_to__gte=at), valid_from__lt=at))
        for n, at in enumerate(instants)
    }
    found: list[dict[Codes, int]] = [{} for _ in instants]
    for row in rows.order_by().values_list(*columns).annotate(**counts):
        for groups, count in zip(found, row[len(columns) :], strict=True):
            if count:
                groups[tuple(row[: len(columns)])] = count
    return found


class _MonthOf(Func):
    """The month in Japan (2026-10) of an instant."""

    output_field = CharField()
    template = f"strftime('%%%%Y-%%%%m', %(expressions)s / 1000000 + {_JST_SECONDS}, 'unixepoch')"

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        """As PostgreSQL says it."""
        template = "to_char(to_timestamp(%(expressions)s / 1000000) AT TIME ZONE 'Asia/Tokyo', 'YYYY-MM')"
        return self.as_sql(compiler, connection, template=template, **more)


def count_months(rows: Any, column: str, columns: Codes, months: Sequence[Period]) -> dict[str, dict[Codes, int]]:
    """One scan: the rows of each of these months, by their columns."""
    span = {f"{column}__gte": min(one.start for one in months), f"{column}__lt": max(one.end for one in months)}
    counted = rows.order_by().filter(**span).annotate(month=_MonthOf(column)).values_list("month", *columns)
    found: dict[str, dict[Codes, int]] = {one.key: {} for one in months}
    for month, *codes, count in counted.annotate(count=Count("id")):
        if month in found:
            found[month][tuple(codes)] = count
    return found


def reported(axis: Axis, raw: str, mapping: dict[str, str]) -> Sequence[str]:
    """The codes under which a raw value is reported: several for a multiple answer, `unknown` for none."""
    if axis.multiple:
        return [mapping.get(code, code) for code in raw.strip(";").split(";") if code] or [UNKNOWN]
    return [mapping.get(raw, raw) if raw else UNKNOWN]


def _mapping(axis: Axis, book: Book, at: datetime) -> dict[str, str]:
    return book.reported(axis.list, at) if axis.list else {}


def _is_move(facts: Facts | Tallied, columns: tuple[str, ...], raw: Codes, book: Book) -> bool:
    if not facts.changed:
        return True
    before, axis = facts.changed
    mapping = _mapping(axis, book, facts.counted_at)
    old, new = raw[columns.index(before)], raw[columns.index(axis.column)]
    return mapping.get(old, old) != mapping.get(new, new)


def fold(
    facts: Facts | Tallied, groups: dict[Codes, int], columns: tuple[str, ...], dimensions: Codes, book: Book
) -> Counter[Codes]:
    """From raw codes to reported ones. A dimension with several answers counts a fact once for each."""
    axes = [facts.axes[name] for name in dimensions]
    places = [columns.index(axis.column) for axis in axes]
    mappings = [_mapping(axis, book, facts.counted_at) for axis in axes]
    result: Counter[Codes] = Counter()
    for raw, count in groups.items():
        if not _is_move(facts, columns, raw, book):
            continue
        choices = [
            reported(axis, raw[place], mapping) for axis, place, mapping in zip(axes, places, mappings, strict=True)
        ]
        for codes in product(*choices):
            result[codes] += facts.sign * count
    return result


def split(facts: Facts, rows: Iterable[Any], dimensions: Codes, book: Book) -> dict[Codes, list[Any]]:
    """The rows by the codes under which they are reported; a row with several answers stands under each."""
    axes = [facts.axes[name] for name in dimensions]
    mappings = [_mapping(axis, book, facts.counted_at) for axis in axes]
    found: dict[Codes, list[Any]] = {}
    for row in rows:
        choices = [reported(axis, getattr(row, axis.column), of) for axis, of in zip(axes, mappings, strict=True)]
        for codes in product(*choices):
            found.setdefault(codes, []).append(row)
    return found


def only(facts: Facts, where: dict[str, str], book: Book, rows: Any = None) -> Any:
    """The rows of the set (or of these of its rows) for which each dimension of `where` is reported under its code."""
    rows = facts.rows if rows is None else rows
    for name, code in where.items():
        rows = rows.filter(_condition(facts.axes[name], code, book, facts.counted_at))
    if facts.changed:
        rows = rows.exclude(_no_move(facts, book))
    return rows


def _condition(axis: Axis, code: str, book: Book, at: datetime) -> Q:
    if code == UNKNOWN:
        return Q(**{axis.column: ""})
    codes = [raw for raw, column in _mapping(axis, book, at).items() if column == code] or [code]
    if not axis.multiple:
        return Q(**{f"{axis.column}__in": codes})
    condition = Q()
    for raw in codes:
        condition |= Q(**{f"{axis.column}__contains": f";{raw};"})
    return condition


def _no_move(facts: Facts, book: Book) -> Q:
    """The pairs of codes between which a change is no move, since one column reports both."""
    assert facts.changed
    before, axis = facts.changed
    mapping = _mapping(axis, book, facts.counted_at)
    columns: dict[str, list[str]] = {}
    for raw, column in mapping.items():
        columns.setdefault(column, []).append(raw)
    condition = Q(pk__in=[])
    for codes in columns.values():
        condition |= Q(**{f"{before}__in": codes, f"{axis.column}__in": codes})
    return condition
