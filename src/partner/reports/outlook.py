"""How indicators go on: the cumulative chart towards a target, and how good earlier forecasts were."""

from decimal import Decimal
from typing import Any

from partner.documents.blocks import Block, Cell, Column, GroupRow, Paragraph, ProgressChart, Row, Table, plain
from partner.figures.gauges import year_to
from partner.figures.indicators import YEAR, Attainment
from partner.figures.quality import QUARTERS, Past, track_records
from partner.master.models import CatalogueEntry, Indicator
from partner.reports import wording
from partner.reports.forms import Params, form
from partner.reports.quality import chosen, style_of
from partner.reports.sheet import Sheet

_MOST_CHARTS = 3


@form("progress")
def progress(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """Cumulative against target, of those indicators that are counted up and have a target (`indicators` names them)."""
    named = params.get("indicators")
    fit = [
        one for one in chosen(sheet, params)
        if one.gauge.grows and not one.gauge.lower and one.target and one.base.value is not None
        and (not named or one.gauge.row.code in named)
    ]  # fmt: skip
    return [_chart(sheet, entry, n, one) for n, one in enumerate(fit[: params.get("most", _MOST_CHARTS)], 1)]


def _chart(sheet: Sheet, entry: CatalogueEntry, n: int, one: Attainment) -> ProgressChart:
    unit, style = one.gauge.row.unit, style_of(one.gauge)
    done = [
        one.gauge.value(sheet.evaluation, year_to(one.year, months)).value or 0 for months in range(1, one.months + 1)
    ]
    made, last = one.forecast, f"{year_to(one.year, one.months).last.month}月"
    assert one.target is not None
    printed = [None if each is None else wording.number(each, style) for each in (made.value, made.low, made.high)]
    value, low, high = printed
    span = f"（{low}〜{high}{unit}）" if low and not one.over else ""
    forecast = None
    if made.value is not None and not one.over:
        forecast = (
            made.low if made.low is not None else made.value,
            made.value,
            made.high if made.high is not None else made.value,
        )
    target = f"{wording.number(one.target, style)}{unit}"
    return ProgressChart(
        number=f"{entry.place.replace('F', '')}{'' if n == 1 else chr(95 + n)}", title=f"{one.gauge.label}：年度目標{target}に対する累計", unit="",
        alt=f"{last}までに{wording.number(done[-1], style)}{unit}。" + (f"見込みは{value}{unit}{span}で、目標は{target}である。" if value else ""),
        labels=tuple(f"{(3 + n) % YEAR + 1}月" for n in range(YEAR)), target=one.target, done=tuple(done),
        done_label=f"{last} {wording.number(done[-1], style)}{unit}", target_label=f"目標 {target}（破線は均等の進み）",
        forecast=forecast, forecast_label=f"見込み {value}{unit}{span}" if forecast else "", remark=_pace(one, done),
    )  # fmt: skip


def _pace(one: Attainment, done: list[Any]) -> str:
    if one.needed[0] is None:
        return ""
    so_far = (Decimal(done[-1]) / one.months).quantize(Decimal("0.1"))
    per_day = f"、1営業日{one.needed[1]:,}" if one.needed[1] is not None else ""
    return f"必要な数 月{one.needed[0]:,}{per_day}（これまで 月{so_far:,}）"


@form("track_record")
def track_record(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """What the method would have foretold at the quarters' ends of earlier years, against what came."""
    clauses = params.get("clauses") or list(Indicator.Clause.values)
    found = [one for one in track_records(sheet.evaluation, sheet.period) if one.gauge.row.clause in clauses]
    if not found:
        return [Paragraph(plain("記録のそろう過去の年度がないため、見込みの当たり方は示さない。"))]
    rows: list[Row | GroupRow] = []
    before = ""
    for one in found:
        if one.gauge.code != before:
            rows.append(GroupRow(f"{one.gauge.label}（{one.gauge.row.unit}）"))
        rows.append(_past_row(one))
        before = one.gauge.code
    columns = [Column("年度", kind="label")]
    for quarter, letters in zip(("第1四半期末", "第2四半期末", "第3四半期末"), ("ab", "cd", "ef"), strict=True):
        columns += [
            Column("見込み", width=20, letter=letters[0], group=quarter),
            Column("誤差%", width=16, letter=letters[1], group=quarter),
        ]
    columns.append(Column("年度の実績", width=22, letter="g", strong=True))
    return [
        Table(
            tuple(columns), tuple(rows), number=entry.place, title=entry.title, definitions=("D21",), dense=True,
            notes=("各年度より前の年度の記録だけを使い、同じ方法で計算し直した見込み。人が改めた見込みがあるものは、それによる（※）。誤差＝（見込み−実績）÷実績。",),
            alt=f"{entry.title}。年度ごとに、各四半期末の見込みと年度の実績を比べる。",
        )
    ]  # fmt: skip


def _past_row(past: Past) -> Row:
    style = style_of(past.gauge)
    cells: list[Cell] = []
    for months in QUARTERS:
        made = past.forecasts[months]
        mark = "※" if made.method == "person" else ""
        if made.value is None:
            cells += [Cell("未算出", state="not_computed"), Cell("", state="none")]
            continue
        error = wording.rate(int(made.value - past.total), int(past.total))
        cells += [
            Cell(wording.number(made.value, style) + mark),
            Cell(error or "該当なし", state="final" if error else "not_applicable"),
        ]
    cells.append(Cell(wording.number(past.total, style)))
    return Row(f"{past.year}年度", tuple(cells))
