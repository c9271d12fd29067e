"""Q3, A3, A9: the quality to be ensured. Indicators against their targets, how they go on, how good earlier forecasts were."""

from dataclasses import dataclass
from typing import Any

from partner.common.period import Period, jst_day
from partner.documents.blocks import Block, Cell, Column, GroupRow, Paragraph, Row, Table, plain
from partner.documents.tables import Chip
from partner.figures import attainment, forecasting
from partner.figures.engine import Value
from partner.figures.gauges import Gauge, year_to_date
from partner.figures.indicators import Attainment
from partner.figures.quality import KEY, attainments
from partner.figures.sets import Numbers
from partner.master.models import CatalogueEntry, Indicator
from partner.reports import wording
from partner.reports.forms import Params, form
from partner.reports.notes import notes_of
from partner.reports.sheet import Printed, Sheet

_HEADS = (
    "「4月から」は年度の初めから期間の末日まで。率、平均及び末日現在の数は、4月からの記録全体による値である。"
    "「見込み」は年度末の値、「必要／月」は目標値に届くために残りの月に要る数である。"
)
_CHIPS: dict[attainment.State, Chip] = {
    "met": "met", "expected": "expected", "attention": "attention", "missed": "missed", "unset": "unset", "": "",
}  # fmt: skip
_MOST_CHARTS = 3


def style_of(gauge: Gauge) -> str:
    """How the indicator's numbers are printed."""
    if gauge.row.unit in ("％", "%"):
        return "percent3" if gauge.figure.key == "operations.availability" else "percent"
    return wording.style_of(gauge.row.unit)


def chosen(sheet: Sheet, params: Params) -> list[Attainment]:
    """The indicators of these clauses (all, if none is named), those at risk first."""
    clauses = params.get("clauses") or list(Indicator.Clause.values)
    found = [one for one in attainments(sheet.evaluation, sheet.period) if one.gauge.row.clause in clauses]
    return sorted(found, key=lambda one: attainment.RISK.index(one.state))


