"""Charts of the registrations: thirteen months, the same month last year first."""

from typing import Any

from partner.documents.blocks import Block, FlowChart, FlowPoint, LineChart, LinePanel, Series
from partner.master.models import CatalogueEntry
from partner.reports import wording
from partner.reports.compared import thirteen_months
from partner.reports.forms import Params, form
from partner.reports.sheet import Sheet

_ALSO = {"people": ("level", "medium", "purpose", "begun"), "organizations": ("level", "organization_type", "begun")}


def monthly_values(sheet: Sheet, key: str, where: dict[str, str] | None = None) -> list[int | None]:
    """The figure for each of the thirteen months."""
    kind = key.partition(".")[0]
    also = _ALSO[kind] if key.endswith(".new") else _ALSO[kind][:1] if kind == "people" else _ALSO[kind][:2]
    return [sheet.evaluation.value(key, at, where, also).value for at in thirteen_months(sheet.period)]


def plain_values(sheet: Sheet, key: str) -> list[Any]:
    """Any figure for each of the thirteen months."""
    return [sheet.evaluation.value(key, at).value for at in thirteen_months(sheet.period)]


def month_labels(sheet: Sheet) -> list[str]:
    """What stands under thirteen columns."""
    months = thirteen_months(sheet.period)
    return [
        f"{at.first.month}月" if n in (0, 12) or at.first.month == 1 else str(at.first.month)
        for n, at in enumerate(months)
    ]


def span_of(sheet: Sheet) -> str:
    """令和7年10月から令和8年10月まで"""
    months = thirteen_months(sheet.period)
    return f"{months[0].label.split('（')[0]}から{months[-1].label.split('（')[0]}まで"


@form("flow_chart")
def flow_chart(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """図M1-1: new above the line, left below it."""
    kind = params["kind"]
    new, left = monthly_values(sheet, f"{kind}.new"), monthly_values(sheet, f"{kind}.left")
    points = tuple(FlowPoint(label, a, b) for label, a, b in zip(month_labels(sheet), new, left, strict=True))
    chart = FlowChart(
        number=number_of(entry), title=entry.title, unit=f"{entry.unit}　{span_of(sheet)}", points=points,
        alt=f"{span_of(sheet)}の新規と退会。新規は{_extremes(new)}、退会は{_extremes(left)}。",
    )  # fmt: skip
    return [chart]


def number_of(entry: CatalogueEntry) -> str:
    """図M1-1 of the place M1-F1."""
    return entry.place.replace("F", "")


def _extremes(values: list[int | None]) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return "記録がない"
    first, last = (wording.count(known[0]), wording.count(known[-1]))
    return f"初めが{first}、終わりが{last}、最多{wording.count(max(known))}、最少{wording.count(min(known))}"


@form("level_chart")
def level_chart(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """図M1-2: the month-end totals of each level, each on its own scale."""
    kind = params["kind"]
    levels = sheet.evaluation.rows(f"{kind}.total", sheet.period, ("level",))
    panels, said = [], []
    for level in levels:
        values = monthly_values(sheet, f"{kind}.total", {"level": level["code"]})
        panels.append(LinePanel(level["label"], tuple(_line_labels(sheet)), (Series(tuple(values)),)))
        said.append(f"{level['label']}は{_extremes(values)}")
    chart = LineChart(
        number=number_of(entry), title=entry.title, panels=tuple(panels),
        unit=f"{entry.unit}　縦軸は0から始まらない。1目盛りの幅は左右で異なる", alt=f"{span_of(sheet)}の月末の数。{'。'.join(said)}。",
    )  # fmt: skip
    return [chart]


def _line_labels(sheet: Sheet) -> list[str]:
    months = thirteen_months(sheet.period)
    labels = []
    for n, at in enumerate(months):
        era = f"R{at.first.year - 2018}." if at.first.year >= 2019 else f"H{at.first.year - 1988}."
        if n == 0 or at.first.month == 1:
            labels.append(f"{era}{at.first.month}")
        else:
            labels.append(
                {12: f"{at.first.month}月"}.get(n, str(at.first.month) if at.first.month in (4, 7, 10) else "")
            )
    return labels
