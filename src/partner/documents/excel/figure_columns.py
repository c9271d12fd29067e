"""Columns and bars: flows about a zero line, months or days, the walk from level to level, ranked bars."""

from typing import Any

from partner.documents.charts.bars import TONES
from partner.documents.charts.frame import (
    BLUE_300,
    BLUE_600,
    BLUE_800,
    BLUE_900,
    GRAY_200,
    GRAY_700,
    WHITE,
    as_float,
    printed,
)
from partner.documents.excel.book import Book
from partner.documents.excel.figure_style import Drawn, Options, axes, begin, figure, font, gaps, harmless, labels, told
from partner.documents.plots import BarChart, ColumnBar, ColumnChart, FlowChart, Number, WalkChart


def flow_chart(book: Book, chart: FlowChart) -> Drawn:
    """What came in above the line, what went out below; below, the drawn values are the negative ones."""
    found = begin(book, "column")
    names = [point.label for point in chart.points]
    above: list[Number | None] = [point.above for point in chart.points]
    below: list[Number | None] = [point.below for point in chart.points]
    drawn = [None if value is None else -value for value in below]
    upper = book.figures.add(figure(chart), chart.above_label, names, above)
    lower = book.figures.add(figure(chart), chart.below_label, names, below, drawn)
    for where, values, name, tones in (
        (upper, above, chart.above_label, (BLUE_300, BLUE_900)),
        (lower, below, chart.below_label, (GRAY_200, GRAY_700)),
    ):
        found.add_series(
            {
                "name": harmless(name), "categories": where.categories, "values": where.values, "overlap": 100, "gap": 60,
                "fill": {"color": tones[0]}, "points": [None] * (len(names) - 1) + [{"fill": {"color": tones[1]}}],
                **labels(told(values, name), len(names), "outside_end", tones[1]),
            }
        )  # fmt: skip
    axes(found, "#,##0;#,##0")
    absent = [(p.label, p.above is None or p.below is None) for p in chart.points]
    return Drawn((found,), remarks=gaps(absent, chart.gap_label))


def column_chart(book: Book, chart: ColumnChart) -> Drawn:
    """Columns from 0; the current month dark, days off pale, a gap hatched."""
    found = begin(book, "column")
    names = [column.label + column.under for column in chart.columns]
    where = book.figures.add(figure(chart), chart.title, names, [column.value for column in chart.columns])
    found.add_series(
        {
            "name": harmless(chart.title), "categories": where.categories, "values": where.values, "gap": 55,
            "fill": {"color": BLUE_300}, "points": [_tone(column) for column in chart.columns],
            **labels(_told(chart), len(names), "outside_end"),
        }
    )  # fmt: skip
    axes(found, low=0)
    return Drawn((found,), height=165)


def _tone(column: ColumnBar) -> Options:
    if column.tone != "gap":
        return {"fill": {"color": TONES[column.tone]}}
    hatch = {"pattern": "wide_upward_diagonal", "fg_color": GRAY_700, "bg_color": WHITE}
    return {"pattern": hatch, "border": {"color": GRAY_700, "width": 0.5}}


def _told(chart: ColumnChart) -> dict[int, str]:
    values = [as_float(column.value) for column in chart.columns]
    found = told([column.value for column in chart.columns]) if chart.print_ends else {}
    if not chart.print_ends and any(value is not None for value in values):
        most = values.index(max(value for value in values if value is not None))
        found = {most: printed(values[most] or 0)}
    for n, column in enumerate(chart.columns):
        if column.note:
            found[n] = " ".join(filter(None, (found.get(n, ""), column.note)))
    return found


def walk_chart(book: Book, chart: WalkChart) -> Drawn:
    """Levels stand on the ground, moves float on a part that is drawn in nothing."""
    found = begin(book, "column", "stacked")
    names, spans = [step.label for step in chart.steps], _spans(chart)
    low, high = min(min(span) for span in spans), max(max(span) for span in spans)
    ground = float(int(max(0.0, low - (high - low) * 0.25)))
    base: list[Number | None] = [
        min(span) if step.kind != "end" else 0 for step, span in zip(chart.steps, spans, strict=True)
    ]
    where = book.figures.add(figure(chart), "下地（描画用）", names, [None] * len(names), base)
    found.add_series({"categories": where.categories, "values": where.values, "gap": 40, "fill": {"none": True}})
    for kind, name, look in (
        ("end", "残高", {"fill": {"color": BLUE_900}}),
        ("plus", "増", {"fill": {"color": BLUE_600}}),
        ("minus", "減", {"fill": {"color": WHITE}, "border": {"color": BLUE_900, "width": 1}}),
    ):
        _moves(book, found, chart, (kind, name), look)
    axes(found, low=ground, high=high + (high - low) * 0.1)
    found.set_y_axis({"visible": False, "major_gridlines": {"visible": False}, "min": ground})
    said = (chart.axis_remark.format(start=printed(ground)),) if ground else ()
    return Drawn((found,), most=760, remarks=said)


def _moves(book: Book, found: Any, chart: WalkChart, kind: tuple[str, str], look: Options) -> None:
    values: list[Number | None] = [step.value if step.kind == kind[0] else None for step in chart.steps]
    sign = {"end": "", "plus": "＋", "minus": "−"}[kind[0]]
    texts = {n: sign + printed(float(value)) for n, value in enumerate(values) if value is not None}
    where = book.figures.add(figure(chart), kind[1], [step.label for step in chart.steps], values)
    colour = WHITE if kind[0] in ("end", "plus") else GRAY_700
    said = labels(texts, len(values), "inside_end", colour)
    found.add_series(
        {"name": harmless(kind[1]), "categories": where.categories, "values": where.values, **look, **said}
    )


def _spans(chart: WalkChart) -> list[tuple[float, float]]:
    """From where to where each step goes; a level from itself to itself."""
    level, spans = 0.0, []
    for step in chart.steps:
        start, value = level, float(step.value)
        level = value if step.kind == "end" else level + value if step.kind == "plus" else level - value
        spans.append((level, level) if step.kind == "end" else (start, level))
    return spans


def bar_chart(book: Book, chart: BarChart) -> Drawn:
    """Horizontal bars in the order given, the printed number behind each."""
    found = begin(book, "bar")
    names = [bar.label for bar in chart.bars]
    where = book.figures.add(figure(chart), chart.title, names, [bar.value for bar in chart.bars])
    texts = {n: bar.text for n, bar in enumerate(chart.bars) if bar.value is not None and bar.text}
    found.add_series(
        {
            "name": harmless(chart.title), "categories": where.categories, "values": where.values, "gap": 40,
            "fill": {"color": BLUE_800}, **labels(texts, len(names), "outside_end"),
        }
    )  # fmt: skip
    if any(bar.compare is not None for bar in chart.bars):
        other = book.figures.add(figure(chart), f"{chart.title}（比較）", names, [bar.compare for bar in chart.bars])
        found.add_series({"categories": other.categories, "values": other.values, "fill": {"color": BLUE_300}})
    axes(found, low=0)
    found.set_y_axis({"reverse": True, "num_font": font(), "major_tick_mark": "none"})
    found.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    silent = [(f"{bar.label}（{bar.text}）" if bar.text else bar.label, bar.value is None) for bar in chart.bars]
    return Drawn((found,), height=60 + 30 * len(names), most=760, remarks=gaps(silent, "値なし"))
