"""Lines over time: small multiples, the sparkline, and progress to a target."""

from partner.documents.charts.frame import (
    BLUE_800,
    BLUE_900,
    GRAY_500,
    GRAY_600,
    GRAY_700,
    GRAY_900,
    ORANGE_50,
    ORANGE_900,
    WHITE,
    Medium,
    Plot,
    as_float,
    printed,
    tick_texts,
    ticks,
)
from partner.documents.charts.svg import Drawing, Picture, Point, text_width
from partner.documents.plots import LineChart, LinePanel, Number, ProgressChart

DASHES = ((0, 0), (3, 3), (0.5, 2.5))


def draw_lines(chart: LineChart, medium: Medium) -> str:
    """Panels side by side, one above the other where there is no room."""
    count = len(chart.panels)
    columns = 1 if medium.stacked else count
    height = medium.height * (1 if columns == 1 or count == 1 else 0.88)
    gap = medium.size * 2
    width = (medium.width - gap * (columns - 1)) / columns
    drawing = Drawing(medium.width, height * (count if columns == 1 else 1))
    for n, panel in enumerate(chart.panels):
        across, down = (n * (width + gap), 0.0) if columns > 1 else (0.0, n * height)
        plot = _panel(drawing, medium, panel, (across, down), (width, height))
        for line in panel.series:
            gaps = [n for n, value in enumerate(line.values) if value is None]
            _gaps(plot, len(line.values), gaps, chart.gap_label)
            _gaps(plot, len(line.values), sorted(line.partial), chart.partial_label)
            _rings(plot, [as_float(v) if place in line.partial else None for place, v in enumerate(line.values)])
    return drawing.finish(chart.alt)


def _panel(drawing: Drawing, medium: Medium, panel: LinePanel, at: Point, size: Point) -> Plot:
    low, high, lines = _reach(panel)
    texts = tick_texts(lines)
    top = at[1] + medium.size * (3.2 if panel.title else 1.6)
    left = at[0] + max(text_width(t, medium.size) for t in texts) + medium.size
    named = max((text_width(line.name, medium.size) for line in panel.series), default=0)
    right = at[0] + size[0] - (named + medium.size * 0.8 if named else medium.size * 1.5)
    plot = Plot(drawing, medium, left, right, top, at[1] + size[1] - medium.size * 2.2, low, high)
    if panel.title:
        drawing.text((at[0], at[1] + medium.size * 1.1), panel.title, medium.size * 1.1, GRAY_900, bold=True)
    plot.grid(lines, texts)
    for n, line in enumerate(panel.series):
        dash = medium.dash(*DASHES[n % 3]) if n % 3 else ""
        whole = [None if place in line.partial else as_float(v) for place, v in enumerate(line.values)]
        _series(plot, whole, panel.decimals, dash)
        _name(plot, line.name, [as_float(v) for v in line.values])
    plot.below(panel.labels, at[1] + size[1] - medium.size * 0.5)
    return plot


def _reach(panel: LinePanel) -> tuple[float, float, list[float]]:
    """The lowest and highest value that is drawn, and the grid between them; where nothing is known, a ground line alone."""
    values = [float(v) for line in panel.series for v in line.values if v is not None]
    if not values:
        return 0.0, 1.0, [0.0]
    spread = (max(values) - min(values)) or abs(max(values)) or 1
    low = 0.0 if panel.from_zero else min(values) - spread * 0.16
    high = max(values) + spread * 0.1
    return low, high, ticks(low, high)


def _series(plot: Plot, values: list[float | None], decimals: int, dash: str) -> None:
    medium, places = plot.medium, _places(plot, values)
    for piece in _pieces(places):
        plot.drawing.path(piece, BLUE_800, medium.stroke, dash)
    known = [(place, value) for place, value in zip(places, values, strict=True) if place and value is not None]
    if known:
        rising = known[-1][1] >= known[0][1]
        _end(plot, known[0], decimals, first=True, above=not rising)
        _end(plot, known[-1], decimals, first=False, above=rising)


def _end(plot: Plot, known: tuple[Point, float], decimals: int, first: bool, above: bool) -> None:
    """○ first and ● last, each with its number on the side away from the line."""
    (x, y), value = known
    size, tone = plot.medium.size, GRAY_700 if first else BLUE_900
    at = (x - size * (0.4 if first else -0.4), y + size * (-0.8 if above else 1.6))
    plot.drawing.value(at, printed(value, decimals), size, tone, "start" if first else "end")
    plot.drawing.circle((x, y), size * 0.32, WHITE if first else BLUE_900, tone, plot.medium.stroke * 0.8)


def _places(plot: Plot, values: list[float | None]) -> list[Point | None]:
    slot = plot.slot(len(values))
    return [None if v is None else (plot.left + slot * (n + 0.5), plot.y(v)) for n, v in enumerate(values)]


def _pieces(places: list[Point | None]) -> list[list[Point]]:
    """Runs of neighbours: a line never crosses a gap."""
    pieces: list[list[Point]] = [[]]
    for place in places:
        if place is None:
            pieces.append([])
        else:
            pieces[-1].append(place)
    return [piece for piece in pieces if len(piece) > 1]


