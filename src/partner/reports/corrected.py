"""訂正一覧: what earlier reports had printed, what the records say now, and why they differ."""

from partner.common.period import parse_period
from partner.documents.blocks import Block, Cell, Column, Row, Section, Table, plain
from partner.figures.declare import find
from partner.reports import wording
from partner.reports.corrections import Correction
from partner.reports.sheet import Sheet

_REASON = "提出後に届いた、又は改められた記録による。"


def corrections(sheet: Sheet) -> list[Block]:
    """One line a number; nothing where nothing changed."""
    rows = tuple(_row(sheet, n, one) for n, one in enumerate(sheet.corrections, 1))
    if not rows:
        return []
    columns = (
        Column("No.", kind="label", width=10), Column("報告書", kind="text", width=24), Column("数値", kind="text"),
        Column("セル", kind="text", width=20), Column("誤", width=17), Column("正", width=17), Column("差", width=15),
        Column("理由", kind="text", share=1.2),
    )  # fmt: skip
    note = "提出済みの報告書は変わらない。誤は提出した報告書に印字された値、正は本書のデータ締切の記録による値である。"
    return [
        Section("訂正一覧", new_page=False, message=plain(f"{_earlier(sheet)}の報告書に印字した数値のうち、{len(rows)}件が変わった。")),
        Table(columns, rows, alt="提出済みの報告書の数値の訂正。誤、正、差、理由", notes=(note,)),
    ]  # fmt: skip


def _earlier(sheet: Sheet) -> str:
    """前月と前年同月; of a longer period also its months."""
    names = dict.fromkeys((sheet.words.last, sheet.words.ago))
    return "と".join((*names, *(["各月"] if not sheet.period.is_month else [])))


def _row(sheet: Sheet, n: int, one: Correction) -> Row:
    given, figure = one.given, find(one.given.key)
    place = f"correct.{given.period}.{given.cell}"
    period = parse_period(given.period)
    label = "・".join([figure.label, *parts_of(sheet, given.key, given.where)])
    sheet.places[place] = (f"訂正の理由 {given.cell} {label}（{period.label.split('（')[0]}分）", _REASON)
    row = sheet.texts.get(place)
    style = wording.style_of(figure.unit)
    change = wording.amount(one.value, style) - wording.amount(given.value, style)
    cells = (
        Cell(f"{period.label.split('（')[0]}分"), Cell(label), Cell(given.cell), Cell(given.text), Cell(one.text, strong=True),
        Cell(wording.signed_amount(change, style)), Cell(" ".join(row.body.split()) if row else _REASON),
    )  # fmt: skip
    return Row(str(n), cells)


def parts_of(sheet: Sheet, key: str, where: str) -> list[str]:
    """What the filter's codes are called."""
    axes = sheet.evaluation.axes(find(key), sheet.period)
    pairs = [part.partition("=") for part in where.split(";") if part]
    return [sheet.evaluation.label(axes[name], code, sheet.period) for name, _, code in pairs if name in axes]
