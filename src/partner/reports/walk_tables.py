"""Tables whose rows are the formula: 登録者数の増減, and the walk of organisations by type."""

from collections.abc import Iterator
from typing import Any

from partner.documents.blocks import Block, Cell, Column, GroupRow, Row, Table
from partner.figures.engine import Value
from partner.master.models import CatalogueEntry
from partner.reports.comparison import cells_of, columns_of, periods_of
from partner.reports.forms import Params, form
from partner.reports.lines import Line, Sign
from partner.reports.sheet import Sheet
from partner.reports.walk import ALL, ALSO, STANDING, Walk, opening_period, walk

# part of the walk, figure key, sign, label, indented, strong
_Part = tuple[str, str, Sign, str, bool, bool]
_ROWS: tuple[_Part, ...] = (
    ("opening", "total", "", "期首（{last_end}）", False, False),
    ("reclassified", "reclassified", "", "定義変更", False, False),
    ("new", "new", "＋", "新規", False, False),
    ("returned", "new", "", "うち再登録", True, False),
    ("moved_in", "moved_in", "＋", "区分変更による増", False, False),
    ("moved_out", "moved_out", "−", "区分変更による減", False, False),
    ("left", "left", "−", "退会", False, False),
    ("total", "total", "＝", "{own_end}", False, True),
    ("change", "change", "", "増加数", False, False),
)
# Row numbers are permanent: 定義変更 came later, so it has its own beyond the others and leaves no gap in theirs.
_NUMBERS = {"opening": 1, "new": 2, "returned": 3, "moved_in": 4, "moved_out": 5, "left": 6, "total": 7, "change": 8}
_PER_LEVEL = 8
_RECLASSIFIED = 30


def walks_of(sheet: Sheet, kind: str, axis: str = "level") -> dict[str, Walk]:
    """The walks of the four columns: this period, the one before, a year ago, the fiscal year to date."""
    periods = periods_of(sheet)
    return {letter: walk(sheet.evaluation, kind, period, axis) for letter, period in periods.items()}


