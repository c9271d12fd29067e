"""Charts as Excel's own, each under its title line, with its alternative text; their values stand on 図のデータ."""

from math import ceil
from typing import Any

from partner.documents.excel.book import Book
from partner.documents.excel.figure_columns import bar_chart, column_chart, flow_chart, walk_chart
from partner.documents.excel.figure_lines import line_charts, progress_chart
from partner.documents.excel.figure_style import Drawn
from partner.documents.excel.grid import Grid
from partner.documents.excel.ink import Ink
from partner.documents.excel.looks import SMALL
from partner.documents.excel.measure import PITCH, PX_PER_POINT
from partner.documents.excel.pen import Pen
from partner.documents.excel.prose import write_text
from partner.documents.excel.titles import title_lines
from partner.documents.plots import BarChart, Chart, ColumnChart, FlowChart, LineChart, ProgressChart, WalkChart

ROW = PITCH * PX_PER_POINT


def write_chart(book: Book, pen: Pen, chart: Chart, grid: Grid, room: float) -> None:
    """Title line, the chart on empty rows of its own, remarks below."""
    drawn = _drawn(book, chart)
    if drawn is None:
        return
    rows = ceil((drawn.height + 6) / ROW)
    pen.keep((rows + 2 + len(drawn.remarks)) * PITCH + 10)
    number = book.words["figure"] + chart.number if chart.number else ""
    for line in title_lines(number, chart.title, Ink(chart.unit), len(grid.widths()) - 1, room):
        pen.write(line)
    _insert(pen, drawn, chart.alt, min(room, drawn.most))
    pen.skip(PITCH, rows)
    for remark in drawn.remarks:
        write_text(pen, remark, room, SMALL)
    pen.skip(9)


def _drawn(book: Book, chart: Chart) -> Drawn | None:
    match chart:
        case FlowChart():
            return flow_chart(book, chart)
        case ColumnChart():
            return column_chart(book, chart)
        case WalkChart():
            return walk_chart(book, chart)
        case BarChart():
            return bar_chart(book, chart)
        case LineChart():
            return line_charts(book, chart)
        case ProgressChart():
            return progress_chart(book, chart)
    return None


def _insert(pen: Pen, drawn: Drawn, alt: str, room: float) -> None:
    """Side by side from the left edge, moving with the rows below it."""
    width = round(room / max(len(drawn.charts), 1))
    for n, chart in enumerate(drawn.charts):
        chart.set_size({"width": width - 4, "height": drawn.height})
        options: dict[str, Any] = {"x_offset": n * width, "y_offset": 2, "object_position": 1, "description": alt}
        pen.sheet.insert_chart(pen.row, 0, chart, options)
