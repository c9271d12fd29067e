"""Bars: horizontal, vertical, and the walk from one level to the next."""

from partner.documents.charts.frame import (
    BLUE_200,
    BLUE_300,
    BLUE_600,
    BLUE_800,
    BLUE_900,
    GRAY_500,
    GRAY_600,
    GRAY_700,
    GRAY_900,
    WHITE,
    Medium,
    Plot,
    as_float,
    outliers,
    printed,
    thinned,
    tick_texts,
    ticks,
)
from partner.documents.charts.svg import Drawing, text_width
from partner.documents.plots import BarChart, ColumnBar, ColumnChart, WalkChart, WalkStep

TONES = {"past": BLUE_300, "now": BLUE_900, "year_ago": GRAY_500, "off": BLUE_200, "gap": WHITE}


def draw_bars(chart: BarChart, medium: Medium) -> str:
    """One bar a line, its number behind it."""
    size, pitch = medium.size, medium.size * (2.6 if any(b.compare is not None for b in chart.bars) else 2)
    drawing = Drawing(medium.width, pitch * len(chart.bars) + size * 0.6)
    left = min(max((text_width(b.label, size) for b in chart.bars), default=0) + size, medium.width * 0.5)
    right = medium.width - max((text_width(b.text, size) for b in chart.bars), default=0) - size
    most = max([float(v) for b in chart.bars for v in (b.value, b.compare) if v is not None] + [0]) or 1
    for n, bar in enumerate(chart.bars):
        y = pitch * n + size * 0.3
        drawing.text((0, y + pitch * 0.5 + size * 0.35), _cut(bar.label, left - size * 0.6, size), size, GRAY_900)
        end = left
        for value, colour, top, height in (
            (bar.value, BLUE_800, 0.18, 0.36 if bar.compare is not None else 0.64),
            (bar.compare, BLUE_300, 0.6, 0.24),
        ):
            length = float(value or 0) / most * (right - left)
            drawing.rect(left, y + pitch * top, length, pitch * height, colour)
            end = max(end, left + length)
        drawing.text((end + size * 0.4, y + pitch * 0.5 + size * 0.35), bar.text, size, GRAY_900, bold=True)
    drawing.line((left, 0), (left, drawing.height), GRAY_600, medium.axis)
    return drawing.finish(chart.alt)


def _cut(text: str, room: float, size: float) -> str:
    """A label that would run into its bar loses its end: the table beside the chart has it whole."""
    if text_width(text, size) <= room:
        return text
    while text and text_width(text + "…", size) > room:
        text = text[:-1]
    return text + "…"


def draw_columns(chart: ColumnChart, medium: Medium) -> str:
    """Vertical bars from 0; days carry their weekday below, days off are paler, a gap is hatched and named."""
    size, noted = medium.size, [c.note for c in chart.columns if c.note]
    under = any(c.under for c in chart.columns) and not medium.stacked
    head = size * (1.5 * len(noted) + 1.6 if medium.stacked else 2.8 if noted else 1.6)
    height = medium.height * 0.74 + (head if noted else 0)
    drawing = Drawing(medium.width, height)
    values = [as_float(c.value) for c in chart.columns]
    most = max([0, *(v or 0 for v in values)]) or 1
    # A little above the highest bar, so that a rounded value just above it still gets its line.
    high = most * 1.08
    lines = ticks(0, high, 3)
    left = max(text_width(t, size) for t in tick_texts(lines)) + size
    foot = size * (3.4 if under else 2.2)
    plot = Plot(drawing, medium, left, medium.width - size * 0.5, head, height - foot, 0, high)
    plot.grid(lines, tick_texts(lines))
    told = outliers(values) if chart.print_ends else {values.index(most)} if most in values else set()
    for n, column in enumerate(chart.columns):
        _column(plot, column, n, len(chart.columns), n in told)
    plot.axis(0)
    if medium.stacked:
        for n, note in enumerate(noted):
            drawing.text((0, size * (1.5 * n + 1.1)), note, size, GRAY_700)
    _labels(plot, chart, height - foot + size * 1.4)
    return drawing.finish(chart.alt)


