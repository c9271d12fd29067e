"""The forms of the catalogue's entries: how each block of a report is made. A module declares its own; nothing lists them all.

A form is a function of the sheet, the entry and the entry's parameters that returns blocks. To add one: declare it with
`@form("name")` in a module that stands in `MODULES`.
"""

import json
from collections.abc import Callable
from importlib import import_module
from typing import Any

from partner.common.refusal import Refusal
from partner.documents.blocks import Block
from partner.master.models import CatalogueEntry
from partner.reports.sheet import Sheet

Params = dict[str, Any]
Form = Callable[[Sheet, CatalogueEntry, Params], list[Block]]
MODULES = (
    "items",
    "lines",
    "splits",
    "breakdowns",
    "walk_tables",
    "charts",
    "item_charts",
)  # the modules that declare forms
_FORMS: dict[str, Form] = {}


def form(name: str) -> Callable[[Form], Form]:
    """Declares the function below it as the form of that name."""

    def declare(made: Form) -> Form:
        assert _FORMS.get(name, made).__module__ == made.__module__, f"form {name} is declared twice"
        _FORMS[name] = made
        return made

    return declare


def form_of(name: str) -> Form:
    """The form with this name. Raises Refusal for an unknown one: the catalogue is data and may say anything."""
    for module in MODULES:
        import_module(f"partner.reports.{module}")
    if name not in _FORMS:
        raise Refusal(
            "unknown_form", f"報告書の構成の様式「{name}」はありません。使えるもの：{'、'.join(sorted(_FORMS))}"
        )
    return _FORMS[name]


def params_of(entry: CatalogueEntry) -> Params:
    """The entry's parameters."""
    found: Params = json.loads(entry.params or "{}")
    return found


def blocks_of(sheet: Sheet, entry: CatalogueEntry) -> list[Block]:
    """The blocks of one entry."""
    return form_of(entry.form)(sheet, entry, params_of(entry))
