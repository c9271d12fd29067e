"""Breakdown tables of the new registrations: one answer each (接触媒体), or several (登録目的, 延べ)."""

from dataclasses import dataclass
from typing import Any

from partner.common.period import Period
from partner.documents.blocks import Block, Cell, Column, Row, Table
from partner.figures.engine import Value
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.compared import ago_head, last_head
from partner.reports.forms import Params, form
from partner.reports.sheet import Sheet

_ALSO = ("level", "medium", "purpose", "begun")


@dataclass(frozen=True)
class _Asked:
    """What a breakdown table is about."""

    sheet: Sheet
    entry: CatalogueEntry
    kind: str
    by: str

    def value(self, figure: str, period: Period, where: dict[str, str]) -> Value:
        """One part of the figure."""
        also = _ALSO if figure == "new" else _ALSO[:3]
        return self.sheet.evaluation.value(f"{self.kind}.{figure}", period, where, also)

    def cell(
        self, address: str, figure: str, period: Period, where: dict[str, str], compared: str, **more: Any
    ) -> Cell:
        """One part of the figure as a cell."""
        value = self.value(figure, period, where)
        return self.sheet.cell(address, value, f"{self.kind}.{figure}", period, where, compared=compared, **more)

    def rows(self) -> list[tuple[str, str]]:
        """The codes and labels to print."""
        found = self.sheet.evaluation.rows(f"{self.kind}.new", self.sheet.period, (self.by,), also=_ALSO)
        return [(row["code"], row["label"]) for row in found]


