"""A form for a row of any kind of sheet, made of the kind's columns alone."""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms

from partner.common.period import midnight
from partner.common.refusal import Fault
from partner.facts.intake.kinds import Column, Kind
from partner.facts.intake.spelling import asked
from partner.ledger import clock
from partner.master.book import Book

REQUEST, BASE, DO = "_request", "_base", "_do"  # the form's own fields: no column begins so
MOMENT_HELP = "2026-10-01、令和8年10月1日、2026-10-01 14:30 のように書きます。"
_SHEET_ONLY = re.compile(  # sentences that hold for a file, not for a form
    r"[^。]*(?:「；」|行キー|「取消」|1行に|行を消しても|コードでも名称でも|のコードか名称)[^。]*。"
)
_LONG = 200
_KEY = re.compile(r"[0-9a-f]{32}")


class _Written(forms.CharField):
    """What was typed, as it is: the intake's own checks judge it, in their own words."""

    def __init__(self, **more: Any) -> None:
        super().__init__(strip=False, **more)

    def clean(self, value: Any) -> str:
        return "" if value is None else str(value).replace("\r\n", "\n")


class _Several(forms.MultipleChoiceField):
    """Several codes, judged as above."""

    def clean(self, value: Any) -> list[str]:
        return [str(one) for one in value or []]


def new_request() -> str:
    """The key of a form, under which its row is kept: random, so that nobody finds a row by guessing."""
    return secrets.token_hex(16)


def request_of(data: Mapping[str, Any]) -> str:
    """The key that came back with the form; a new one where it is none."""
    found = str(data.get(REQUEST, ""))
    return found if _KEY.fullmatch(found) else new_request()


class EntryForm(forms.Form):
    """The columns of a kind as fields. `at` says of which day the lists are; `kept` are the columns that it hides."""

    def __init__(
        self, kind: Kind, at: datetime, *, data: Any = None, initial: Mapping[str, Any] | None = None,
        hidden: Iterable[str] = (), correcting: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=dict(initial or {}))
        self.kind, self.at, self.book = kind, at, Book(clock.last())
        self.hidden_columns = frozenset(hidden)
        self.correcting = correcting
        for column in asked(kind):
            if column.name not in self.hidden_columns:
                self.fields[column.name] = self._field(column)

    def _field(self, column: Column) -> forms.Field:
        said: dict[str, Any] = {"label": column.label, "required": column.required, "help_text": self._help(column)}
        if column.type == "codes":
            choices = self._choices(column)
            return _Several(choices=choices, widget=forms.CheckboxSelectMultiple(choices=choices), **said)
        field = _Written(widget=self._widget(column), **said)
        field.at_times = bool(column.needed)  # type: ignore[attr-defined]
        return field

    def _widget(self, column: Column) -> forms.Widget:
        if column.type in ("choice", "code"):
            return forms.Select(choices=[("", "選んでください"), *self._choices(column)])
        if (
            column.type == "plain"
            and column.wide
            and column.limit >= _LONG
            and column.name not in self.kind.particulars
        ):
            return forms.Textarea(attrs={"rows": 3 if column.limit <= _LONG else 5})
        width = (
            "wide" if column.wide or column.limit > 80 else "middling" if column.type in ("text", "plain") else "short"
        )
        attrs = {"class": width, "autocomplete": "off"}
        if column.type == "integer":
            attrs["inputmode"] = "numeric"
        return forms.TextInput(attrs=attrs)

    def _help(self, column: Column) -> str:
        parts = [_for_a_form(column.help)]
        if column.type in ("moment", "last_day") and "2026-10-01 14:30" not in column.help:
            parts.append(MOMENT_HELP)
        if column.type == "codes":
            parts.append("いくつでも選べます。")
        if self.correcting and column.name in self.kind.particulars:
            parts.append("空のままなら、記録されている値は変わりません。")
        return "".join(parts)

    # ── what may be chosen ──

    def _choices(self, column: Column) -> list[Any]:
        if column.type == "choice":
            return [(code, str(label)) for code, label in column.choices]
        rows = self.book.codes(column.list, max(_first_of_month(self.at), clock.ORIGIN))
        choices = self._beneath(column, rows) if column.under else [(row.code, row.label) for row in rows]
        return [*choices, *self._no_more(column, choices)]

    def _beneath(self, column: Column, rows: Sequence[Any]) -> list[Any]:
        """Those of the value above, where it is chosen; else all, each under its own."""
        above = self.kind.column(column.under)
        heads = {
            row.code: row.label for row in self.book.codes(above.list, max(_first_of_month(self.at), clock.ORIGIN))
        }
        chosen = self._value(above)
        groups = {
            code: [(row.code, row.label) for row in rows if row.code.startswith(f"{code}.")]
            for code in ([chosen] if chosen in heads else heads)
        }
        if chosen in heads:
            return groups[chosen]
        return [(heads[code], group) for code, group in groups.items() if group]

    def _no_more(self, column: Column, choices: list[Any]) -> list[tuple[str, str]]:
        """What stands in the field and is not offered: kept in sight until another is chosen."""
        value = self._value(column)
        there = value if isinstance(value, list) else [value]
        offered = {code for first, more in choices for code in ([first] if isinstance(more, str) else dict(more))}
        return [
            (code, f"{self.book.label(column.list, code, self.at)}（いまは選べません）")
            for code in there
            if code and code not in offered and self.book.has(column.list, code)
        ]

    def _value(self, column: Column) -> Any:
        if self.is_bound:
            data: Any = self.data
            return data.getlist(column.name) if column.type == "codes" else data.get(column.name, "")
        return self.initial.get(column.name, "")

    # ── what is wrong ──

    def blame(self, faults: Sequence[Fault]) -> None:
        """Puts each fault at the field that it concerns, else above the form."""
        self.is_valid()
        names = {self.kind.column(name).label: name for name in self.fields}
        for fault in faults:
            self.add_error(names.get(fault.column or ""), fault.message)


def _width(column: Column) -> str:
    """As wide as what is expected."""
    if column.wide or column.limit > 80:
        return "wide"
    return "middling" if column.type in ("text", "plain") and column.limit > 20 else "short"


def _for_a_form(help_: str) -> str:
    return _SHEET_ONLY.sub("", help_)


def rules(kind: Kind) -> list[str]:
    """The kind's rules, but for what holds for files only."""
    return [left for rule in kind.rules if (left := _for_a_form(rule))]


def _first_of_month(at: datetime) -> datetime:
    """Lists change at a month's start, and the checks read them as of then."""
    return midnight(at.date().replace(day=1))
