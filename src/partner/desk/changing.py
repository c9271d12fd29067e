"""A change of master data as somebody types it: checked, then recorded by an administrator or proposed by a manager."""

import json
import re
from dataclasses import fields
from datetime import date, datetime
from ipaddress import ip_network
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from partner.common.period import midnight
from partner.common.refusal import Refusal
from partner.desk import indicator_fields
from partner.desk.lists import Field, MasterList
from partner.facts.streams import PARTIES
from partner.figures.declare import declared, find
from partner.ledger import clock
from partner.master import actions
from partner.master.book import UNKNOWN, Book
from partner.master.models import Dated, Indicator
from partner.reports.lines import Line

SET, END = "set", "end"
FORMS = {
    "item": ("項目の見出し", ()),
    "walk": ("増減の表", ("kind",)),
    "type_walk": ("種別ごとの増減の表", ("kind",)),
    "breakdown": ("内訳の表（1つ選ぶもの）", ("kind", "by", "head")),
    "multiple": ("内訳の表（複数回答）", ("kind", "by", "head")),
    "flow_chart": ("新規と退会の図", ("kind",)),
    "level_chart": ("区分別の推移の図", ("kind",)),
    "lines": ("数値を1行ずつ並べる表", ("rows",)),
    "split": ("内訳の表（ほかの数値と並べるもの）", ("key", "by", "head", "what")),
    "measured": ("内訳ごとの測定値の表", ("key", "by", "head", "columns")),
    "month_columns": ("13か月の図", ("key",)),
    "flow_months": ("増減の13か月の図", ("above", "below", "above_label", "below_label")),
    "day_columns": ("日ごとの図", ("key",)),
    "plans": ("今後の予定", ()),
    "indicators": ("指標と目標値の表", ()),
    "progress": ("目標に対する累計の図", ()),
    "track_record": ("過去の見込みの当たり方の表", ()),
}
_BY = {"people": ("medium", "purpose", "level", "begun"), "organizations": ("organization_type", "level", "begun")}
_PATTERNS = {
    "code": (r"[a-z][a-z0-9_]*", "英小文字で始め、英小文字・数字・_ だけで書いてください。"),
    "question_code": (r"[a-z][a-z0-9_]*\.[a-z0-9_]+", "consultation.q1 のように、調査のコードに続けて書いてください。"),
    "answer_code": (
        r"[a-z][a-z0-9_]*(\.[a-z0-9_]+){2}",
        "設問のコードに続けて、consultation.q1.5 のように書いてください。",
    ),
    "number_code": (r"D\d{1,3}", "D1 のように、D と数字で書いてください。"),
    "place": (r"[A-Z]\d{1,2}(-[A-Z]?\d{0,2})?", "M1 や M1-1 のように書いてください。"),
}


def _is_code(kind: str) -> Any:
    pattern, message = _PATTERNS[kind]

    def check(text: str) -> None:
        if not re.fullmatch(pattern, text):
            raise ValidationError(message)
        if text == UNKNOWN:
            raise ValidationError("unknown は未回答を表すため、コードに使えません。")

    return check


def _is_network(text: str) -> None:
    try:
        ip_network(text)
    except ValueError:
        raise ValidationError(
            "192.0.2.0/24 のように、アドレスの範囲を書いてください。端数のあるアドレスは使えません。"
        ) from None


def _is_page_address(text: str) -> None:
    if not re.fullmatch(r"/[!-~]*", text) or "?" in text or "#" in text:
        raise ValidationError("/ で始まるアドレスを、英数字と記号だけで書いてください。? と # は使えません。")


_CHECKED = {"network": _is_network, "page_address": _is_page_address}


def _limits(model: type[Dated], name: str) -> dict[str, Any]:
    found = getattr(model._meta.get_field(name), "max_length", None)
    return {"max_length": found} if found else {}


