"""What all charts share: no frame, no legend, thin lines behind, few printed values."""

from dataclasses import dataclass
from typing import Any

from partner.documents.charts.frame import GRAY_200, GRAY_600, GRAY_700, as_float, outliers, printed
from partner.documents.excel.looks import FONT
from partner.documents.plots import Chart, Number

Options = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Charts to set side by side, their height and greatest whole width in pixels, and what is said below them."""

    charts: tuple[Any, ...]
    height: int = 200
    most: int = 1270
    remarks: tuple[str, ...] = ()


def font(size: float = 8, colour: str = GRAY_700, bold: bool = False) -> Options:
    """Letters in a chart."""
    return {"name": FONT, "size": size, "color": colour, "bold": bold}


def figure(chart: Chart, title: str = "") -> tuple[str, str, str]:
    """How the values of a chart are called on their sheet."""
    return chart.number, " ".join(filter(None, (chart.title, title))), chart.unit


def begin(book: Any, kind: str, subtype: str = "") -> Any:
    """An empty chart without frame, legend and title."""
    chart = book.workbook.add_chart({"type": kind} | ({"subtype": subtype} if subtype else {}))
    chart.set_legend({"none": True})
    chart.set_title({"none": True})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})
    chart.set_plotarea({"border": {"none": True}, "fill": {"none": True}})
    chart.show_blanks_as("gap")
    return chart


def axes(chart: Any, form: str = "#,##0", low: float | None = None, high: float | None = None, unit: float = 0) -> None:
    """Names below, numbers at the left, grid lines behind."""
    chart.set_x_axis(
        {
            "num_font": font(), "line": {"color": GRAY_600, "width": 0.75}, "major_tick_mark": "none",
            "minor_tick_mark": "none", "label_position": "low", "interval_unit": 1,
        }
    )  # fmt: skip
    bounds: Options = {"min": low, "max": high, "major_unit": unit or None}
    chart.set_y_axis(
        {
            "num_font": font(), "num_format": form, "line": {"none": True}, "major_tick_mark": "none",
            "minor_tick_mark": "none", "major_gridlines": {"visible": True, "line": {"color": GRAY_200, "width": 0.5}},
        }
        | {name: value for name, value in bounds.items() if value is not None}
    )  # fmt: skip


def labels(texts: dict[int, str], count: int, position: str, colour: str = GRAY_700) -> Options:
    """Printed texts at the points of those places, none at the others."""
    if not texts:
        return {}
    custom: list[Options] = [
        {"value": harmless(texts[n]), "font": font(8, colour, bold=True)} if n in texts else {"delete": True}
        for n in range(count)
    ]
    return {"data_labels": {"value": True, "position": position, "font": font(8, colour), "custom": custom}}


def told(values: list[Number | None], name: str = "", decimals: int = 0) -> dict[int, str]:
    """First, last, highest and lowest as text; the last one with the series' name."""
    numbers = [as_float(value) for value in values]
    found = {n: printed(abs(numbers[n] or 0), decimals) for n in outliers(numbers) if numbers[n] is not None}
    last = max((n for n, value in enumerate(numbers) if value is not None), default=None)
    if name and last is not None:
        found[last] = f"{name} {printed(abs(numbers[last] or 0), decimals)}"
    return found


def gaps(places: list[tuple[str, bool]], word: str) -> tuple[str, ...]:
    """Which points have no value: said in words, since Excel cannot hatch what is not there."""
    missing = [label or str(n) for n, (label, absent) in enumerate(places, 1) if absent]
    return (f"{word}：{'、'.join(missing)}",) if missing else ()


def harmless(text: str) -> str:
    """XlsxWriter takes a chart's text that begins with = or looks like a reference (x!A1) for a formula."""
    text = text.replace("!", "！")
    return f" {text}" if text.startswith("=") else text