def _column(plot: Plot, column: ColumnBar, n: int, count: int, told: bool) -> None:
    slot, size = plot.slot(count), plot.medium.size
    value = float(column.value or 0)
    x, top = plot.left + slot * (n + 0.18), plot.y(value)
    if column.tone == "gap":
        reach = plot.bottom - top if value else size * 3
        plot.drawing.hatch(x, plot.bottom - reach, slot * 0.64, reach, GRAY_700, size * 0.45)
    else:
        plot.drawing.rect(x, top, slot * 0.64, plot.bottom - top, TONES[column.tone])
    if told and column.value is not None:
        tone = BLUE_900 if column.tone == "now" else GRAY_700
        plot.drawing.value((x + slot * 0.32, top - size * 0.35), printed(value), size, tone)
    if column.note and not plot.medium.stacked:
        _note(plot, column, x + slot * 0.32, top, told)


def _note(plot: Plot, column: ColumnBar, x: float, top: float, told: bool) -> None:
    """Beside the printed number, or, above a short bar, at the end of a thin line."""
    size = plot.medium.size
    y = top - size * 0.35
    if not told:
        y = plot.top + size * 2.2
        plot.drawing.line((x, top), (x, y - size * 0.8), GRAY_700, plot.medium.hair * 1.5)
    shift = text_width(printed(float(column.value or 0)), size) / 2 + size * 0.5 if told else size * 0.4
    fits = x + shift + text_width(column.note, size) < plot.right
    plot.drawing.text((x + (shift if fits else -shift), y), column.note, size, GRAY_700, "start" if fits else "end")


def _labels(plot: Plot, chart: ColumnChart, y: float) -> None:
    size, slot = plot.medium.size, plot.slot(len(chart.columns))
    shown = thinned(tuple(c.label for c in chart.columns), slot, size)
    for n, (column, label) in enumerate(zip(chart.columns, shown, strict=True)):
        x, tone = plot.left + slot * (n + 0.5), GRAY_600 if column.tone == "off" else GRAY_900
        plot.drawing.text((x, y), label, size, tone, "middle", column.tone == "now" and not column.under)
        if column.under and not plot.medium.stacked:
            plot.drawing.text((x, y + size * 1.3), column.under, plot.medium.small, tone, "middle")


def draw_walk(chart: WalkChart, medium: Medium) -> str:
    """Levels stand on the ground, moves float between them."""
    drawing = Drawing(medium.width, medium.height)
    spans = _spans(chart.steps)
    low, high = min(min(s) for s in spans), max(max(s) for s in spans)
    # Levels are thousands of times the moves: the axis begins just under the lowest end, and the chart says so.
    ground = max(0.0, low - (high - low) * 0.25)
    size = medium.size
    plot = Plot(drawing, medium, 0, medium.width, size * 2, medium.height - size * 4, ground, high)
    slot = plot.slot(len(chart.steps))
    for n, (step, span) in enumerate(zip(chart.steps, spans, strict=True)):
        _step(plot, step, span, slot * n, slot)
        if n:
            y = plot.y(spans[n - 1][1])
            drawing.line((slot * (n - 0.15), y), (slot * (n + 0.15), y), GRAY_500, medium.hair, "2 2")
    drawing.line((0, plot.bottom), (medium.width, plot.bottom), GRAY_700, medium.axis)
    for n, step in enumerate(chart.steps):
        drawing.text((slot * (n + 0.5), plot.bottom + size * 1.4), step.label, size, GRAY_900, "middle")
    if ground:
        said = chart.axis_remark.format(start=printed(ground))
        drawing.text((0, medium.height - size * 0.5), said, size, GRAY_600)
    return drawing.finish(chart.alt)


def _spans(steps: tuple[WalkStep, ...]) -> list[tuple[float, float]]:
    """From where to where each step goes; a level goes from itself to itself."""
    level, spans = 0.0, []
    for step in steps:
        start, value = level, float(step.value)
        level = value if step.kind == "end" else level + value if step.kind == "plus" else level - value
        spans.append((level, level) if step.kind == "end" else (start, level))
    return spans


def _step(plot: Plot, step: WalkStep, span: tuple[float, float], x: float, slot: float) -> None:
    size = plot.medium.size
    top, foot = plot.y(max(span)), plot.bottom if step.kind == "end" else plot.y(min(span))
    fill = {"end": BLUE_900, "plus": BLUE_600, "minus": WHITE}[step.kind]
    plot.drawing.rect(x + slot * 0.15, top, slot * 0.7, max(foot - top, 1), fill, BLUE_900)
    sign = {"end": "", "plus": "＋", "minus": "−"}[step.kind]
    tone = GRAY_900 if step.kind == "end" else GRAY_700
    at = (x + slot * 0.5, top - size * 0.4)
    plot.drawing.text(at, sign + printed(float(step.value)), size, tone, "middle", step.kind == "end")
