"""Lines: small panels on their own scales, and progress towards a target."""

from itertools import pairwise
from math import ceil, floor
from typing import Any

from partner.documents.charts.frame import (
    BLUE_800,
    BLUE_900,
    GRAY_600,
    GRAY_700,
    GRAY_900,
    ORANGE_400,
    ORANGE_900,
    as_float,
    ticks,
)
from partner.documents.excel.book import Book
from partner.documents.excel.figure_style import Drawn, Options, axes, begin, figure, font, gaps, harmless, labels, told
from partner.documents.plots import LineChart, LinePanel, Number, ProgressChart

STROKES = ((BLUE_800, "solid"), (GRAY_700, "dash"), (GRAY_600, "round_dot"))


def line_charts(book: Book, chart: LineChart) -> Drawn:
    """One chart a panel, side by side."""
    panels = tuple(_panel(book, chart, panel) for panel in chart.panels)
    absent = [
        (label, any(series.values[n] is None for series in panel.series))
        for panel in chart.panels
        for n, label in enumerate(panel.labels)
    ]
    return Drawn(panels, remarks=gaps(absent, chart.gap_label))


def _panel(book: Book, chart: LineChart, panel: LinePanel) -> Any:
    found = begin(book, "line")
    for n, series in enumerate(panel.series):
        colour, dash = STROKES[n % len(STROKES)]
        values = list(series.values)
        name = " ".join(filter(None, (panel.title, series.name))) or chart.title
        where = book.figures.add(figure(chart, panel.title), name, panel.labels, values)
        found.add_series(
            {
                "name": harmless(name), "categories": where.categories, "values": where.values,
                "line": {"color": colour, "width": 2, "dash_type": dash}, "marker": {"type": "none"},
                **labels(told(values, series.name, panel.decimals), len(values), "above", colour),
            }
        )  # fmt: skip
    low, high, unit = _bounds(panel)
    axes(found, "#,##0" + ("." + "0" * panel.decimals if panel.decimals else ""), low, high, unit)
    if panel.title:
        place = {"x": 0.01, "y": 0.01}
        found.set_title({"name": harmless(panel.title), "name_font": font(9, GRAY_900, bold=True), "layout": place})
    return found


def _bounds(panel: LinePanel) -> tuple[float, float, float]:
    """Rounded ends around the values, with room for the texts above the line."""
    values = [as_float(v) or 0.0 for series in panel.series for v in series.values if v is not None] or [0.0]
    spread = (max(values) - min(values)) or abs(max(values)) or 1.0
    low = 0.0 if panel.from_zero else min(values) - spread * 0.16
    high = max(values) + spread * 0.2
    unit = min((b - a for a, b in pairwise(ticks(low, high))), default=spread) or spread
    return floor(low / unit) * unit, ceil(high / unit) * unit, unit


def progress_chart(book: Book, chart: ProgressChart) -> Drawn:
    """Solid is done, dashed the even pace, dotted the forecast between its thin ends."""
    found = begin(book, "line")
    count = len(chart.labels)
    pace: list[Number | None] = [round(float(chart.target) * (n + 1) / count, 2) for n in range(count)]
    done: list[Number | None] = [*chart.done[:count], *[None] * (count - len(chart.done))]
    _line(
        book,
        found,
        chart,
        "均等の進み",
        pace,
        (GRAY_600, "dash", 1.25),
        {count - 1: f"目標 {_text(chart.target)}"},
        "above",
    )
    for name, end, look in _forecasts(chart):
        said = {count - 1: f"見込み {_text(end)}"} if name == "見込み" else {}
        _line(book, found, chart, name, _towards(chart, end), look, said, "below")
    here = {len(chart.done) - 1: chart.done_label} if chart.done else {}
    _line(book, found, chart, "実績", done, (BLUE_900, "solid", 2.5), here, "below")
    axes(found, low=0)
    remark = "　".join(filter(None, (chart.target_label, chart.forecast_label, chart.remark)))
    return Drawn((found,), most=1000, remarks=(remark,) if remark else ())


def _text(value: Number) -> str:
    return f"{value:,}"


def _line(
    book: Book, found: Any, chart: ProgressChart, name: str, values: list[Number | None],
    look: tuple[str, str, float], said: dict[int, str], position: str,
) -> None:  # fmt: skip
    where = book.figures.add(figure(chart), name, chart.labels, values)
    colour, dash, width = look
    line: Options = {"color": colour, "width": width, "dash_type": dash}
    texts = labels({n: text for n, text in said.items() if text}, len(values), position, colour)
    found.add_series(
        {
            "name": harmless(name), "categories": where.categories, "values": where.values, "line": line,
            "marker": {"type": "none"}, **texts,
        }
    )  # fmt: skip


def _forecasts(chart: ProgressChart) -> list[tuple[str, Number, tuple[str, str, float]]]:
    if not chart.forecast or not chart.done or len(chart.done) >= len(chart.labels):
        return []
    low, middle, high = chart.forecast
    thin = (ORANGE_400, "round_dot", 0.75)
    return [
        ("見込み（下限）", low, thin),
        ("見込み（上限）", high, thin),
        ("見込み", middle, (ORANGE_900, "round_dot", 2.0)),
    ]


def _towards(chart: ProgressChart, end: Number) -> list[Number | None]:
    """A straight way from the last month that is done to the last one of all."""
    start, first, last = float(chart.done[-1]), len(chart.done) - 1, len(chart.labels) - 1
    return [
        None if n < first else round(start + (float(end) - start) * (n - first) / (last - first), 2)
        for n in range(last + 1)
    ]
