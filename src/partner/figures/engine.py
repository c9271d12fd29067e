"""Computes figures: counts their sets, splits them by their breakdowns, opens them to their records."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import product
from typing import Any

from partner.common.period import Period
from partner.common.refusal import Refusal
from partner.facts.streams import PARTIES
from partner.figures import rollups
from partner.figures.counting import Codes, columns_of, count_at, count_rows, fold
from partner.figures.declare import Declared, declared, find
from partner.figures.sets import Axis, Facts, Registrations
from partner.figures.states import Judgement, States
from partner.ledger.fields import MICROSECOND
from partner.master.book import UNKNOWN, Book

Where = dict[str, str]


@dataclass(frozen=True)
class Value:
    """A number with its state. `value` is None where the state says that there is none."""

    value: int | None
    state: str


class Evaluation:
    """Figures as known at one cut. Keeps what it counted, so that a report asks nothing twice.

    `exact` leaves the roll-ups aside: a seal counts the facts themselves.
    """

    def __init__(self, cut: datetime, *, exact: bool = False) -> None:
        self.cut = cut
        self.exact = exact
        self.book = Book(cut)
        self.states = States(cut)
        self._sets: dict[tuple[str, Period], list[Facts]] = {}
        self._groups: dict[tuple[Any, ...], dict[Codes, dict[Codes, int]]] = {}
        self._counts: dict[tuple[str, Period, Codes], Counter[Codes]] = {}

    @cached_property
    def _scopes(self) -> dict[str, Registrations]:
        return {kind: Registrations(party) for kind, party in PARTIES.items()}

    def sets(self, figure: Declared, period: Period) -> list[Facts]:
        """The sets that make the figure: one per month where it adds up, each under its month's lists."""
        if (figure.key, period) not in self._sets:
            made = [
                figure.rule(self._scopes[figure.kind], part) for part in (period.months() if figure.adds else [period])
            ]
            self._sets[figure.key, period] = [
                facts for one in made for facts in (one if isinstance(one, list) else [one])
            ]
        return self._sets[figure.key, period]

    def prime(self, kind: str, instants: list[datetime], dimensions: Codes) -> None:
        """Counts a standing set at many instants in one scan, for those of them that no roll-up answers."""
        standing = [self._scopes[kind].in_force(at) for at in sorted(set(instants))]
        if not standing:
            return
        columns = columns_of(standing[0], dimensions)
        if not self.exact:
            standing = [one for one in standing if rollups.grouped(one, columns, self.cut, count_rows) is None]
        known = PARTIES[kind].registration.objects.known_at(self.cut)
        for facts, groups in zip(standing, count_at(known, columns, [one.at for one in standing]), strict=True):
            self._groups.setdefault(facts.identity, {})[columns] = groups

    def _grouped(self, facts: Facts, columns: Codes, wider: Codes) -> tuple[Codes, dict[Codes, int]]:
        """The set by raw codes: from a roll-up by these columns, else from one scan that serves later questions too."""
        counted = self._groups.setdefault(facts.identity, {})
        for asked, groups in counted.items():
            if set(columns) <= set(asked):
                return asked, groups
        rolled = None if self.exact else rollups.grouped(facts, columns, self.cut, count_rows)
        if rolled is not None:
            counted[columns] = rolled
            return columns, rolled
        counted[wider] = count_rows(facts.rows.known_at(self.cut), wider)
        return wider, counted[wider]

    def counts(self, key: str, period: Period, dimensions: Codes, also: Codes = ()) -> Counter[Codes]:
        """How many there are for each combination of codes. `also` names dimensions that a later question needs."""
        if (key, period, dimensions) in self._counts:
            return self._counts[key, period, dimensions]
        result: Counter[Codes] = Counter()
        for facts in self.sets(find(key), period):
            wider = columns_of(facts, (*dimensions, *also))
            columns, groups = self._grouped(facts, columns_of(facts, dimensions), wider)
            for codes, count in fold(facts, groups, columns, dimensions, self.book).items():
                result[codes] += count
        self._counts[key, period, dimensions] = result
        return result

    def judge(self, key: str, period: Period) -> Judgement:
        """How complete the figure's facts are for the period."""
        return self.states.judge(find(key).kind, period)

    def value(self, key: str, period: Period, where: Where | None = None, also: Codes = ()) -> Value:
        """The figure, or its part for which each dimension of `where` has its code."""
        dimensions = tuple(where or ())
        total = self.counts(key, period, dimensions, also)[tuple((where or {}).values())]
        return self._stated(total, self.judge(key, period), period)

    def _stated(self, count: int, judgement: Judgement, period: Period) -> Value:
        """Zero is printed for covered days only; a period after the cut holds nothing yet."""
        if period.start > self.cut or (not judgement.covered and not judgement.losses and not count):
            return Value(None, "missing")
        return Value(count, judgement.state)

    def figure(self, key: str, period: Period, where: Where | None = None) -> dict[str, Any]:
        """The figure as the interface prints it."""
        figure, where = find(key), where or {}
        self.must_know(figure, period, where)
        also = tuple({name for by in figure.by for name in by.split(",")} | set(where))
        headline = self.value(key, period, where, also)
        result: dict[str, Any] = {
            "item": figure.item, "label": figure.label, "unit": figure.unit, "type": figure.type,
            "value": headline.value, "state": headline.state,
            "by": {by: self.rows(key, period, tuple(by.split(",")), where, also) for by in figure.by},
        }  # fmt: skip
        if losses := self.judge(key, period).losses:
            result["gaps"] = [{"from": start.isoformat(), "to": end.isoformat()} for start, end in losses]
        return result

    def must_know(self, figure: Declared, period: Period, where: Where) -> None:
        """Raises Refusal for a dimension that the figure does not have, or a code that its list never had."""
        check_where(figure, where)
        axes = self.sets(figure, period)[-1].axes
        for name, code in where.items():
            if not self._has(axes[name], code):
                raise Refusal("unknown_code", f"内訳「{name}」にコード「{code}」はありません。")

    def _has(self, axis: Axis, code: str) -> bool:
        if axis.choices:
            return code in dict(axis.choices)
        return code == UNKNOWN or self.book.has(axis.rows or axis.list, code)

    def rows(
        self, key: str, period: Period, dimensions: Codes, where: Where | None = None, also: Codes = ()
    ) -> list[dict[str, Any]]:
        """The figure split by the dimensions: every code of the lists, in their order."""
        where = where or {}
        extra = tuple(name for name in where if name not in dimensions)
        counts = self.counts(key, period, (*dimensions, *extra), also)
        axes = [self.sets(find(key), period)[-1].axes[name] for name in dimensions]
        judgement = self.judge(key, period)
        lists = [
            [where[name]] if name in where else self._codes(axis, period, {codes[n] for codes in counts})
            for n, (name, axis) in enumerate(zip(dimensions, axes, strict=True))
        ]
        rows = []
        for codes in product(*lists):
            stated = self._stated(counts[(*codes, *(where[name] for name in extra))], judgement, period)
            labels = [self.label(axis, code, period) for axis, code in zip(axes, codes, strict=True)]
            one = len(codes) == 1
            row = {
                "code": codes[0] if one else list(codes),
                "label": labels[0] if one else labels,
                "value": stated.value,
            }
            rows.append(row | ({"multiple": True} if any(axis.multiple for axis in axes) else {}))
        return rows

    def _codes(self, axis: Axis, period: Period, found: set[str]) -> list[str]:
        """The codes to print: all that hold, any other that was counted, and `unknown` where answers may be left out."""
        if axis.choices:
            return [code for code, _ in axis.choices]
        name, at = axis.rows or axis.list, period.end - MICROSECOND
        codes = [row.code for row in self.book.codes(name, at) if row.reported_as in ("", row.code)]
        codes += sorted(found - {*codes, UNKNOWN}, key=lambda code: self.book.position(name, code))
        return [*codes, UNKNOWN] if axis.answered or UNKNOWN in found else codes

    def label(self, axis: Axis, code: str, period: Period) -> str:
        """A code's label in the period."""
        if axis.choices:
            return dict(axis.choices).get(code, code)
        return self.book.label(axis.rows or axis.list, code, period.end - MICROSECOND)


def check_where(figure: Declared, where: Where) -> None:
    """Raises Refusal for a dimension that the figure does not have."""
    known = {name for by in figure.by for name in by.split(",")}
    for name in where:
        if name not in known:
            raise Refusal(
                "unknown_dimension",
                f"「{figure.key}」に内訳「{name}」はありません。使えるもの：{'、'.join(sorted(known))}",
            )


def figures(
    period: Period, cut: datetime, keys: list[str] | None = None, where: Where | None = None
) -> dict[str, dict[str, Any]]:
    """The figures of the period by key, as the interface prints them. Raises Refusal for an unknown key."""
    evaluation = Evaluation(cut)
    return {key: evaluation.figure(key, period, where) for key in keys or [figure.key for figure in declared()]}
