"""The records behind a figure: exactly those that were counted."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from partner.common.period import Period, jst_day, month
from partner.common.refusal import Refusal
from partner.figures.counting import columns_of, fold, only
from partner.figures.declare import declared, find
from partner.figures.engine import Evaluation, Where
from partner.figures.sets import Codes, Derived, Facts, Measured, Tallied
from partner.ledger import clock

_FIRST = ("subject", "valid_from", "valid_to", "recorded_at", "superseded_at")
_NOT_SHOWN = frozenset({"id", "source_key", "load", "ordinal", "by_name", "by_role", "by_day"})


_MEMBERS: dict[Any, tuple[str, ...]] = {}


def members_of(model: Any) -> tuple[str, ...]:
    """What is shown of a record: its times first; not how it was told."""
    if model not in _MEMBERS:
        _MEMBERS[model] = _members(model)
    return _MEMBERS[model]


def _members(model: Any) -> tuple[str, ...]:
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in _NOT_SHOWN]
    return (*(name for name in _FIRST if name in names), *(name for name in names if name not in _FIRST))


def as_dict(row: Any, prefix: str, sign: int = 1) -> dict[str, Any]:
    """A record as the interface prints it. `sign` is −1 where the record takes away from the figure."""
    record = {name: _shown(getattr(row, name)) for name in members_of(type(row))}
    return {"id": f"{prefix}-{row.pk}", **_times(row), **record, "sign": sign}


def _shown(value: Any) -> Any:
    """Several codes as a list."""
    if isinstance(value, str) and value.startswith(";") and value.endswith(";"):
        return [code for code in value.split(";") if code]
    return value


def _times(row: Any) -> dict[str, Any]:
    """Every record says from when and until when: an event happened at one moment."""
    at = moment_of(type(row))
    return {"valid_from": getattr(row, at), "valid_to": None} if at != "valid_from" else {}


def moment_of(model: Any) -> str:
    """The member by which its records are ordered: when the span began, or when it happened."""
    return getattr(model, "moment_field", "valid_from")


@cache
def models_by_prefix() -> dict[str, Any]:
    """The prefix of record numbers → the model whose records carry it, as the figures' sets say."""
    evaluation, period = Evaluation(clock.ORIGIN), month(jst_day(clock.ORIGIN))
    found: dict[str, Any] = {}
    for figure in declared():
        for made in evaluation.sets(figure, period):
            facts = (
                made.facts if isinstance(made, Measured) else made
            )  # of what is derived, the figures behind it say it
            beside = made.beside.values() if isinstance(made, Measured) else ()
            found.update({one.prefix: one.rows.model for one in (facts, *beside) if isinstance(one, Facts)})
    return found


@dataclass(frozen=True)
class Part:
    """One of the sets that make a figure, narrowed: `told` in valid time alone, `rows` as known at the cut."""

    facts: Facts
    told: Any
    rows: Any

    def size(self) -> int:
        """How many there are."""
        return int(self.rows.count())

    def stretch(self, offset: int, limit: int) -> list[dict[str, Any]]:
        """Some of them in the order of validity and record number."""
        rows = self.rows.order_by(moment_of(self.rows.model), "id")[offset : offset + limit]
        return [as_dict(row, self.facts.prefix, self.facts.sign) for row in rows]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self.rows.order_by(moment_of(self.rows.model), "id").iterator(2000):
            yield as_dict(row, self.facts.prefix, self.facts.sign)


@dataclass(frozen=True)
class TalliedPart:
    """A set that is kept outside the ledger's rows, narrowed."""

    facts: Tallied
    cut: datetime
    where: Where
    groups: dict[Codes, int]

    def size(self) -> int:
        """How many there are."""
        return sum(self.groups.values())

    def stretch(self, offset: int, limit: int) -> list[dict[str, Any]]:
        """Some of them in the order of time."""
        return [{**record, "sign": self.facts.sign} for record in self.facts.page(self.cut, self.where, offset, limit)]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        offset = 0
        while found := self.stretch(offset, 2000):
            yield from found
            offset += len(found)


@dataclass(frozen=True)
class RecordSet:
    """The records behind a figure as known at a cut, in the order of validity and record number."""

    parts: list[Any]

    @property
    def count(self) -> int:
        """What they make: records that take away count −1. It equals the figure where the figure counts."""
        return sum(part.facts.sign * part.size() for part in self.parts)

    @property
    def length(self) -> int:
        """How many records are listed."""
        return sum(part.size() for part in self.parts)

    def filter(self, **conditions: Any) -> "RecordSet":
        """Those that meet the conditions on their columns."""
        return RecordSet([replace(part, rows=part.rows.filter(**conditions)) for part in self.parts])

    def page(self, offset: int, limit: int) -> list[dict[str, Any]]:
        """A stretch of the list."""
        found: list[dict[str, Any]] = []
        for part in self.parts:
            size = part.size()
            if offset < size and len(found) < limit:
                found += part.stretch(offset, limit - len(found))
            offset = max(0, offset - size)
        return found

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for part in self.parts:
            yield from part


