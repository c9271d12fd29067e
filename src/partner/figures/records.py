"""The records behind a figure: exactly those that were counted."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from partner.common.period import Period
from partner.common.refusal import Refusal
from partner.figures.counting import only
from partner.figures.declare import find
from partner.figures.engine import Evaluation, Where
from partner.figures.sets import Facts

FIELDS = (
    "subject", "valid_from", "valid_to", "recorded_at", "superseded_at", "begun", "ended", "level", "organization_type",
    "medium", "purposes", "suspended", "previous_level", "previous_type",
)  # fmt: skip


def as_dict(row: Any, prefix: str, sign: int = 1) -> dict[str, Any]:
    """A record as the interface prints it. `sign` is −1 where the record takes away from the figure."""
    record = {name: getattr(row, name) for name in FIELDS if hasattr(row, name)}
    if "purposes" in record:
        record["purposes"] = [code for code in record["purposes"].split(";") if code]
    return {"id": f"{prefix}-{row.pk}", **record, "sign": sign}


@dataclass(frozen=True)
class Part:
    """One of the sets that make a figure, narrowed: `told` in valid time alone, `rows` as known at the cut."""

    facts: Facts
    told: Any
    rows: Any


@dataclass(frozen=True)
class RecordSet:
    """The records behind a figure as known at a cut, in the order of validity and record number."""

    parts: list[Part]

    @property
    def count(self) -> int:
        """What they make: records that take away count −1. It equals the figure."""
        return sum(part.facts.sign * part.rows.count() for part in self.parts)

    @property
    def length(self) -> int:
        """How many records are listed."""
        return sum(part.rows.count() for part in self.parts)

    def filter(self, **conditions: Any) -> "RecordSet":
        """Those that meet the conditions on their columns."""
        return RecordSet([replace(part, rows=part.rows.filter(**conditions)) for part in self.parts])

    def page(self, offset: int, limit: int) -> list[dict[str, Any]]:
        """A stretch of the list."""
        found: list[dict[str, Any]] = []
        for part in self.parts:
            size = part.rows.count()
            if offset < size and len(found) < limit:
                stretch = part.rows.order_by("valid_from", "id")[offset : offset + limit - len(found)]
                found += [as_dict(row, part.facts.prefix, part.facts.sign) for row in stretch]
            offset = max(0, offset - size)
        return found

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for part in self.parts:
            for row in part.rows.order_by("valid_from", "id").iterator(2000):
                yield as_dict(row, part.facts.prefix, part.facts.sign)


def records(key: str, period: Period, cut: datetime, where: Where | None = None) -> RecordSet:
    """The records that the figure counts. Raises Refusal for an unknown key or dimension."""
    figure, evaluation = find(key), Evaluation(cut)
    evaluation.must_know(figure, period, where or {})
    if period.start > cut:
        return RecordSet([])
    told = [(facts, only(facts, where or {}, evaluation.book)) for facts in evaluation.sets(figure, period)]
    return RecordSet([Part(facts, rows, rows.known_at(cut)) for facts, rows in told])


def difference(
    key: str, period: Period, then: datetime, now: datetime, where: Where | None = None
) -> list[dict[str, Any]]:
    """The records that make the figure differ between two cuts: +1 for what came, −1 for what went.

    A record that was written anew without changing the number (its subject is counted before and after) is left out;
    before the period began there is nothing to compare.
    """
    if then > now:
        raise Refusal("cuts_reversed", "比べる時点の順序が逆です。")
    if period.start > then:
        return []  # there was no number yet to differ from
    at_then, at_now = records(key, period, then, where), records(key, period, now, where)
    changed: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in (*_come(at_now, at_then, then), *_gone(at_then, at_now, now)):
        changed[record["subject"]].append(record)
    return [record for records_ in changed.values() for record in _net(records_)]


def _come(at_now: RecordSet, at_then: RecordSet, then: datetime) -> Iterator[dict[str, Any]]:
    """What counts now and did not then: recorded since, or counted otherwise because a list was changed since."""
    for part, before in zip(at_now.parts, at_then.parts, strict=True):
        since = part.rows.filter(recorded_at__gt=then)
        if str(part.told.query) != str(before.told.query):
            since = part.rows.exclude(pk__in=before.rows.values("pk"))
        yield from _listed(since, part.facts, 1)


def _gone(at_then: RecordSet, at_now: RecordSet, now: datetime) -> Iterator[dict[str, Any]]:
    """What counted then and does not now: superseded since, or counted otherwise because a list was changed since."""
    for part, after in zip(at_then.parts, at_now.parts, strict=True):
        since = part.rows.filter(superseded_at__lte=now)
        if str(part.told.query) != str(after.told.query):
            since = part.rows.exclude(pk__in=after.rows.values("pk"))
        yield from _listed(since, part.facts, -1)


def _listed(rows: Any, facts: Facts, sign: int) -> Iterator[dict[str, Any]]:
    for row in rows.order_by("valid_from", "id"):
        yield as_dict(row, facts.prefix, facts.sign * sign)


def _net(records_: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of one subject: as many as the difference makes, of its sign."""
    net = sum(record["sign"] for record in records_)
    sign = 1 if net > 0 else -1
    return [record for record in records_ if record["sign"] == sign][: abs(net)]
