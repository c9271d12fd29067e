"""The records behind a figure: exactly those that were counted."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
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
class RecordSet:
    """The records behind a figure as known at a cut, in the order of validity and record number."""

    parts: list[tuple[Facts, Any]]

    @property
    def count(self) -> int:
        """What they make: records that take away count −1. It equals the figure."""
        return sum(facts.sign * rows.count() for facts, rows in self.parts)

    @property
    def length(self) -> int:
        """How many records are listed."""
        return sum(rows.count() for _, rows in self.parts)

    def filter(self, **conditions: Any) -> "RecordSet":
        """Those that meet the conditions on their columns."""
        return RecordSet([(facts, rows.filter(**conditions)) for facts, rows in self.parts])

    def page(self, offset: int, limit: int) -> list[dict[str, Any]]:
        """A stretch of the list."""
        found: list[dict[str, Any]] = []
        for facts, rows in self.parts:
            size = rows.count()
            if offset < size and len(found) < limit:
                stretch = rows.order_by("valid_from", "id")[offset : offset + limit - len(found)]
                found += [as_dict(row, facts.prefix, facts.sign) for row in stretch]
            offset = max(0, offset - size)
        return found

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for facts, rows in self.parts:
            for row in rows.order_by("valid_from", "id").iterator(2000):
                yield as_dict(row, facts.prefix, facts.sign)


def records(key: str, period: Period, cut: datetime, where: Where | None = None) -> RecordSet:
    """The records that the figure counts. Raises Refusal for an unknown key or dimension."""
    figure, evaluation = find(key), Evaluation(cut)
    evaluation.must_know(figure, period, where or {})
    if period.start > cut:
        return RecordSet([])
    return RecordSet([
        (facts, only(facts, where or {}, evaluation.book).known_at(cut)) for facts in evaluation.sets(figure, period)
    ])  # fmt: skip


def difference(
    key: str, period: Period, then: datetime, now: datetime, where: Where | None = None
) -> list[dict[str, Any]]:
    """The records that make the figure differ between two cuts: +1 for what came, −1 for what went.

    A record that was written anew without changing the number (its subject is counted before and after) is left out.
    """
    if then > now:
        raise Refusal("cuts_reversed", "比べる時点の順序が逆です。")
    before = {name: records(key, period, cut, where) for name, cut in (("then", then), ("now", now))}
    changed: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in _not_in(before["now"], before["then"], 1):
        changed[record["subject"]].append(record)
    for record in _not_in(before["then"], before["now"], -1):
        changed[record["subject"]].append(record)
    return [record for records_ in changed.values() for record in _net(records_)]


def _not_in(these: RecordSet, others: RecordSet, sign: int) -> Iterator[dict[str, Any]]:
    """The records of the first set that the other lacks; both sets are made of the same parts."""
    for (facts, rows), (_, other_rows) in zip(these.parts, others.parts, strict=True):
        for row in rows.exclude(pk__in=other_rows.values("pk")).order_by("valid_from", "id"):
            yield as_dict(row, facts.prefix, facts.sign * sign)


def _net(records_: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of one subject: as many as the difference makes, of its sign."""
    net = sum(record["sign"] for record in records_)
    sign = 1 if net > 0 else -1
    return [record for record in records_ if record["sign"] == sign][: abs(net)]
