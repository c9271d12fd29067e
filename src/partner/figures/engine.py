"""Computes figures: counts their sets, splits them by their breakdowns, opens them to their records."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from itertools import product
from typing import Any

from partner.common.period import DAY, Period, midnight
from partner.common.refusal import Refusal
from partner.facts.streams import PARTIES
from partner.figures import rollups
from partner.figures.counting import columns_of, count_at, count_months, count_rows, fold, split
from partner.figures.declare import Declared, declared, find
from partner.figures.scopes import SCOPES
from partner.figures.sets import Amount, Axis, Codes, Derived, Facts, Made, Measured, Numbers, Tallied
from partner.figures.states import Judgement, States
from partner.ledger.fields import MICROSECOND
from partner.master.book import UNKNOWN, Book

Where = dict[str, str]


@dataclass(frozen=True)
class Value:
    """A number with its state. `value` is None where the state says that there is none. `told`: words beside it."""

    value: Any  # int, or Decimal for shares, means and durations
    state: str
    measures: Mapping[str, Amount | None] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)


class Evaluation:
    """Figures as known at one cut. Keeps what it counted, so that a report asks nothing twice.

    `exact` leaves the roll-ups aside: a seal counts the facts themselves.
    """

    def __init__(self, cut: datetime, *, exact: bool = False) -> None:
        self.cut = cut
        self.exact = exact
        self.book = Book(cut)
        self.states = States(cut)
        self._scopes: dict[str, Any] = {}
        self._sets: dict[tuple[str, Period], list[Made]] = {}
        self._groups: dict[tuple[Any, ...], dict[Codes, dict[Codes, int]]] = {}
        self._counts: dict[tuple[str, Period, Codes], Counter[Codes]] = {}
        self._worked: dict[tuple[str, Period, Codes], dict[Codes, Numbers]] = {}
        self._loaded: dict[tuple[Any, ...], list[Any]] = {}

    def _scope(self, kind: str) -> Any:
        if kind not in self._scopes:
            self._scopes[kind] = SCOPES[kind](self.book)
        return self._scopes[kind]

    def sets(self, figure: Declared, period: Period) -> list[Any]:
        """The sets that make the figure: one per month where it adds up, each under its month's lists."""
        if (figure.key, period) not in self._sets:
            months = period.months() if figure.adds else [period]
            if len(months) > 1:
                self._sets[figure.key, period] = [one for part in months for one in self.sets(figure, part)]
            else:
                made = figure.rule(self._scope(figure.kind), months[0])
                self._sets[figure.key, period] = made if isinstance(made, list) else [made]
        return self._sets[figure.key, period]

    def axes(self, figure: Declared, period: Period) -> Mapping[str, Axis]:
        """The dimensions of the figure's sets."""
        made = self.sets(figure, period)[-1]
        return made.facts.axes if isinstance(made, Measured) else made.axes

    def prime(self, kind: str, instants: list[datetime], dimensions: Codes) -> None:
        """Counts a standing set at many instants in one scan, for those of them that no roll-up answers."""
        unanswered: list[Facts] = []
        columns: Codes = ()
        for at in sorted(set(instants)):
            facts = self._scope(kind).in_force(at)
            columns = columns_of(facts, dimensions)
            if self._rolled(facts, columns) is None:
                unanswered.append(facts)
        known = PARTIES[kind].registration.objects.known_at(self.cut)
        for facts, groups in zip(unanswered, count_at(known, columns, [one.at for one in unanswered]), strict=True):
            self._groups.setdefault(facts.identity, {})[columns] = groups

    def prime_months(self, key: str, periods: list[Period], dimensions: Codes) -> None:
        """Counts what happens in each month of these periods in one scan of each kind of its facts."""
        figure = find(key)
        self._prime_tally(figure, periods)
        months = {month.key: month for period in periods for month in period.months()}
        alike: dict[tuple[Any, ...], list[Facts]] = {}
        for period in months.values() if figure.adds else ():
            for facts in self.sets(figure, period):
                if isinstance(facts, Facts) and facts.happens and not facts.distinct:
                    named = tuple(part for part in facts.identity if part != facts.happens.month)
                    alike.setdefault((named, columns_of(facts, dimensions)), []).append(facts)
        for (_, columns), sets in alike.items():
            wanted = sets[0].happens
            assert wanted is not None
            chosen = [months[one.happens.month] for one in sets if one.happens]
            found = count_months(wanted.rows.known_at(self.cut), wanted.column, columns, chosen)
            for one in sets:
                self._groups.setdefault(one.identity, {})[columns] = found[one.happens.month] if one.happens else {}

    def _prime_tally(self, figure: Declared, periods: list[Period]) -> None:
        """Asks a store that keeps what it answered for all of these periods at once."""
        first, until = min(one.first for one in periods), max(one.until for one in periods)
        made = self.sets(figure, periods[0])[0] if figure.adds else None
        if isinstance(made, Tallied):
            figure.rule(self._scope(figure.kind), Period(first, until, f"{first}..{until}")).groups(self.cut, ())

    def _rolled(self, facts: Facts, columns: Codes) -> dict[Codes, int] | None:
        """The set from a roll-up, kept; None where none answers."""
        rolled = None if self.exact else rollups.grouped(facts, columns, self.cut, count_rows)
        if rolled is not None:
            self._groups.setdefault(facts.identity, {})[columns] = rolled
        return rolled

    def _grouped(self, facts: Facts | Tallied, columns: Codes, wider: Codes) -> tuple[Codes, dict[Codes, int]]:
        """The set by raw codes: from a roll-up by these columns, else from one scan that serves later questions too."""
        counted = self._groups.setdefault(facts.identity, {})
        for asked, groups in counted.items():
            if set(columns) <= set(asked):
                return asked, groups
        if isinstance(facts, Tallied):
            counted[columns] = facts.groups(self.cut, columns)
            return columns, counted[columns]
        rolled = self._rolled(facts, columns)
        if rolled is not None:
            return columns, rolled
        counted[wider] = count_rows(facts.known_at(self.cut), wider)
        return wider, counted[wider]

    def counts(self, key: str, period: Period, dimensions: Codes, also: Codes = ()) -> Counter[Codes]:
        """How many there are for each combination of codes. `also` names dimensions that a later question needs."""
        if (key, period, dimensions) in self._counts:
            return self._counts[key, period, dimensions]
        result: Counter[Codes] = Counter()
        figure = find(key)
        for facts in self.sets(figure, period):
            no_rollup = isinstance(facts, Facts) and not facts.name
            result.update(self._counted(facts, dimensions, (*also, *figure.dimensions) if no_rollup else also))
        self._counts[key, period, dimensions] = result
        return result

    def _counted(self, facts: Facts | Tallied, dimensions: Codes, also: Codes) -> Counter[Codes]:
        wider = columns_of(facts, (*dimensions, *also))
        columns, groups = self._grouped(facts, columns_of(facts, dimensions), wider)
        return fold(facts, groups, columns, dimensions, self.book)

    def numbers(self, key: str, period: Period, dimensions: Codes, also: Codes = ()) -> Mapping[Codes, Numbers]:
        """The figure and its measures for each combination of codes."""
        made = self.sets(find(key), period)
        if isinstance(made[0], Derived):
            parts = made[0].work(self)
            return {(one.code,): one.numbers for one in parts} if dimensions else {(): made[0].whole(parts)}
        if not isinstance(made[0], Measured):
            counted = self.counts(key, period, dimensions, also)
            beside = {name: self._counted(one, dimensions, also) for name, one in _measures(made).items()}
            return {
                codes: Numbers(count, {name: found[codes] for name, found in beside.items()})
                for codes, count in counted.items()
            }
        if (key, period, dimensions) not in self._worked:
            assert len(made) == 1, "what is worked out does not add up"
            self._worked[key, period, dimensions] = self._work(made[0], dimensions)
        return self._worked[key, period, dimensions]

    def _work(self, made: Measured, dimensions: Codes) -> dict[Codes, Numbers]:
        parts = split(made.facts, self._rows(made.facts), dimensions, self.book)
        beside = {name: self._beside(facts, dimensions) for name, facts in made.beside.items()}
        found = set(parts) | {()} if not dimensions else set(parts)
        for places, rows in beside.values():
            if len(places) == len(dimensions):
                found |= set(rows)
        worked = {}
        for codes in found:
            others = {
                name: rows.get(tuple(codes[place] for place in places), []) for name, (places, rows) in beside.items()
            }
            worked[codes] = made.work(parts.get(codes, []), **others)
        return worked

    def _beside(self, facts: Facts, dimensions: Codes) -> tuple[list[int], dict[Codes, list[Any]]]:
        """Rows of a set beside by the codes of those dimensions that it has, and which these are."""
        places = [n for n, name in enumerate(dimensions) if name in facts.axes]
        return places, split(facts, self._rows(facts), tuple(dimensions[n] for n in places), self.book)

    def _rows(self, facts: Facts) -> list[Any]:
        """The facts of a set as known at the cut, in the order of their numbers; loaded once."""
        if facts.identity not in self._loaded:
            rows = facts.known_at(self.cut).order_by("pk")
            self._loaded[facts.identity] = list(rows.values_list(*facts.reads, named=True) if facts.reads else rows)
        return self._loaded[facts.identity]

    def judge(self, key: str, period: Period) -> Judgement:
        """How complete the figure's facts are for the period."""
        return self.states.judge_all(self.sources(find(key), period), period)

    def sources(self, figure: Declared, period: Period) -> tuple[str, ...]:
        """The kinds of coverage on which the figure rests; of a derived one those of the figures behind it."""
        found: tuple[str, ...] = self.sets(figure, period)[0].sources if figure.derived else ()
        return found or figure.sources

    def value(self, key: str, period: Period, where: Where | None = None, also: Codes = ()) -> Value:
        """The figure, or its part for which each dimension of `where` has its code."""
        found = self.numbers(key, period, tuple(where or ()), also)
        codes = tuple((where or {}).values())
        return self.stated(found.get(codes) or self._empty(key, period), self.judge(key, period), period)

    def _empty(self, key: str, period: Period) -> Numbers:
        """What the figure is of no records."""
        sets = self.sets(find(key), period)
        made = sets[0]
        if isinstance(made, Measured):
            return made.work([], **{name: [] for name in made.beside})
        if isinstance(made, Derived):
            return Numbers(None, state="not_applicable", judged=True)
        return Numbers(0, dict.fromkeys(_measures(sets), 0))

    def stated(self, numbers: Numbers, judgement: Judgement, period: Period) -> Value:
        """Zero is printed for covered days only; a period after the cut holds nothing yet."""
        if numbers.judged:
            return Value(numbers.value, numbers.state, numbers.measures, numbers.told)
        has_records = bool(numbers.value) or any(numbers.measures.values())
        if period.start > self.cut or (not judgement.covered and not judgement.losses and not has_records):
            return Value(None, "missing", dict.fromkeys(numbers.measures))
        state = judgement.state
        if numbers.value is None:
            state = numbers.state or "not_applicable"
        elif numbers.state in ("provisional", "final"):
            state = numbers.state
        return Value(numbers.value, state, numbers.measures, numbers.told)

    def figure(self, key: str, period: Period, where: Where | None = None) -> dict[str, Any]:
        """The figure as the interface prints it."""
        figure, where = find(key), where or {}
        self.must_know(figure, period, where)
        also = tuple({name for by in figure.by for name in by.split(",")} | set(where))
        headline = self.value(key, period, where, also)
        result: dict[str, Any] = {
            "item": figure.item, "label": figure.label, "unit": figure.unit, "type": figure.type,
            "value": as_json(headline.value), "state": headline.state,
            "by": {by: self.rows(key, period, tuple(by.split(",")), where, also) for by in figure.by},
        }  # fmt: skip
        if figure.measures:
            result["measures"] = {name: as_json(headline.measures.get(name)) for name in figure.measures}
        result |= headline.told
        if losses := self.judge(key, period).losses:
            result["gaps"] = [{"from": start.isoformat(), "to": end.isoformat()} for start, end in losses]
        return result

    def must_know(self, figure: Declared, period: Period, where: Where) -> None:
        """Raises Refusal for a dimension that the figure does not have, or a code that its list never had."""
        check_where(figure, where)
        axes = self.axes(figure, period)
        for name, code in where.items():
            if not self._has(axes[name], code, period):
                raise Refusal("unknown_code", f"内訳「{name}」にコード「{code}」はありません。")

    def _has(self, axis: Axis, code: str, period: Period) -> bool:
        if axis.choices:
            return code in dict(axis.choices)
        if axis.days:
            return code in _days(period)
        if axis.is_open:
            return True
        return code == UNKNOWN or code in dict(axis.extra) or self.book.has(axis.rows or axis.list, code)

    def rows(
        self, key: str, period: Period, dimensions: Codes, where: Where | None = None, also: Codes = ()
    ) -> list[dict[str, Any]]:
        """The figure split by the dimensions: every code of the lists, in their order."""
        where = where or {}
        extra = tuple(name for name in where if name not in dimensions)
        found = self.numbers(key, period, (*dimensions, *extra), also)
        figure = find(key)
        axes = [self.axes(figure, period)[name] for name in dimensions]
        judgement, empty = self.judge(key, period), self._empty(key, period)
        lists = [
            [where[name]] if name in where else self._codes(axis, period, {codes[n] for codes in found})
            for n, (name, axis) in enumerate(zip(dimensions, axes, strict=True))
        ]
        rows = []
        for codes in product(*lists):
            told = self._judged_day(figure, axes[0], codes[0]) or judgement
            stated = self.stated(found.get((*codes, *(where[name] for name in extra)), empty), told, period)
            labels = [self.label(axis, code, period) for axis, code in zip(axes, codes, strict=True)]
            one = len(codes) == 1
            row: dict[str, Any] = {
                "code": codes[0] if one else list(codes),
                "label": labels[0] if one else labels,
                "value": as_json(stated.value),
            }
            if figure.measures:
                row["measures"] = {name: as_json(stated.measures.get(name)) for name in figure.measures}
            row |= stated.told
            rows.append(row | ({"multiple": True} if any(axis.multiple for axis in axes) else {}))
        return rows

    def _judged_day(self, figure: Declared, axis: Axis, code: str) -> Judgement | None:
        """A day of a breakdown by days is judged by its own hours."""
        if not axis.days:
            return None
        start = midnight(date.fromisoformat(code))
        return self.states.judge_hours(figure.sources, start, start + DAY)

    def _codes(self, axis: Axis, period: Period, found: set[str]) -> list[str]:
        """The codes to print: all that hold, any other that was counted, and `unknown` where answers may be left out."""
        if axis.choices:
            return [code for code, _ in axis.choices]
        if axis.days:
            return list(_days(period))
        if axis.is_open:
            return [*sorted(found - {UNKNOWN}), *sorted(found & {UNKNOWN})]
        name, at = axis.rows or axis.list, period.end - MICROSECOND
        codes = [row.code for row in self.book.codes(name, at) if row.reported_as in ("", row.code)]
        codes = [code for code in codes if code.startswith(axis.within)]
        codes += sorted(found - {*codes, UNKNOWN}, key=lambda code: self.book.position(name, code))
        return [*codes, UNKNOWN] if axis.answered or UNKNOWN in found else codes

    def label(self, axis: Axis, code: str, period: Period) -> str:
        """A code's label in the period."""
        if axis.choices:
            return dict(axis.choices).get(code, code)
        if axis.days or (axis.is_open and code != UNKNOWN):
            return code
        if code in dict(axis.extra):
            return dict(axis.extra)[code]
        return self.book.label(axis.rows or axis.list, code, period.end - MICROSECOND)


def _measures(made: list[Any]) -> Mapping[str, Facts]:
    """The sets counted beside the one that makes a figure."""
    return made[0].measures if len(made) == 1 and isinstance(made[0], Facts) else {}


@cache
def _days(period: Period) -> tuple[str, ...]:
    return tuple((period.first + DAY * n).isoformat() for n in range((period.last - period.first).days + 1))


def as_json(value: Amount | None) -> int | str | None:
    """A number as the interface prints it: shares, means and durations are strings of decimals."""
    return format(value, "f") if isinstance(value, Decimal) else value


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
