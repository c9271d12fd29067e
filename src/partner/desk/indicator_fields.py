"""Fields of the forms of indicators and targets, and what must be true of them before they are recorded."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from django import forms

from partner.common.period import jst_day, month
from partner.common.refusal import Refusal
from partner.figures.declare import declared, find
from partner.figures.engine import Evaluation
from partner.figures.gauges import where_of
from partner.ledger import clock
from partner.master.book import present
from partner.master.models import Indicator, Target

Choices = list[tuple[str, str]]


def _figures() -> Choices:
    return [(one.key, f"{one.label}（{one.key}）") for one in declared() if not one.derived]


def _indicators() -> Choices:
    return [(row.code, row.name) for row in present().indicators(clock.now())]


CHOICES: dict[str, Callable[[], Choices]] = {
    "figure": _figures,
    "indicator": _indicators,
    "clause": lambda: list(Indicator.Clause.choices),
    "direction": lambda: list(Indicator.Direction.choices),
    "status": lambda: list(Target.Status.choices),
}


def field(kind: str, shared: dict[str, Any]) -> forms.Field | None:
    """The form's field for one of these kinds; None for any other."""
    if kind in CHOICES:
        return forms.ChoiceField(**shared, choices=[("", "選んでください"), *CHOICES[kind]()])
    if kind == "year":
        return forms.IntegerField(**shared, min_value=2003, max_value=2099)
    if kind == "amount":
        return forms.DecimalField(**shared, min_value=Decimal(), max_digits=20, decimal_places=6)
    return None


def plain(value: Any) -> Any:
    """A decimal as people write it: 99.5, not 99.500000."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value


def faults(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Field and message for what an indicator names and its figure does not have."""
    figure, text = find(found["figure"]), found["where"]
    where, parts = where_of(text), [one for one in text.split(";") if one.strip()]
    if len(where) != len(parts):
        yield "where", "level=full;medium=sns のように、内訳=コードを ; で区切って書いてください。"
        return
    try:
        Evaluation(clock.last()).must_know(figure, month(jst_day(clock.now())), where)
    except Refusal as refusal:
        yield "where", str(refusal)
    if found["measure"] and found["measure"] not in figure.measures:
        names = "、".join(figure.measures) or "ありません（空にしてください）"
        yield "measure", f"この数値に「{found['measure']}」はありません。使えるもの：{names}"
    if found["system"] and figure.kind != "operations":
        yield "system", "システムを指定できるのは、運用・保守の数値だけです。"
