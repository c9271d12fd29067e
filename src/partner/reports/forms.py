"""The forms of the catalogue's entries: how each block of a report is made. A module declares its own; nothing lists them all.

A form is a function of the sheet, the entry and the entry's parameters that returns blocks. To add one: declare it with
`@form("name")` in a module of this package.
"""

import json
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from partner import reports
from partner.common.refusal import Refusal
from partner.documents.blocks import Block
from partner.master.models import CatalogueEntry
from partner.reports.sheet import Sheet

Params = dict[str, Any]
Form = Callable[[Sheet, CatalogueEntry, Params], list[Block]]
_FORMS: dict[str, Form] = {}
_LAST: set[str] = set()


def form(name: str, *, last: bool = False) -> Callable[[Form], Form]:
    """Declares the function below it as the form of that name. `last`: it speaks of what the others print."""

    def declare(made: Form) -> Form:
        assert _FORMS.get(name, made).__module__ == made.__module__, f"form {name} is declared twice"
        _FORMS[name] = made
        if last:
            _LAST.add(name)
        return made

    return declare


@cache
def _import_all() -> None:
    """Forms are declared wherever they are made: every module beside this one is heard."""
    for module in walk_packages(reports.__path__, f"{reports.__name__}."):
        if ".management" not in module.name:
            import_module(module.name)


def form_of(name: str) -> Form:
    """The form with this name. Raises Refusal for an unknown one: the catalogue is data and may say anything."""
    _import_all()
    if name not in _FORMS:
        raise Refusal(
            "unknown_form", f"報告書の構成の様式「{name}」はありません。使えるもの：{'、'.join(sorted(_FORMS))}"
        )
    return _FORMS[name]


def params_of(entry: CatalogueEntry) -> Params:
    """The entry's parameters."""
    found: Params = json.loads(entry.params or "{}")
    return found


def is_last(entry: CatalogueEntry) -> bool:
    """Whether the entry is made after all others: it speaks of what they print."""
    form_of(entry.form)
    return entry.form in _LAST


def blocks_of(sheet: Sheet, entry: CatalogueEntry) -> list[Block]:
    """The blocks of one entry."""
    return form_of(entry.form)(sheet, entry, params_of(entry))