@form("indicators")
def indicators(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """One table: a group for each clause, within it those at risk first."""
    found = chosen(sheet, params)
    if not found:
        return [Paragraph(plain("該当する指標はない。"))]
    rows: list[Row | GroupRow] = []
    for clause in Indicator.Clause:
        group = [one for one in found if one.gauge.row.clause == clause]
        rows += [GroupRow(clause.label), *(_row(sheet, entry, one) for one in group)] if group else []
    _block_missing(sheet, entry, found)
    return [
        Table(
            _columns(), tuple(rows), number=entry.place, title=entry.title, definitions=_definitions(entry),
            notes=_notes(sheet, found), alt=_alt(entry, found), loose=True,
        )
    ]  # fmt: skip


def _columns() -> tuple[Column, ...]:
    return (
        Column("指標（単位）", kind="label"), Column("当期", width=13, letter="a", tint=True),
        Column("4月から", width=14, letter="b"), Column("目標値", width=12.5, letter="c"), Column("達成率%", width=14, letter="d"),
        Column("見込み", width=13, letter="e"), Column("範囲", width=23, letter="f"), Column("必要／月", width=15.5, letter="g"),
        Column("状態", kind="text", width=23, centre=True),
    )  # fmt: skip


def _definitions(entry: CatalogueEntry) -> tuple[str, ...]:
    return tuple(name for name in (entry.definitions or "D20,D21").split(",") if name)


def number_of(gauge: Gauge) -> int:
    """The permanent number of the indicator's row: its place in the list; of a second system a hundred on."""
    first = gauge.row.position // 10
    return first if gauge.place == 0 else first + 100 * gauge.place


def _row(sheet: Sheet, entry: CatalogueEntry, one: Attainment) -> Row:
    number = f"{number_of(one.gauge):02d}"
    address, style = f"{entry.place}.{number}", style_of(one.gauge)
    cells = (
        _counted(sheet, address + "a", one, one.in_period, sheet.period, style),
        _counted(sheet, address + "b", one, one.attained, year_to_date(sheet.period), style),
        _target(sheet, address + "c", one, style), _rate(sheet, address + "d", one),
        *_forecast(sheet, address, one, style), _needed(address + "g", one),
        Cell(attainment.LABELS.get(one.state, "未算出"), state=_state(one), chip=_CHIPS[one.state]),
    )  # fmt: skip
    return Row(f"{one.gauge.label}（{one.gauge.row.unit}）", cells, number=number)


def _state(one: Attainment) -> Any:
    return "no_target" if one.state == "unset" else "final" if one.state else "not_computed"


def _counted(sheet: Sheet, address: str, one: Attainment, numbers: Numbers, period: Period, style: str) -> Cell:
    """What the indicator's own figure says, opened by its link; over the days that its system served."""
    days = one.gauge.days_of(period) or period
    letter = address[-1] if address.endswith("a") else "ytd"
    value = Value(numbers.value, numbers.state)
    return sheet.cell(address, value, one.gauge.figure.key, days, one.gauge.where, compared=letter, style=style)


# What these columns say, in the tidy data: b and c are elsewhere the period before and the change on it.
_SAID = {"c": "target", "d": "rate", "e": "forecast"}


def _told(sheet: Sheet, address: str, one: Attainment, value: Any, text: str) -> Cell:
    """A number worked out here: it stands in the tidy data under the indicator."""
    where = {"indicator": one.code}
    said = _SAID.get(address[-1], address[-1])
    sheet.printed.append(Printed(address, KEY, where, sheet.period.key, said, value, one.attained.state, text))
    return Cell(text, number=address)


def _target(sheet: Sheet, address: str, one: Attainment, style: str) -> Cell:
    if one.target is None:
        return Cell("未設定", state="no_target", number=address)
    return _told(sheet, address, one, one.target, wording.number(one.target, style))


def _rate(sheet: Sheet, address: str, one: Attainment) -> Cell:
    if one.target is None or one.rate is None:
        return Cell("未算出", state="not_computed", number=address)
    return _told(sheet, address, one, one.rate, wording.number(one.rate, "percent"))


def _forecast(sheet: Sheet, address: str, one: Attainment, style: str) -> tuple[Cell, Cell]:
    """The forecast and its range; the person's stands for the computed one and says so."""
    made = one.forecast
    if made.value is None:
        return Cell("未算出", state="not_computed", number=address + "e"), Cell("", state="none")
    value = _told(sheet, address + "e", one, made.value, wording.number(made.value, style))
    if made.low is None or made.high is None or made.method == "over":
        return value, Cell("—" if made.method == "over" else "示さない", state="not_computed")
    return value, Cell(f"{wording.number(made.low, style)}〜{wording.number(made.high, style)}")


def _needed(address: str, one: Attainment) -> Cell:
    per_month = one.needed[0]
    if per_month is None:
        return Cell(
            "該当なし" if one.target is not None else "未算出",
            state="not_applicable" if one.target is not None else "not_computed",
        )
    return Cell(f"{per_month:,}", number=address)


def _block_missing(sheet: Sheet, entry: CatalogueEntry, found: list[Attainment]) -> None:
    """未入力 stops the report where a target waits for it."""
    for one in found:
        if one.target is not None and one.attained.state == "missing":
            sheet.block(entry.item, f"指標「{one.gauge.label}」の実績が未入力である。")


def _notes(sheet: Sheet, found: list[Attainment]) -> tuple[str, ...]:
    """How the forecasts were made, what is proposed only, what changed within the year, what a person said."""
    notes = [_HEADS, *_methods(found), *_proposed(found)]
    if any(one.target is None for one in found):
        notes.append("目標値未設定：目標値が合意されていない。数値を補わない。")
    notes += [_changed(one) for one in found if len(one.targets) > 1]
    notes += [said for one in found for said in _said(one)]
    notes += [
        f"{one.gauge.label}は{_served(one)}の記録による。" for one in found if not one.gauge.alone and one.gauge.served
    ]
    keys = list(dict.fromkeys(one.gauge.figure.key for one in found))
    return (*notes, *notes_of(sheet, keys))


def _methods(found: list[Attainment]) -> list[str]:
    """Each method once, with the indicators it was used for."""
    by: dict[str, list[str]] = {}
    for one in found:
        if one.target is not None and one.computed.value is not None:
            by.setdefault(forecasting.words(one.computed), []).append(one.gauge.label)
    return [f"見込み（{'、'.join(names)}）：{words}。" for words, names in by.items()]


def _proposed(found: list[Attainment]) -> list[str]:
    rows = {one.gauge.label: one.target_row for one in found if one.target_row}
    waiting = [label for label, row in rows.items() if row.status == row.Status.PROPOSED]
    return [f"目標値が要協議のもの：{'、'.join(waiting)}。"] if waiting else []


def _changed(one: Attainment) -> str:
    """Both values with their dates, and which is measured against."""
    style = style_of(one.gauge)
    said = [
        f"{wording.day(jst_day(row.valid_from))}から{wording.number(one.amount(row.value), style)}（{row.get_status_display()}）"
        for row in one.targets
    ]
    return f"{one.gauge.label}の目標値は年度の途中で改められた：{'、'.join(said)}。期間の末日に有効な値と比べる。"


def _said(one: Attainment) -> list[str]:
    """What a person said of the forecast, with the reason and what had been computed."""
    if one.person is None:
        return []
    style = style_of(one.gauge)
    computed = "—" if one.computed.value is None else wording.number(one.computed.value, style)
    if one.person.value is None:
        return [f"{one.gauge.label}の見込みは、計算どおりと確認された（{one.person.reason}）。"]
    return [f"{one.gauge.label}の見込みは、担当者が改めた（計算では{computed}）。理由：{one.person.reason}"]


def _served(one: Attainment) -> str:
    """The days on which the system served, within the year so far."""
    year = year_to_date(one.period)
    assert one.gauge.served
    first, until = max(one.gauge.served[0], year.first), min(one.gauge.served[1] or year.until, year.until)
    return f"{wording.day(first)}から{wording.day(Period(first, until, '').last)}まで"


def _alt(entry: CatalogueEntry, found: list[Attainment]) -> str:
    counts = [(label, sum(one.state == state for one in found)) for state, label in attainment.LABELS.items()]
    return f"{entry.title}。{len(found)}件のうち{'、'.join(f'{label}{count}件' for label, count in counts if count)}。"


@dataclass(frozen=True)
class Glance:
    """The indicators as page 2 shows them: those at risk first, and how many stand behind."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def glance(sheet: Sheet, most: int = 5) -> Glance:
    """The first so many indicators with what they attained since April; a page of its own has the rest."""
    found = chosen(sheet, {})
    rows = []
    for one in found[:most]:
        style = style_of(one.gauge)
        value = one.attained.value
        cell = Cell("記録なし", state="not_computed") if value is None else Cell(wording.number(value, style))
        aim = "" if one.target is None else f"（{wording.number(one.target, style)}{one.gauge.row.unit}）"
        rows.append(
            Row(
                f"{one.gauge.label}{aim}",
                (cell, Cell(attainment.LABELS.get(one.state, "未算出"), state=_state(one), chip=_CHIPS[one.state])),
            )
        )
    unset, notes = sum(one.target is None for one in found), []
    if found and unset == len(found):
        notes.append("目標値は合意されていない。")
    if len(found) > most:
        notes.append(f"ほかに{len(found) - most}件の指標がある（目標値未設定は全{len(found)}件のうち{unset}件）。")
    return Glance(tuple(rows), tuple(notes))