def records(key: str, period: Period, cut: datetime, where: Where | None = None) -> RecordSet:
    """The records that the figure counts. Raises Refusal for an unknown key or dimension.

    One derived from other figures opens to those of the figure behind its part; as a whole it has none of its own.
    """
    figure, evaluation = find(key), Evaluation(cut)
    evaluation.must_know(figure, period, where or {})
    if period.start > cut:
        return RecordSet([])
    sets = evaluation.sets(figure, period)
    if isinstance(sets[0], Derived):
        return _behind(sets[0], where or {}, evaluation)
    return RecordSet([_part(made, where or {}, evaluation) for made in sets])


def _behind(made: Derived, where: Where, evaluation: Evaluation) -> RecordSet:
    """The records of the figure from which the part was derived."""
    part = next((one for one in made.work(evaluation) if one.code in where.values()), None)
    if part is None or part.opens is None:
        return RecordSet([])
    key, period, narrowed = part.opens
    return RecordSet([_part(one, dict(narrowed), evaluation) for one in evaluation.sets(find(key), period)])


def _part(made: Any, where: Where, evaluation: Evaluation) -> Part | TalliedPart:
    if isinstance(made, Tallied):
        columns = columns_of(made, where)
        counted = fold(made, made.groups(evaluation.cut, columns), columns, tuple(where), evaluation.book)
        size = counted[tuple(where.values())] * made.sign
        return TalliedPart(made, evaluation.cut, where, {(): size})
    facts = made.facts if isinstance(made, Measured) else made
    known = facts.known_at(evaluation.cut)
    return Part(facts, only(facts, where, evaluation.book), only(facts, where, evaluation.book, known))


def difference(
    key: str, period: Period, then: datetime, now: datetime, where: Where | None = None
) -> list[dict[str, Any]]:
    """The records that make the figure differ between two cuts: +1 for what came, −1 for what went.

    A record that was written anew without changing the number (its subject is counted before and after) is left out;
    before the period began there is nothing to compare.
    """
    if then > now:
        raise Refusal("cuts_reversed", "比べる時点の順序が逆です。")
    if period.start > then or any(
        isinstance(made, Tallied | Derived) for made in Evaluation(now).sets(find(key), period)
    ):
        return []  # no number yet to differ from; single page views are no records to compare; another figure's are its own
    at_then, at_now = records(key, period, then, where), records(key, period, now, where)
    changed: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in (*_come(at_now, at_then, then), *_gone(at_then, at_now, now)):
        changed[record.get("subject") or record["id"]].append(record)
    return [record for records_ in changed.values() for record in _net(records_)]


def _come(at_now: RecordSet, at_then: RecordSet, then: datetime) -> Iterator[dict[str, Any]]:
    """What counts now and did not then: recorded since, or counted otherwise because a list was changed since."""
    for part, before in zip(at_now.parts, at_then.parts, strict=True):
        since = part.rows.filter(recorded_at__gt=then)
        if part.facts.distinct or str(part.told.query) != str(before.told.query):
            since = part.rows.exclude(pk__in=before.rows.values("pk"))
        yield from _listed(since, part.facts, 1)


def _gone(at_then: RecordSet, at_now: RecordSet, now: datetime) -> Iterator[dict[str, Any]]:
    """What counted then and does not now: superseded since, or counted otherwise because a list was changed since."""
    for part, after in zip(at_then.parts, at_now.parts, strict=True):
        since = part.rows.filter(superseded_at__lte=now)
        if part.facts.distinct or str(part.told.query) != str(after.told.query):
            since = part.rows.exclude(pk__in=after.rows.values("pk"))
        yield from _listed(since, part.facts, -1)


def _listed(rows: Any, facts: Facts, sign: int) -> Iterator[dict[str, Any]]:
    for row in rows.order_by(moment_of(rows.model), "id"):
        yield as_dict(row, facts.prefix, facts.sign * sign)


def _net(records_: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of one subject: as many as the difference makes, of its sign."""
    net = sum(record["sign"] for record in records_)
    sign = 1 if net > 0 else -1
    return [record for record in records_ if record["sign"] == sign][: abs(net)]
