"""Flows above and below one zero line."""

from partner.documents.charts.frame import (
    BLUE_300,
    BLUE_900,
    GRAY_200,
    GRAY_600,
    GRAY_700,
    GRAY_900,
    Medium,
    Plot,
    as_float,
    outliers,
    printed,
    ticks,
)
from partner.documents.charts.svg import Drawing, text_width
from partner.documents.plots import FlowChart


def draw_flow(chart: FlowChart, medium: Medium) -> str:
    """新規 above, 退会 below; the current month dark."""
    drawing = Drawing(medium.width, medium.height)
    above = [as_float(p.above) for p in chart.points]
    below = [as_float(p.below) for p in chart.points]
    plot = _plot(drawing, medium, chart, max([0, *(v or 0 for v in above)]), max([0, *(v or 0 for v in below)]))
    lines = [line for line in ticks(plot.low, plot.high) if line == round(line)]  # nobody is half registered
    plot.grid(lines, [printed(abs(v)) for v in lines])
    _bars(plot, above, 1, (BLUE_300, BLUE_900), chart.gap_label)
    _bars(plot, [None if v is None else -v for v in below], -1, (GRAY_200, GRAY_700), chart.gap_label)
    plot.axis(0)
    plot.below(tuple(p.label for p in chart.points), medium.height - medium.size * 0.5)
    _names(plot, chart)
    return drawing.finish(chart.alt)


def _plot(drawing: Drawing, medium: Medium, chart: FlowChart, high: float, low: float) -> Plot:
    names = max(text_width(chart.above_label, medium.size), text_width(chart.below_label, medium.size))
    left = text_width(printed(max(high, low)), medium.size) + medium.size * 1.2
    return Plot(
        drawing=drawing,
        medium=medium,
        left=left,
        right=medium.width - names - medium.size,
        top=medium.size * 1.6,
        bottom=medium.height - medium.size * 3.2,
        low=-low,
        high=high or 1,
    )


def _bars(plot: Plot, values: list[float | None], sign: int, tones: tuple[str, str], gap: str) -> None:
    slot, ink = plot.slot(len(values)), BLUE_900 if sign > 0 else GRAY_900
    told = outliers([None if v is None else v * sign for v in values])
    for n, value in enumerate(values):
        x = plot.left + slot * n + slot * 0.19
        last = n == len(values) - 1
        if value is None:
            _gap(plot, x, slot * 0.62, sign, gap)
            continue
        top, bottom = sorted((plot.y(value), plot.y(0)))
        plot.drawing.rect(x, top, slot * 0.62, bottom - top, tones[last])
        if n in told:
            at = (x + slot * 0.31, top - plot.medium.size * 0.35 if sign > 0 else bottom + plot.medium.size)
            plot.drawing.value(at, printed(abs(value)), plot.medium.size, ink if last else GRAY_700)


def _gap(plot: Plot, x: float, width: float, sign: int, label: str) -> None:
    reach = plot.medium.size * 3 if sign > 0 else min(plot.medium.size * 3, plot.bottom - plot.y(0))
    if reach <= 0:
        return  # below lie the months
    top = plot.y(0) - reach if sign > 0 else plot.y(0)
    plot.drawing.hatch(x, top, width, reach, GRAY_600, plot.medium.size * 0.5)
    if sign > 0:
        plot.drawing.value((x + width / 2, top - plot.medium.size * 0.35), label, plot.medium.size, GRAY_700)


def _names(plot: Plot, chart: FlowChart) -> None:
    x, size = plot.right + plot.medium.size * 0.8, plot.medium.size
    plot.drawing.text((x, plot.y(plot.high / 2) + size * 0.35), chart.above_label, size, BLUE_900, bold=True)
    plot.drawing.text((x, plot.y(plot.low / 2) + size * 0.35), chart.below_label, size, GRAY_900, bold=True)
