"""Drawings inside table cells and their heads: shares of answers, spread of response times."""

from partner.documents.charts.frame import (
    BLUE_300,
    BLUE_600,
    BLUE_900,
    BLUE_1000,
    GRAY_200,
    GRAY_600,
    GRAY_700,
    GRAY_900,
    ORANGE_400,
    ORANGE_900,
    WHITE,
)
from partner.documents.charts.svg import Drawing, Picture, text_width
from partner.documents.plots import CellDrawing, FiveSteps, HeadDrawing, Spread, StepKey

STEP_TONES = (BLUE_1000, BLUE_600, GRAY_200, ORANGE_400, ORANGE_900)
STEP_INKS = (WHITE, WHITE, GRAY_900, GRAY_900, WHITE)


def draw_cell(drawing: CellDrawing, width: float, size: float) -> Picture:
    """A drawing for a table cell `width` wide, with text of `size`."""
    return _steps(drawing, width, size) if isinstance(drawing, FiveSteps) else _spread(drawing, width, size)


def draw_head(drawing: HeadDrawing, width: float, size: float) -> Picture:
    """What explains a column of drawings, for its head."""
    return _key(drawing, width, size) if isinstance(drawing, StepKey) else _scale(drawing.ticks, width, size)


def _steps(steps: FiveSteps, width: float, size: float) -> Picture:
    height = size * 1.7
    drawing, total, x = Drawing(width, height), sum(steps.counts) or 1, 0.0
    for count, fill, ink in zip(steps.counts, STEP_TONES, STEP_INKS, strict=False):
        part = count / total * width
        drawing.rect(x, 0, part - 0.6, height, fill)
        if part > text_width(str(count), size):
            drawing.text((x + part / 2, height * 0.5 + size * 0.36), str(count), size, ink, "middle", True)
        x += part
    return drawing.picture("、".join(str(c) for c in steps.counts), "steps")


def _spread(spread: Spread, width: float, size: float) -> Picture:
    height = size * 1.7
    drawing, middle = Drawing(width, height), height / 2
    limit, median, p95, p99 = (float(v) for v in (spread.limit, spread.median, spread.p95, spread.p99))

    def x(value: float) -> float:
        return size * 0.5 + min(value, limit) / (limit or 1) * (width - size)

    late = spread.target is not None and p95 > float(spread.target)
    drawing.line((0, middle), (width, middle), GRAY_200, size * 0.08)
    drawing.rect(x(median), middle - size * 0.22, x(p99) - x(median), size * 0.44, BLUE_300)
    drawing.circle((x(median), middle), size * 0.3, WHITE, BLUE_900, size * 0.15)
    tone = ORANGE_900 if late else BLUE_900
    if spread.target is not None:
        at = x(float(spread.target))
        drawing.line((at, height * 0.05), (at, height * 0.95), GRAY_900, size * 0.18)
    drawing.circle((x(p95), middle), size * 0.36, tone, tone, 0)
    return drawing.picture(f"中央値 {median:,.0f}、95%点 {p95:,.0f}、99%点 {p99:,.0f}", "spread")


def _key(key: StepKey, width: float, size: float) -> Picture:
    drawing, x = Drawing(width, size * 1.3), 0.0
    for label, fill in zip(key.labels, STEP_TONES, strict=False):
        drawing.rect(x, size * 0.3, size * 0.75, size * 0.75, fill)
        drawing.text((x + size * 0.95, size * 1.02), label, size, GRAY_700)
        x += size * 1.7 + text_width(label, size)
    return drawing.picture("、".join(key.labels), "key")


def _scale(ticks: tuple[str, ...], width: float, size: float) -> Picture:
    drawing, last = Drawing(width, size * 1.3), max(1, len(ticks) - 1)
    for n, tick in enumerate(ticks):
        at = (size * 0.5 + n / last * (width - size), size)
        anchor = "start" if n == 0 else "end" if n == last else "middle"
        drawing.text(at, tick, size, GRAY_600, anchor)
    return drawing.picture("目盛 " + "、".join(ticks), "scale")
