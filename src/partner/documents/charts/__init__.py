"""Draws charts as SVG: one drawing for paper and screen, the same values always the same bytes."""

from collections.abc import Callable
from typing import Any, Literal

from partner.documents.charts.bars import draw_bars, draw_columns, draw_walk
from partner.documents.charts.cells import draw_cell, draw_head
from partner.documents.charts.flow import draw_flow
from partner.documents.charts.frame import MEDIA, Medium
from partner.documents.charts.lines import draw_lines, draw_progress, draw_sparkline
from partner.documents.plots import BarChart, Chart, ColumnChart, FlowChart, LineChart, ProgressChart, WalkChart

MediumName = Literal["paper", "screen", "tablet", "narrow"]

_DRAWERS: dict[type[Chart], Callable[[Any, Medium], str]] = {
    FlowChart: draw_flow,
    LineChart: draw_lines,
    WalkChart: draw_walk,
    BarChart: draw_bars,
    ColumnChart: draw_columns,
    ProgressChart: draw_progress,
}


def draw(chart: Chart, medium: MediumName = "paper", width: float | None = None) -> str:
    """The chart as an SVG string. `width` (points on paper, pixels on a screen) replaces the medium's own."""
    chosen = MEDIA[medium] if width is None else MEDIA[medium].as_wide_as(width)
    return _DRAWERS[type(chart)](chart, chosen)


__all__ = ["MediumName", "draw", "draw_cell", "draw_head", "draw_sparkline"]
