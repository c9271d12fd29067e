"""Charts of any figure: its thirteen months, or the days of the month."""

from dataclasses import replace
from datetime import date
from typing import Any

from partner.common.calendar import is_business_day
from partner.common.period import DAY, jst_day
from partner.documents.blocks import Block, ColumnBar, ColumnChart, FlowChart, FlowPoint
from partner.documents.plots import Tone
from partner.ledger.fields import MICROSECOND
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.charts import month_labels, number_of, plain_values, span_of
from partner.reports.forms import Params, form
from partner.reports.sheet import Sheet


@form("month_columns")
def month_columns(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """Thirteen months of a figure as columns, the same month last year first. Nothing is drawn of nothing."""
    values = plain_values(sheet, params["key"])
    if not _any(values):
        return []
    own = len(sheet.period.months())  # of a year all but the first
    tones: list[Tone] = ["year_ago", *(["past"] * (12 - own)), *(["now"] * own)]  # type: ignore[list-item]
    bars = tuple(
        ColumnBar(label, value, tone if value is not None else "gap")
        for label, value, tone in zip(month_labels(sheet), values, tones, strict=True)
    )
    alt = f"{span_of(sheet)}の{entry.title}。{extremes(values)}。"
    return [ColumnChart(number_of(entry), entry.title, f"{entry.unit}　{span_of(sheet)}", alt, bars)]


@form("flow_months")
def flow_months(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """What came in above the line and what went out below it, thirteen months."""
    above, below = plain_values(sheet, params["above"]), plain_values(sheet, params["below"])
    if not _any(above):
        return []
    points = tuple(FlowPoint(*point) for point in zip(month_labels(sheet), above, below, strict=True))
    chart = FlowChart(
        number=number_of(entry), title=entry.title, unit=f"{entry.unit}　{span_of(sheet)}", points=points,
        above_label=params["above_label"], below_label=params["below_label"], gap_label="記録なし",
        alt=f"{span_of(sheet)}。{params['above_label']}は{extremes(above)}、{params['below_label']}は{extremes(below)}。",
    )  # fmt: skip
    return [chart]


@form("day_columns")
def day_columns(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """Every day of the month; days off in their own tone, days without data hatched."""
    rows = sheet.evaluation.rows(params["key"], sheet.period, ("day",))
    if not _any([row["value"] for row in rows]):
        return []
    closed = sheet.evaluation.book.closed_days
    without = _days_without(sheet, params["key"])
    bars = tuple(_day_bar(date.fromisoformat(row["code"]), row["value"], closed, without) for row in rows)
    gaps = [n for n, bar in enumerate(bars) if bar.tone == "gap" and (n == 0 or bars[n - 1].tone != "gap")]
    bars = tuple(replace(bar, note="欠測") if n in gaps else bar for n, bar in enumerate(bars))
    known = [bar.value for bar in bars]
    alt = f"{sheet.period.label}の日ごとの{entry.title}。{extremes(known)}。"
    return [ColumnChart(number_of(entry), entry.title, entry.unit, alt, bars, print_ends=False)]


def _any(values: list[Any]) -> bool:
    return any(value is not None for value in values)


def _day_bar(day: date, value: int | None, closed: dict[date, str], without: set[date]) -> ColumnBar:
    tone: Tone = "past" if is_business_day(day, closed) else "off"
    is_gap = value is None or (day in without and not value)
    return ColumnBar(
        str(day.day), None if is_gap else value, "gap" if is_gap else tone, wording.WEEKDAYS[day.weekday()]
    )  # fmt: skip


def _days_without(sheet: Sheet, key: str) -> set[date]:
    """The days of which some hours were lost, or not told."""
    judged = sheet.evaluation.judge(key, sheet.period)
    days: set[date] = set()
    for start, end in (*judged.losses, *judged.uncovered):
        day, last = jst_day(start), jst_day(end - MICROSECOND)
        while day <= last:
            days.add(day)
            day += DAY
    return days


def extremes(values: list[Any]) -> str:
    """初めが…、終わりが…、最多…、最少…."""
    known = [value for value in values if value is not None]
    if not known:
        return "記録がない"
    said = (known[0], known[-1], max(known), min(known))
    return "初めが{}、終わりが{}、最多{}、最少{}".format(*(wording.count(int(value)) for value in said))
