"""A number is declared: key, label, unit, source item, type, breakdowns, rule. One definition, any period."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from typing import Any, Literal

from partner.common.period import Period
from partner.common.refusal import Refusal

Type = Literal["flow", "stock", "ratio", "distinct", "distribution"]
Rule = Callable[[Any, Period], Any]  # one of partner.figures.sets.Made, or several that add up


@dataclass(frozen=True)
class Declared:
    """A figure's declaration. `adds`: over several months it is the sum of the months, each under its own lists.

    `sources` are the kinds of coverage that must all be complete before it is final. `measures` names what stands
    beside the headline. `derived`: made from other figures, whose coverage it takes (`sets.Derived`).
    """

    key: str
    item: str
    label: str
    unit: str
    type: Type
    by: tuple[str, ...]
    rule: Rule
    doc: str
    version: int
    adds: bool
    sources: tuple[str, ...]
    measures: tuple[str, ...] = ()
    derived: bool = False

    @cached_property
    def dimensions(self) -> tuple[str, ...]:
        """All by which it can be split, in the order of its breakdowns."""
        return tuple(dict.fromkeys(name for by in self.by for name in by.split(",")))

    @property
    def kind(self) -> str:
        """The subject whose sets it is handed: the first part of its key."""
        return self.key.partition(".")[0]


SUBJECTS = (
    "people",
    "organizations",
    "jobs",
    "trainings",
    "access",
    "consultations",
    "surveys",
    "subscriptions",
    "inquiries",
    "operations",
    "quality",
    "events",
    "incidents",
    "expenses",
)  # the modules that declare figures
ITEMS = "MQA"  # monthly, quarterly, annual
_DECLARED: dict[str, Declared] = {}


def figure(
    item: str, *, label: str, unit: str, type: Type, by: tuple[str, ...] = (), version: int = 1,
    adds: bool | None = None, sources: tuple[str, ...] = (), measures: tuple[str, ...] = (), key: str = "",
    derived: bool = False,
) -> Callable[[Rule], Rule]:  # fmt: skip
    """Declares the function below it as a figure; its key is its module and name (`people.total`) if not said."""

    def declare(rule: Rule) -> Rule:
        name = key or f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}"
        doc = " ".join((rule.__doc__ or "").split())
        _DECLARED[name] = Declared(
            name, item, label, unit, type, by, rule, doc, version, type == "flow" if adds is None else adds,
            sources or (name.partition(".")[0],), measures, derived,
        )  # fmt: skip
        return rule

    return declare


def declared() -> list[Declared]:
    """All figures, in the order of items and of declaration."""
    return list(_all())


@cache
def _all() -> tuple[Declared, ...]:
    for name in SUBJECTS:
        import_module(f"partner.figures.{name}")
    return tuple(sorted(_DECLARED.values(), key=lambda figure: (ITEMS.index(figure.item[0]), figure.item)))


def find(key: str) -> Declared:
    """The figure with this key. Raises Refusal for an unknown one."""
    _all()
    if key not in _DECLARED:
        raise Refusal("unknown_figure", f"数値のキー「{key}」はありません。使えるキー：{'、'.join(sorted(_DECLARED))}")
    return _DECLARED[key]
