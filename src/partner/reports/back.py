"""The pages after the items: definitions, the rules and lists that were used."""

from collections.abc import Iterable

from partner.common.period import Period, fiscal_year, jst_day, parse_period
from partner.documents.blocks import Block, Cell, Column, Columns, KeyValues, NoteBox, Row, Section, Table, plain
from partner.figures.declare import declared
from partner.master.models import Definition
from partner.reports import wording
from partner.reports.sheet import Sheet

_SEE = plain("各表の右上に示した定義の番号は、次の表による。")
_RULES = (
    ("期間", "期間は初日の0:00から最終日の24:00まで。時刻はすべて日本時間である。日付だけの異動は、その日の0:00に登録、変更、退会の順に起きたものとする。"),
    ("有効な登録", "期末24:00より前に始まり、期末24:00より前に終わっていない登録を数える。登録した日に退会した者は、新規1、退会1であり、月末の数に入らない。"),
    ("内訳の時点", "新規・退会・区分変更はその時点の区分・種別・媒体・目的で、月末の数は月末現在のもので数える。"),
    ("年度", "年度は4月1日に始まる。年度累計は4月から当月までの各月の和であり、期首は前年度末の数である。"),
    ("二つの時点", "数値は、対象期間とは別に、データ締切の時点で記録されていた事実による。同じ締切で集計し直せば同じ数値になる。"),
)  # fmt: skip


def predecessor(sheet: Sheet) -> list[Block]:
    """前フェーズの報告値との比較: where records exist too, the difference and its explanation; without one it blocks."""
    opened = fiscal_year(sheet.to_date.first.year)
    rows = []
    for (key, where, period), row in sorted(sheet.reported.items()):
        known = {figure.key: figure for figure in declared()}
        asked = read_period(period)
        if key not in known or where or asked is None or not opened.start <= asked.end <= opened.end:
            continue
        found = sheet.evaluation.value(key, asked)
        if found.value is None:
            continue
        style = wording.style_of(known[key].unit)
        change = wording.amount(found.value, style) - wording.amount(row.value, style)
        if change and not row.explanation:
            sheet.block(
                known[key].item, f"前フェーズ報告値との差（{known[key].label}、{asked.label}）の説明が未入力である。"
            )
        rows.append(Row(f"{known[key].item} {known[key].label}", (
            Cell(asked.label.split("（")[0]), Cell(wording.number(row.value, style)), Cell(wording.number(found.value, style)),
            Cell(wording.signed_amount(change, style)), Cell(row.explanation or ("―" if not change else "未入力"),
                                                             state="final" if row.explanation or not change else "missing"),
        )))  # fmt: skip
    if not rows:
        return []
    columns = (
        Column("数値", kind="label"), Column("期間", kind="text", width=24), Column("報告値", width=18), Column("記録による値", width=20),
        Column("差", width=14), Column("差の説明", kind="text", width=52),
    )  # fmt: skip
    note = (
        "報告値は、前の契約の報告書に印字された値である。記録による値は、本書のデータ締切の記録で数え直したものである。"
    )
    return [
        Section("前フェーズの報告値との比較", new_page=False),
        Table(columns, tuple(rows), alt="前フェーズの報告値と、記録による値との差", notes=(note,)),
    ]  # fmt: skip


def read_period(text: str) -> Period | None:
    """The period of a reported figure; None where it cannot be read."""
    try:
        return parse_period(text)
    except ValueError:
        return None


def definitions(sheet: Sheet, blocks: list[Block]) -> list[Block]:
    """集計の定義とルール: those that these blocks refer to, and those that belong to no table."""
    book, used = sheet.evaluation.book, _used(blocks)
    elsewhere = book.named_definitions(sheet.at) - used
    return [
        Section("集計の定義とルール", message=_SEE),
        _defined([row for row in book.definitions(sheet.at) if row.number not in elsewhere]),
        KeyValues(tuple((name, plain(text)) for name, text in _RULES)),
        *_mapping(sheet),
    ]  # fmt: skip


def definitions_of(sheet: Sheet, blocks: list[Block]) -> list[Block]:
    """Those that these blocks refer to: all that a short paper prints of them."""
    used = _used(blocks)
    rows = [row for row in sheet.evaluation.book.definitions(sheet.at) if row.number in used]
    return [Section("集計の定義", new_page=False, message=_SEE), _defined(rows)] if rows else []


def _used(blocks: Iterable[Block]) -> set[str]:
    """The definitions to which tables refer, also those in columns side by side."""
    found: set[str] = set()
    for block in blocks:
        if isinstance(block, Table):
            found.update(block.definitions)
        elif isinstance(block, Columns):
            found |= _used((*block.left, *block.right))
    return found


def _defined(rows: list[Definition]) -> Table:
    columns = (
        Column("番号", kind="label", width=11), Column("名称", kind="text", width=33),
        Column("数え方", kind="text", share=2), Column("含めないもの・注意", kind="text"),
    )  # fmt: skip
    lines = tuple(
        Row(row.number, (Cell(row.name, strong=True), Cell(row.counted), Cell(row.left_out or "―")), anchor=row.number)
        for row in rows
    )
    return Table(columns, lines, alt="定義の番号、名称、数え方、含めないもの")


def replay(sheet: Sheet) -> list[Block]:
    """本書の確かめ方."""
    return [
        NoteBox(
            plain(f"定義の版：{_versions()}。データ締切：{wording.moment(sheet.cut)}。同じ締切と同じ版から、同じ内容で再作成できる。"),
            title="本書の確かめ方",
        ),
    ]  # fmt: skip


def _versions() -> str:
    numbers = {figure.version for figure in declared()}
    return f"数値の定義 {len(declared())}件（第{min(numbers)}版" + (
        f"〜第{max(numbers)}版）" if len(numbers) > 1 else "）"
    )


def _mapping(sheet: Sheet) -> list[Block]:
    """区分の対応: which level counts in which report column, since when."""
    book = sheet.evaluation.book
    rows = []
    for levels, columns, party in (
        ("person_level", "person_column", "人材"), ("organization_level", "organization_column", "団体"),
    ):  # fmt: skip
        for row in book.codes(levels, sheet.at):
            column = book.label(columns, row.reported_as or row.code, sheet.at)
            since = wording.day(jst_day(row.valid_from))
            rows.append(Row(party, (Cell(row.label), Cell(column), Cell(since))))
    heads = (
        Column("", kind="label", width=14), Column("区分", kind="text"), Column("報告書の区分", kind="text"),
        Column("適用日", kind="text", width=44),
    )  # fmt: skip
    return [Table(heads, tuple(rows), alt="登録区分と報告書の区分の対応", title="区分の対応", number="D-1", dense=True)]