@form("breakdown")
def breakdown_table(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """表M1-2: new registrations by medium and level, last month, a year ago, to date, and all registrants."""
    kind, by, head = params["kind"], params["by"], params["head"]
    asked = _Asked(sheet, entry, kind, by)
    levels = sheet.evaluation.rows(f"{kind}.new", sheet.period, ("level",), also=_ALSO)
    codes = asked.rows()
    longest = max((asked.value("new", sheet.period, {by: code}).value or 0 for code, _ in codes), default=0) or 1
    level_codes = [level["code"] for level in levels]
    rows = [_row(asked, n, code, label, level_codes, longest) for n, (code, label) in enumerate(codes, 1)]
    rows.append(_row(asked, len(codes) + 1, "", "計", level_codes, 0))
    period, words = sheet.period, sheet.words
    month, last, ago = f"{period.column}の新規登録", last_head(period), ago_head(period)
    columns = (
        Column(head, kind="label"), Column("計", width=12, letter="a", group=month, tint=True, bar=17),
        *(Column(level["label"][:2], width=10.5, letter=letter, group=month, tint=True)
          for letter, level in zip("bc", levels, strict=False)),
        Column("新規", width=10.5, letter="d", group=last),
        Column("増減", width=11, letter="e", group=last),
        Column("新規", width=10.5, letter="f", group=ago),
        Column("増減", width=11, letter="g", group=ago),
        Column("年度累計", width=14.5, letter="h"), Column("全登録者", width=15.5, letter="i"),
    )  # fmt: skip
    names = "、".join(f"{level['label'][:2]}：{level['label']}" for level in levels)
    table = Table(
        columns=columns, rows=tuple(rows), number=entry.place, title=entry.title, unit=entry.unit,
        definitions=tuple(entry.definitions.split(",")), dense=True,
        notes=(f"計は表M1-1の新規（02a）及び{words.own_end}（07a）に一致する。全登録者は{words.own_end}現在。{names}。",),
        alt=f"{entry.title}。{words.own}の新規登録を{head}別、区分別に示し、{words.last}、{words.ago}、年度累計、全登録者と並べる。",
    )  # fmt: skip
    return [table]


def _row(asked: _Asked, n: int, code: str, label: str, levels: list[str], longest: int) -> Row:
    sheet, address = asked.sheet, f"{asked.entry.place}.{n:02d}"
    where = {asked.by: code} if code else {}
    now, last, year_ago = (
        asked.value("new", period, where) for period in (sheet.period, sheet.previous, sheet.year_ago)
    )
    key = f"{asked.kind}.new"
    bar = None if not longest or now.value is None else now.value / longest
    cells = (
        asked.cell(address + "a", "new", sheet.period, where, "a", bar=bar),
        *(asked.cell(address + letter, "new", sheet.period, {**where, "level": level}, "a")
          for letter, level in zip("bc", levels, strict=False)),
        asked.cell(address + "d", "new", sheet.previous, where, "b"),
        sheet.difference(address + "e", now, last, key, where, "c"),
        asked.cell(address + "f", "new", sheet.year_ago, where, "e"),
        sheet.difference(address + "g", now, year_ago, key, where, "f"),
        asked.cell(address + "h", "new", sheet.to_date, where, "h"),
        asked.cell(address + "i", "total", sheet.period, where, "a"),
    )  # fmt: skip
    return Row(label, cells, number=f"{n:02d}", strong=not code)


@form("multiple")
def multiple_table(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """表M1-3: several answers each: the sum is 延べ and says so, with the ratio per person."""
    kind, by, head = params["kind"], params["by"], params["head"]
    asked = _Asked(sheet, entry, kind, by)
    codes = asked.rows()
    people = asked.value("new", sheet.period, {}).value
    rows = [_multiple_row(asked, n, code, label, people) for n, (code, label) in enumerate(codes, 1)]
    rows.append(_multiple_total(asked, len(codes) + 1, [code for code, _ in codes], people))
    period, words = sheet.period, sheet.words
    last, ago = last_head(period), ago_head(period)
    group = f"{period.column}の新規登録" + (f" {wording.count(people)}人" if people is not None else "")
    columns = (
        Column(head, kind="label"), Column("延べ", width=13, letter="a", group=group, tint=True),
        Column("比率%", width=13, letter="b", group=group, tint=True, bar=22),
        Column("延べ", width=12, letter="c", group=last),
        Column("増減", width=11, letter="d", group=last),
        Column("延べ", width=12, letter="e", group=ago),
        Column("増減", width=11, letter="f", group=ago),
        Column("年度累計", width=14.5, letter="g"), Column("全登録者", width=16, letter="h"),
    )  # fmt: skip
    table = Table(
        columns=columns, rows=tuple(rows), number=entry.place, title=entry.title, unit=entry.unit,
        definitions=tuple(entry.definitions.split(",")), dense=True,
        notes=(f"1人が複数の目的を選べるため、延べ計は人数と一致しない。全登録者は{words.own_end}現在の目的による延べ。",),
        alt=f"{entry.title}。{words.own}の新規登録の{head}を延べで示し、{words.last}、{words.ago}、年度累計、全登録者と並べる。",
    )  # fmt: skip
    return [table]


def _multiple_row(asked: _Asked, n: int, code: str, label: str, people: int | None) -> Row:
    sheet, address, where = asked.sheet, f"{asked.entry.place}.{n:02d}", {asked.by: code}
    now, last, year_ago = (
        asked.value("new", period, where) for period in (sheet.period, sheet.previous, sheet.year_ago)
    )
    key = f"{asked.kind}.new"
    cells = (
        asked.cell(address + "a", "new", sheet.period, where, "a"),
        _share(sheet, address + "b", now.value, people),
        asked.cell(address + "c", "new", sheet.previous, where, "b"),
        sheet.difference(address + "d", now, last, key, where, "c"),
        asked.cell(address + "e", "new", sheet.year_ago, where, "e"),
        sheet.difference(address + "f", now, year_ago, key, where, "f"),
        asked.cell(address + "g", "new", sheet.to_date, where, "h"),
        asked.cell(address + "h", "total", sheet.period, where, "a"),
    )
    return Row(label, cells, number=f"{n:02d}")


def _share(sheet: Sheet, address: str, part: int | None, whole: int | None) -> Cell:
    if part is None or whole is None:
        return sheet.plain("未算出", "not_computed", address)
    if whole == 0:
        return sheet.plain("該当なし", "not_applicable", address)
    percent = wording.share(part, whole)
    return sheet.plain(str(percent), number=address, bar=min(float(percent) / 100, 1.0))


def _multiple_total(asked: _Asked, n: int, codes: list[str], people: int | None) -> Row:
    """延べ計: the sum of the rows, which no figure states; people are fewer."""
    sheet, address = asked.sheet, f"{asked.entry.place}.{n:02d}"

    def total(figure: str, period: Period) -> Value:
        values = [asked.value(figure, period, {asked.by: code}) for code in codes]
        known = [value.value for value in values if value.value is not None]
        return Value(sum(known) if known else None, values[0].state if values else "missing")

    now, last, year_ago = (total("new", period) for period in (sheet.period, sheet.previous, sheet.year_ago))
    per_head = "" if not people or now.value is None else f"1人当たり {wording.share(now.value, people, '1') / 100:.2f}"

    def sums(letter: str, value: Value) -> Cell:
        text, state = (wording.count(value.value), "final") if value.value is not None else ("未算出", "not_computed")
        return sheet.plain(text, state, address + letter)  # type: ignore[arg-type]

    def change(letter: str, base: Value) -> Cell:
        if now.value is None or base.value is None:
            return sheet.plain("未算出", "not_computed", address + letter)
        return sheet.plain(wording.signed(now.value - base.value), number=address + letter)

    cells = (
        sums("a", now), Cell("", state="none", bar_note=per_head), sums("c", last), change("d", last),
        sums("e", year_ago), change("f", year_ago), sums("g", total("new", sheet.to_date)),
        sums("h", total("total", sheet.period)),
    )  # fmt: skip
    return Row("延べ計", cells, number=f"{n:02d}", strong=True)
