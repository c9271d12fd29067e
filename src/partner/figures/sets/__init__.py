"""Sets of facts, defined in valid time alone. The engine adds the other clock, counts, splits and opens them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from django.db.models import Exists, OuterRef, Q

from partner.common.period import Period

Codes = tuple[str, ...]
Amount = int | Decimal


@dataclass(frozen=True)
class Axis:
    """A dimension of a set: the column that holds it, and the list that names its codes.

    `rows` is the list whose codes are printed when it is not the list itself (levels are printed as columns).
    `choices` replaces a list where the codes are the product's own; `days` prints the period's days; an axis with none
    of them prints what was found. `answered` marks what people may leave out. `within`: only codes that begin so.
    `extra`: codes of the product's own beside the list's.
    """

    column: str
    list: str = ""
    rows: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    multiple: bool = False
    answered: bool = False
    days: bool = False
    within: str = ""
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether any code may be found: numbers of postings."""
        return not (self.list or self.choices or self.days)


@dataclass(frozen=True)
class Happens:
    """Facts of all time, and the column by which a set takes those of its month: many months are counted in one scan."""

    rows: Any
    column: str
    month: str

    def within(self, period: Period) -> Any:
        """Those of the period."""
        return self.rows.filter(**{f"{self.column}__gte": period.start, f"{self.column}__lt": period.end})


@dataclass(frozen=True)
class Facts:
    """A set of facts. `counted_at` is the moment whose lists and mapping name it.

    `changed` names two columns of one axis whose reported codes must differ, for the fact to be a move at all.
    `identity` says which set it is, so that it is counted once; `name` and `at` of a standing set find its roll-up.
    `distinct`: of the facts that share this column only the last in time counts, so that a subject counts once; and none
    where a fact of the sets `unless` shares it. `happens` is set where the rows are nothing but
    those of one month. `measures` are further sets counted beside it, each by its name.
    """

    rows: Any
    counted_at: datetime
    axes: Mapping[str, Axis]
    prefix: str
    identity: tuple[Any, ...]
    sign: int = 1
    changed: tuple[str, Axis] | None = None
    name: str = ""
    at: datetime | None = None
    distinct: str = ""
    unless: tuple[Any, ...] = ()
    measures: Mapping[str, "Facts"] = field(default_factory=dict)
    happens: "Happens | None" = None
    reads: tuple[str, ...] = ()

    def __neg__(self) -> "Facts":
        return replace(self, sign=-self.sign)

    def by(self, dimension: str, column: str) -> "Facts":
        """The same set with a dimension read from another column: what it was before a change."""
        return replace(self, axes={**self.axes, dimension: replace(self.axes[dimension], column=column)})

    def known_at(self, cut: datetime) -> Any:
        """The facts of the set as known at the cut."""
        known = self.rows.known_at(cut)
        if not self.distinct:
            return known
        for others in self.unless:
            known = known.filter(~Exists(others.known_at(cut).filter(**{self.distinct: OuterRef(self.distinct)})))
        later = Q(valid_from__gt=OuterRef("valid_from")) | Q(valid_from=OuterRef("valid_from"), pk__gt=OuterRef("pk"))
        return known.filter(~Exists(known.filter(later, **{self.distinct: OuterRef(self.distinct)})))


@dataclass(frozen=True)
class Numbers:
    """What was worked out: the headline, other measures of the same set, and a state that overrides the coverage's.

    None where there is nothing to divide by: state `not_applicable`. `told` stands beside them in words (attainment).
    `judged`: the state is settled, since it was derived from figures whose coverage was asked.
    """

    value: Amount | None
    measures: Mapping[str, Amount | None] = field(default_factory=dict)
    state: str = ""
    told: Mapping[str, Any] = field(default_factory=dict)
    judged: bool = False


Work = Callable[..., Numbers]


@dataclass(frozen=True)
class Measured:
    """Numbers worked out from the facts of a set: minutes, means, shares, percentiles.

    `work(rows, **beside)` gets the rows known at the cut, and those of further sets by name. Split by a breakdown, it
    gets the rows of each code; a set beside that has no such dimension comes whole.
    """

    facts: Facts
    work: Work
    beside: Mapping[str, Facts] = field(default_factory=dict)


@dataclass(frozen=True)
class Tallied:
    """A set too large for rows of the ledger: page views. `groups(cut, columns)` counts it by raw codes.

    `page(cut, where, offset, limit)` opens it; otherwise as Facts.
    """

    groups: Callable[[datetime, Codes], dict[Codes, int]]
    page: Callable[[datetime, Mapping[str, str], int, int], list[dict[str, Any]]]
    counted_at: datetime
    axes: Mapping[str, Axis]
    prefix: str
    identity: tuple[Any, ...]
    sign: int = 1
    changed: None = None

    def __neg__(self) -> "Tallied":
        return replace(self, sign=-self.sign)


class Found(Protocol):
    """One part of what was derived: its code, its numbers with their own state, the figure that it was derived from."""

    @property
    def code(self) -> str:
        """Under which code of the axis it stands."""

    @property
    def numbers(self) -> Numbers:
        """Its numbers; their state is settled."""

    @property
    def opens(self) -> tuple[str, Period, Mapping[str, str]] | None:
        """Key, period and filter of the figure whose records stand behind it; None where there are none."""


@dataclass(frozen=True)
class Derived:
    """Worked out from other figures: attainment from what is counted and from targets.

    `work(evaluation)` gives the parts, one for each code of the only axis; `whole(parts)` is the headline. `sources` are
    the kinds of coverage of the figures behind it.
    """

    axes: Mapping[str, Axis]
    work: Callable[[Any], Sequence[Found]]
    whole: Callable[[Sequence[Any]], Numbers]
    sources: tuple[str, ...]


Made = Facts | Tallied | Measured | Derived
