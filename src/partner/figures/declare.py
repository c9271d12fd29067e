"""A number is declared: key, label, unit, source item, type, breakdowns, rule. One definition, any period."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from partner.common.period import Period
from partner.common.refusal import Refusal
from partner.figures.sets import Facts

Type = Literal["flow", "stock", "ratio", "distinct", "distribution"]
Rule = Callable[[Any, Period], Facts | list[Facts]]


@dataclass(frozen=True)
class Declared:
    """A figure's declaration. `adds`: over several months it is the sum of the months, each under its own lists."""

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

    @property
    def kind(self) -> str:
        """The kind of facts that it counts: the first part of its key."""
        return self.key.partition(".")[0]


_DECLARED: dict[str, Declared] = {}


def figure(
    item: str, *, label: str, unit: str, type: Type, by: tuple[str, ...] = (), version: int = 1, adds: bool | None = None
) -> Callable[[Rule], Rule]:  # fmt: skip
    """Declares the function below it as a figure; its key is its module and name (`people.total`)."""

    def declare(rule: Rule) -> Rule:
        key = f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}"
        doc = " ".join((rule.__doc__ or "").split())
        _DECLARED[key] = Declared(
            key, item, label, unit, type, by, rule, doc, version, type == "flow" if adds is None else adds
        )
        return rule

    return declare


def declared() -> list[Declared]:
    """All figures, in the order of items and of declaration."""
    from partner.figures import organizations, people

    assert people
    assert organizations
    return sorted(_DECLARED.values(), key=lambda figure: figure.item)


def find(key: str) -> Declared:
    """The figure with this key. Raises Refusal for an unknown one."""
    declared()
    if key not in _DECLARED:
        raise Refusal("unknown_figure", f"数値のキー「{key}」はありません。使えるキー：{'、'.join(sorted(_DECLARED))}")
    return _DECLARED[key]