def _gaps(plot: Plot, count: int, places: list[int], label: str) -> None:
    """Hatches these places; neighbours share one label."""
    slot, size = plot.slot(count), plot.medium.size
    for first, last in _runs(places):
        x, width = plot.left + slot * (first + 0.1), slot * (last - first + 0.8)
        plot.drawing.hatch(x, plot.top, width, plot.bottom - plot.top, GRAY_500, size * 0.7)
        plot.drawing.value((x + width / 2, plot.top - size * 0.4), label, size, GRAY_700)


def _runs(places: list[int]) -> list[tuple[int, int]]:
    """First and last of each run of neighbours."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _rings(plot: Plot, values: list[float | None]) -> None:
    for place in _places(plot, values):
        if place:
            plot.drawing.circle(place, plot.medium.size * 0.28, WHITE, GRAY_700, plot.medium.stroke * 0.8)


def _name(plot: Plot, name: str, values: list[float | None]) -> None:
    known = [v for v in values if v is not None]
    if name and known:
        at = (plot.right + plot.medium.size * 0.4, plot.y(known[-1]) + plot.medium.size * 0.35)
        plot.drawing.text(at, name, plot.medium.size, BLUE_900, bold=True)


def draw_sparkline(values: tuple[Number | None, ...], alt: str, width: float = 62.36, height: float = 19.84) -> Picture:
    """Thirteen months on 22 × 7 mm: ○ a year ago, ● now, its own scale."""
    drawing = Drawing(width, height)
    known = [float(v) for v in values if v is not None]
    if known:
        low, high = min(known), max(known)
        pad = height * 0.13
        plot = Plot(drawing, _SPARK, pad, width - pad, pad, height - pad, low, high if high > low else low + 1)
        places = _places(plot, [as_float(v) for v in values])
        for piece in _pieces(places):
            drawing.path(piece, GRAY_600, 0.8)
        dots = [p for p in places if p]
        drawing.circle(dots[0], 1.5, WHITE, GRAY_700, 0.8)
        drawing.circle(dots[-1], 1.7, BLUE_900, BLUE_900, 0.7)
    return drawing.picture(alt, "spark")


_SPARK = Medium(width=62.36, height=19.84, size=6.5, small=6.5, hair=0.3, axis=0.6, stroke=0.8)


def draw_progress(chart: ProgressChart, medium: Medium) -> str:
    """Cumulative against target: solid done, dashed even pace, dotted with a band the forecast."""
    notes = max(text_width(t, medium.size) for t in (chart.target_label, chart.forecast_label, chart.remark, ""))
    beside = not medium.stacked
    drawing = Drawing(medium.width, medium.height)
    top = max([float(chart.target), *(float(v) for v in chart.done), *(float(v) for v in chart.forecast or ())])
    left = text_width(printed(top), medium.size) + medium.size
    right = medium.width - (notes + medium.size if beside else medium.size)
    head = medium.size * (1.2 if beside else 5.2)
    plot = Plot(drawing, medium, left, right, head, medium.height - medium.size * 2.2, 0, top)
    lines = ticks(0, top, 3)
    plot.grid(lines, tick_texts(lines))
    plot.axis(0)
    _forecast(plot, chart)
    end, slot = len(chart.labels), plot.slot(len(chart.labels))
    goal = (plot.left + slot * end, plot.y(float(chart.target)))
    drawing.path([(plot.left, plot.y(0)), goal], GRAY_600, medium.stroke * 0.6, medium.dash(3, 2.5))
    done = [(plot.left + slot * (n + 1), plot.y(float(v))) for n, v in enumerate(chart.done)]
    drawing.path([(plot.left, plot.y(0)), *done], BLUE_900, medium.stroke * 1.2)
    _now(plot, chart, done)
    _remarks(plot, chart, beside)
    plot.below(chart.labels, medium.height - medium.size * 0.5, last_bold=False)
    return drawing.finish(chart.alt)


def _forecast(plot: Plot, chart: ProgressChart) -> None:
    if not chart.forecast or not chart.done:
        return
    slot = plot.slot(len(chart.labels))
    here = (plot.left + slot * len(chart.done), plot.y(float(chart.done[-1])))
    low, middle, high = ((plot.right, plot.y(float(v))) for v in chart.forecast)
    plot.drawing.area([here, high, low], ORANGE_50)
    plot.drawing.path([here, middle], ORANGE_900, plot.medium.stroke * 0.9, plot.medium.dash(0.2, 2))


def _now(plot: Plot, chart: ProgressChart, done: list[Point]) -> None:
    if not done:
        return
    size = plot.medium.size
    plot.drawing.circle(done[-1], size * 0.32, BLUE_900, BLUE_900, plot.medium.stroke * 0.5)
    x, y = done[-1][0] + size * 0.8, done[-1][1] + size * 1.1
    if x > plot.right and not plot.medium.stacked:  # the year is over: its number stands under the remarks
        told = sum(1 for text in (chart.target_label, chart.forecast_label, chart.remark) if text)
        y = max(y, plot.top + size * (0.4 + 1.5 * told))
    plot.drawing.text((x, y), chart.done_label, size, BLUE_900, bold=True)


def _remarks(plot: Plot, chart: ProgressChart, beside: bool) -> None:
    size = plot.medium.size
    x, y = (plot.right + size * 0.8, plot.top + size * 0.4) if beside else (0.0, size * 1.1)
    for text, colour, bold in (
        (chart.target_label, GRAY_700, False),
        (chart.forecast_label, ORANGE_900, True),
        (chart.remark, GRAY_700, False),
    ):
        if text:
            plot.drawing.text((x, y), text, size, colour, bold=bold)
            y += size * 1.5