@form("walk")
def walk_table(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """表M1-1, 表M2-1."""
    kind = params["kind"]
    walks = walks_of(sheet, kind)
    levels = sheet.evaluation.rows(f"{kind}.total", sheet.period, ("level",))
    rows: list[Row | GroupRow] = []
    for n, (code, label) in enumerate([(ALL, "合計"), *((row["code"], row["label"]) for row in levels)]):
        rows.append(GroupRow(label))
        rows += [_row(sheet, entry, walks, part, code, n) for part in _ROWS if _is_shown(walks, part[0])]
    rows += _beside(sheet, entry, kind, [(row["code"], row["label"]) for row in levels])
    table = Table(
        columns=columns_of(sheet, "区分"),
        rows=tuple(rows), number=entry.place, title=entry.title, unit=entry.unit,
        definitions=tuple(entry.definitions.split(",")), notes=_notes(sheet, walks), dense=True,
        alt=f"{entry.title}。期首に新規と区分変更による増を加え、減と退会を引いて{sheet.words.own_end}となる。合計と区分ごとに示す。",
    )  # fmt: skip
    return [table]


def _is_shown(walks: dict[str, Walk], part: str) -> bool:
    """A change of definition has a row where there was one."""
    return part != "reclassified" or any(any(found.parts[part].values()) for found in walks.values())


def _row(
    sheet: Sheet,
    entry: CatalogueEntry,
    walks: dict[str, Walk],
    part: _Part,
    code: str,
    level: int,
) -> Row:
    name, figure, sign, label, indent, strong = part
    line = _NUMBERS[name] + level * _PER_LEVEL if name in _NUMBERS else _RECLASSIFIED + level
    number = f"{line:02d}"
    key = f"{walks['a'].kind}.{figure}"
    where = ({"level": code} if code else {}) | ({"begun": "returned"} if name == "returned" else {})
    values = {letter: found.value(name, code) for letter, found in walks.items()}
    cells = _compared(sheet, f"{entry.place}.{number}", key, where, values, name)
    row_sign: Sign = sign if name != "reclassified" else ("＋" if (values["a"].value or 0) >= 0 else "−")
    label = label.format(last_end=sheet.words.last_end, own_end=sheet.words.own_end)
    return Row(label, cells, number=number, sign=row_sign, indent=indent, strong=strong, outside=False)


def _compared(
    sheet: Sheet, address: str, key: str, where: dict[str, str], values: dict[str, Value], name: str
) -> tuple[Cell, ...]:
    """The cells of the comparison; at the period's end, to date too."""
    periods = periods_of(sheet)
    if name == "opening":
        periods = {letter: opening_period(period) for letter, period in periods.items()}
    elif name == "total" and "h" in periods:
        periods["h"] = sheet.period
    return cells_of(sheet, address, key, where, values, periods, change=name in ("change", "reclassified"))


def _beside(sheet: Sheet, entry: CatalogueEntry, kind: str, levels: list[tuple[str, str]]) -> list[Row | GroupRow]:
    """What stands beside the walk: the suspended among the total, and applications that wait, in no total."""
    rows: list[Row | GroupRow] = [GroupRow("参考（検算に含めない）")]
    periods = {letter: period for letter, period in periods_of(sheet).items() if letter != "h"}
    line = 40
    for figure, label in (("suspended", f"{sheet.words.own_end}のうち利用停止中"), ("pending", "審査中の申請")):
        for code, level in [(ALL, "合計"), *levels] if figure == "suspended" else [(ALL, "合計")]:
            where = {"level": code} if code else {}
            values = {
                letter: sheet.evaluation.value(f"{kind}.{figure}", period, where, ("level",))
                for letter, period in periods.items()
            }
            values["h"] = values["a"]
            line += 1
            cells = _compared(sheet, f"{entry.place}.{line}", f"{kind}.{figure}", where, values, "total")
            name = label if code == ALL else f"うち{level}"
            rows.append(Row(name, cells, number=str(line), indent=code != ALL))
    return rows


def _notes(sheet: Sheet, walks: dict[str, Walk]) -> tuple[str, ...]:
    opening = opening_period(sheet.to_date).label.split("（")[0]
    to_date = f"期首は、年度累計（h列）では前年度末（{opening}末）。" if "h" in walks else ""
    notes = [f"{to_date}区分変更は2つの区分の間の変更で、合計では増と減が等しい。"]
    if _is_shown(walks, "reclassified"):
        notes.append(
            "定義変更は、区分の対応又は一覧の改定により、期首を新しい定義で数え直した差である。改定前後の値はそのままでは比べられない。"
        )
    if sheet.evaluation.judge(f"{walks['a'].kind}.total", sheet.period).state == "provisional":
        notes.append("速：速報値。対象期間のうち、完全であると届け出られていない日がある。")
    return tuple(notes)


@form("type_walk")
def type_walk_table(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """表M2-2: 前月末＋新規−退会±種別変更±区分変更＝当月末 by organisation type."""
    kind = params["kind"]
    walks = walks_of(sheet, kind, "organization_type")
    codes = [
        (row["code"], row["label"])
        for row in sheet.evaluation.rows(f"{kind}.total", sheet.period, ("organization_type",))
    ]
    levels = {row["code"]: row["label"] for row in sheet.evaluation.rows(f"{kind}.total", sheet.period, ("level",))}
    longest = max((walks["a"].parts["total"].get(code, 0) for code, _ in codes), default=0) or 1
    rows = [
        _type_row(sheet, entry, walks, kind, n, code, label, longest, list(levels))
        for n, (code, label) in enumerate(codes, 1)
    ]
    rows.append(_type_row(sheet, entry, walks, kind, len(codes) + 1, ALL, "計", 0, list(levels)))
    words = sheet.words
    names = "、".join(f"{label[:2]}（{label}）" for label in levels.values())
    columns = (
        Column("団体種別", kind="label"), Column(words.last_end, width=12, letter="a"), Column("＋新規", width=12, letter="b"),
        Column("−退会", width=12, letter="c"), Column("種別変更", width=13.5, letter="d"),
        Column(words.own_end, width=13, letter="e", tint=True, bar=10, strong=True),
        *(Column(label[:2], width=11, letter=letter) for letter, label in zip("fg", levels.values(), strict=False)),
        Column(f"{words.last}比", width=11.5, letter="h"),
        *([Column(f"{words.ago}比", width=16, letter="i")] if "e" in walks else []),
    )  # fmt: skip
    changes = "h列、i列は増減" if "e" in walks else "h列は増減"
    table = Table(
        columns=columns, rows=tuple(rows), number=entry.place, title=entry.title, unit=entry.unit,
        definitions=tuple(entry.definitions.split(",")), stacked=True, dense=True,
        notes=(f"{words.last_end}＋新規−退会＋種別変更＝{words.own_end}。計は表M2-1の{words.own_end}（07a）に一致する。{names}は{words.own_end}。{changes}。",),
        alt=f"{entry.title}。団体種別ごとに{words.last_end}、新規、退会、種別変更、{words.own_end}を示す。",
    )  # fmt: skip
    return [table]


def _type_row(
    sheet: Sheet, entry: CatalogueEntry, walks: dict[str, Walk], kind: str, n: int, code: str, label: str, longest: int,
    levels: list[str],
) -> Row:  # fmt: skip
    now, number = walks["a"], f"{n:02d}"
    address = f"{entry.place}.{number}"
    where = {"organization_type": code} if code else {}

    def counted(letter: str, part: str, key: str, **more: Any) -> Cell:
        period = opening_period(sheet.period) if part == "opening" else sheet.period
        return sheet.cell(address + letter, now.value(part, code), f"{kind}.{key}", period, where, **more)

    total = now.value("total", code)
    bar = None if not longest or total.value is None else total.value / longest
    key = f"{kind}.total"
    cells = (
        counted("a", "opening", "total"), counted("b", "new", "new"), counted("c", "left", "left"),
        _other_changes(sheet, address + "d", now, kind, code, where),
        counted("e", "total", "total", bar=bar, strong=True),
        *(_level_cell(sheet, address + letter, kind, {**where, "level": level}) for letter, level in zip("fg", levels, strict=False)),
        *(sheet.difference(address + letter, total, walks[base].value("total", code), key, where, letter)
          for letter, base in (("h", "b"), ("i", "e")) if base in walks),
    )  # fmt: skip
    return Row(label, cells, number=number, strong=not code)


def _level_cell(sheet: Sheet, address: str, kind: str, where: dict[str, str]) -> Cell:
    value = sheet.evaluation.value(f"{kind}.total", sheet.period, where)
    return sheet.cell(address, value, f"{kind}.total", sheet.period, where)


def net_changes(found: Walk, code: str) -> int:
    """Retyped in less out, with moves and reclassification, which within one type cancel out or are rare."""
    parts = {"retyped_in": 1, "retyped_out": -1, "moved_in": 1, "moved_out": -1, "reclassified": 1}
    return sum(sign * found.parts[part].get(code, 0) for part, sign in parts.items())


def walk_lines(sheet: Sheet, kind: str) -> Iterator[Line | GroupRow]:
    """The rows of 表M1-1 and 表M2-1 as lines, for any columns; 定義変更 where there was one in the year so far."""
    levels = [(row["code"], row["label"]) for row in sheet.evaluation.rows(f"{kind}.total", sheet.period, ("level",))]
    shown = [part for part in _ROWS if part[0] != "reclassified" or _was_reclassified(sheet, kind)]
    for n, (code, label) in enumerate([(ALL, "合計"), *levels]):
        yield GroupRow(label)
        for part in shown:
            yield _line(sheet, kind, part, code, n)
    yield GroupRow("参考（検算に含めない）")
    beside = [
        ("suspended", "期末のうち利用停止中", ALL),
        *(("suspended", f"うち{label}", code) for code, label in levels),
    ]
    for n, (figure, label, code) in enumerate([*beside, ("pending", "審査中の申請", ALL)], 41):
        where = {"level": code} if code else {}
        yield Line(f"{kind}.{figure}", label, n, indent=bool(code), where=where, also=("level",))


def _was_reclassified(sheet: Sheet, kind: str) -> bool:
    periods = (sheet.period, sheet.previous, sheet.year_ago, sheet.to_date)
    return any(
        any(sheet.evaluation.counts(f"{kind}.reclassified", one, ("level",)).values())
        for one in periods
        if one.start < sheet.cut
    )


def _line(sheet: Sheet, kind: str, part: _Part, code: str, level: int) -> Line:
    name, figure, sign, label, indent, strong = part
    n = _NUMBERS[name] + level * _PER_LEVEL if name in _NUMBERS else _RECLASSIFIED + level
    where = ({"level": code} if code else {}) | ({"begun": "returned"} if name == "returned" else {})
    label = {"opening": "期首", "total": "期末"}.get(name, label)
    return Line(
        f"{kind}.{figure}", label, n, sign, indent, strong, opening=name == "opening", where=where,
        also=ALSO[kind] if figure == "new" else STANDING[kind], change=name in ("change", "reclassified"),
    )  # fmt: skip


def _other_changes(sheet: Sheet, address: str, found: Walk, kind: str, code: str, where: dict[str, str]) -> Cell:
    return sheet.cell(
        address, found.stated(net_changes(found, code)), f"{kind}.retyped_in", sheet.period, where, change=True
    )