def _field(chosen: MasterList, one: Field, at: datetime) -> forms.Field:
    shared: dict[str, Any] = {"label": one.label, "help_text": one.help, "required": one.required}
    if one.kind == "number":
        return forms.IntegerField(**shared, min_value=0, max_value=100_000)
    if one.kind == "date":
        return forms.DateField(**shared, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    if one.kind == "choice":
        rows = Book(clock.last()).codes(one.choices_of, at)
        return forms.ChoiceField(**shared, choices=[("", "選んでください"), *((row.code, row.label) for row in rows)])
    if made := indicator_fields.field(one.kind, shared):
        return made
    if one.kind == "form":
        choices = [("", "選んでください"), *((name, f"{label}（{name}）") for name, (label, _) in FORMS.items())]
        return forms.ChoiceField(**shared, choices=choices)
    more: dict[str, Any] = _limits(chosen.model, one.name)
    if one.kind in ("long", "json"):
        more["widget"] = forms.Textarea(attrs={"rows": 4})
    if one.kind in _PATTERNS:
        more["validators"] = [_is_code(one.kind)]
    if one.kind in _CHECKED:
        more["validators"] = [_CHECKED[one.kind]]
    return forms.CharField(**shared, **more)


class ChangeForm(forms.Form):
    """New values, from when they hold, and why. An existing row's key stands fast."""

    def __init__(self, chosen: MasterList, row: Any, data: Any = None) -> None:
        self.chosen, self.row = chosen, row
        names = [one.name for one in chosen.fields]
        super().__init__(
            data,
            initial={name: indicator_fields.plain(getattr(row, name)) for name in names}
            if row
            else {"params": "{}", "position": self._next()},
        )
        if row:
            self.fields["action"] = forms.ChoiceField(
                label="変更の種類",
                initial=SET,
                choices=[(SET, "内容を改める"), (END, "終わらせる")],
                widget=forms.RadioSelect,
            )
        for one in chosen.fields:
            self.fields[one.name] = _field(chosen, one, clock.now())
            if row and one in chosen.keys:
                self.fields[one.name].disabled = True
        if chosen.begins == "month":
            self.fields["begins"] = forms.CharField(
                label="有効にする月", help_text="その月の初日から有効です。例：2026-12。数値は月ごとに1つの一覧で数えるため、月の途中からは変えられません。",
                widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-12"}),
            )  # fmt: skip
        elif chosen.begins == "day":
            self.fields["begins"] = forms.DateField(
                label="有効にする日", help_text="その日の0時から有効です。終わらせるときは、その日から無効です。",
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )  # fmt: skip
        self.fields["reason"] = forms.CharField(
            label="理由", max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
            help_text="根拠となる合意や文書を書きます（200字まで）。履歴に残ります。",
        )  # fmt: skip
        for name, made in self.fields.items():
            self._worded(name, made)

    def _next(self) -> int:
        rows = self.chosen.believed()
        return max((row.position for row in rows), default=0) + 10 if rows and hasattr(rows[0], "position") else 10

    @staticmethod
    def _worded(name: str, one: forms.Field) -> None:
        one.error_messages["required"] = f"{one.label}を入力してください。"
        one.error_messages["invalid"] = f"{one.label}を読める形で入力してください。"
        one.widget.attrs |= {"aria-describedby": f"{name}-help {name}-error"}

    @property
    def is_end(self) -> bool:
        """Whether the row is to end."""
        return self.data.get("action") == END

    def full_clean(self) -> None:
        """What is to end needs no new values."""
        if self.row and self.is_end:
            for one in self.chosen.values:
                self.fields[one.name].required = False
        super().full_clean()

    def clean_begins(self) -> date:
        """The first day from which the change holds."""
        found = self.cleaned_data["begins"]
        if isinstance(found, date):
            day = found
        else:
            match = re.fullmatch(r"(\d{4})[-/年](\d{1,2})月?(?:[-/]0?1)?", found.strip())
            if not match or not 1 <= int(match[2]) <= 12:
                raise ValidationError("有効にする月を、2026-12 のように入力してください。")
            day = date(int(match[1]), int(match[2]), 1)
        if not 2003 <= day.year <= 2099:
            raise ValidationError("2003年10月から2099年までの日を入力してください。")
        if midnight(day) < clock.ORIGIN:
            raise ValidationError("2003年10月1日より前の日は入力できません。")
        return day

    def clean_params(self) -> str:
        """JSON, an object; kept in one spelling."""
        text = self.cleaned_data["params"] or "{}"
        try:
            found = json.loads(text)
        except ValueError as error:
            where = f"{error.lineno}行{error.colno}字目" if isinstance(error, json.JSONDecodeError) else ""
            raise ValidationError(f"JSONとして読めません{f'（{where}の近く）' if where else ''}。") from None
        if not isinstance(found, dict):
            raise ValidationError("{ } で囲んだJSONで書いてください。")
        return json.dumps(found, ensure_ascii=False, sort_keys=True)

    def clean(self) -> dict[str, Any]:
        """What no field can judge alone."""
        found: dict[str, Any] = super().clean() or {}
        if self.errors:
            return found
        if "params" in found and not self.is_end:
            self._check_params(found)
        if self.chosen.model is Indicator and not self.is_end:
            for name, fault in indicator_fields.faults(found):
                self.add_error(name, fault)
        if not self.row and any(self.chosen.key_of(row) == self.chosen.key_in(found) for row in self.chosen.believed()):
            self.add_error(self.chosen.keys[-1].name, "すでにあります。一覧から選んで改めてください。")
        if self.row and not self.is_end and not self._differs(found):
            raise ValidationError("内容が前と同じです。変えるところを入力してください。")
        return found

    def _differs(self, found: dict[str, Any]) -> bool:
        if self.row.valid_to is not None:
            return True
        plain = indicator_fields.plain
        return any(str(plain(found[one.name])) != str(plain(getattr(self.row, one.name))) for one in self.chosen.values)

    def _check_params(self, found: dict[str, Any]) -> None:
        """That the report can be composed with it."""
        params, needed = json.loads(found["params"]), FORMS[found["form"]][1]
        if lacking := [name for name in needed if name not in params]:
            self.add_error("params", f"この形には {'、'.join(lacking)} の指定が必要です。")
            return
        kind = params.get("kind")
        if "kind" in params and kind not in PARTIES:
            self.add_error("params", f"kind は {'、'.join(PARTIES)} のどれかです。")
        elif "kind" in needed and "by" in needed and params["by"] not in _BY[str(kind)]:
            self.add_error("params", f"by は {'、'.join(_BY[str(kind)])} のどれかです。")
        elif wrong := unknown_figures(params):
            self.add_error("params", f"数値のキー {'、'.join(wrong)} はありません。")
        elif any(not is_line(row) for name in ("rows", "columns", "beside") for row in params.get(name, [])):
            self.add_error("params", "rows と columns は、key、label、n を持つ行の並びで書いてください。")
        elif "key" in needed and "by" in params and params["by"] not in find(params["key"]).dimensions:
            self.add_error("params", f"by は {'、'.join(find(params['key']).dimensions)} のどれかです。")

    def change(self) -> dict[str, Any]:
        """The checked change as data: what a proposal keeps, and what `record` takes."""
        found = self.cleaned_data
        keys = {one.name: _plain(found[one.name]) for one in self.chosen.keys}
        begins: date = found.get("begins") or found["day"]
        values = {} if self.row and self.is_end else {one.name: _plain(found[one.name]) for one in self.chosen.values}
        action = END if self.row and self.is_end else SET
        return {
            "action": action,
            "keys": keys,
            "values": values,
            "begins": begins.isoformat(),
            "reason": found["reason"],
        }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else indicator_fields.plain(value)


def record(chosen: MasterList, change: dict[str, Any], by: tuple[str, str]) -> None:
    """Records the change. Raises Refusal where it cannot hold."""
    keys = {**chosen.fixed, **change["keys"]}
    if "day" in keys:
        keys["day"] = date.fromisoformat(keys["day"])
    begins = midnight(date.fromisoformat(change["begins"]))
    if change["action"] == SET:
        actions.set_from(
            chosen.model, keys=keys, values=change["values"], holds_from=begins, reason=change["reason"], by=by
        )
        return
    if chosen.begins == "never":  # a closed day ends as if it had never been one
        row = chosen.model.objects.believed().filter(**keys).order_by("valid_from").first()
        if row is None:
            raise Refusal("not_in_force", "この休業日はすでにありません。")
        begins = row.valid_from
    actions.end_at(chosen.model, keys=keys, ends_at=begins, reason=change["reason"], by=by)


def is_line(row: Any) -> bool:
    """Whether a row of a table's parameters can be printed."""
    return isinstance(row, dict) and {"key", "label", "n"} <= set(row) <= {field.name for field in fields(Line)}


def unknown_figures(params: dict[str, Any]) -> list[str]:
    """The keys among a block's parameters that name no figure, wherever they stand."""
    known, found = {figure.key for figure in declared()}, []
    for name, value in params.items():
        if name in ("key", "above", "below", "headline") and value not in known:
            found.append(str(value))
        for one in value if isinstance(value, list) else ():
            found += unknown_figures(one) if isinstance(one, dict) else []
    return found
