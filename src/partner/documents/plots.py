"""Charts as data: what is drawn, never how. Every value drawn must also stand in a table or the data sheet."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Number = int | float | Decimal

# What a vertical column stands for; each has its own tone and, for a gap, its own pattern.
Tone = Literal["past", "now", "year_ago", "off", "gap"]


@dataclass(frozen=True, slots=True)
class Chart:
    """What every chart says in words: `alt` is one sentence that states the finding."""

    number: str
    title: str
    unit: str
    alt: str


@dataclass(frozen=True, slots=True)
class FlowPoint:
    """One month of a flow chart; None is a month without a value, drawn hatched."""

    label: str
    above: Number | None
    below: Number | None


@dataclass(frozen=True, slots=True)
class FlowChart(Chart):
    """What came in above one zero line, what went out below it; the last point is the current month."""

    points: tuple[FlowPoint, ...]
    above_label: str = "新規"
    below_label: str = "退会"
    gap_label: str = "欠測"


@dataclass(frozen=True, slots=True)
class Series:
    """One line; None is a gap: hatched, and never crossed by the line. At the places in `partial` the value is known in part
    only: hatched, ringed, and not joined either."""

    values: tuple[Number | None, ...]
    name: str = ""
    partial: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class LinePanel:
    """One small multiple. `labels` has one entry a value; an empty label draws no text under the axis."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    decimals: int = 0
    from_zero: bool = False


@dataclass(frozen=True, slots=True)
class LineChart(Chart):
    """One or two panels side by side, each on its own scale. Say in `unit` that an axis does not begin at 0."""

    panels: tuple[LinePanel, ...]
    gap_label: str = "欠測"
    partial_label: str = "一部"


@dataclass(frozen=True, slots=True)
class WalkStep:
    """One bar of a walk: an end is a level, plus and minus are moves. `value` is never negative."""

    label: str
    value: Number
    kind: Literal["end", "plus", "minus"]


@dataclass(frozen=True, slots=True)
class WalkChart(Chart):
    """前月末 ＋新規 ＋変更 −変更 −退会 月末 as floating bars. The axis begins near the lower end, and says so."""

    steps: tuple[WalkStep, ...]
    axis_remark: str = "縦軸は0から始まらない（{start}から）"


@dataclass(frozen=True, slots=True)
class Bar:
    """One horizontal bar: `text` is the printed number, `compare` a second, paler bar below it."""

    label: str
    value: Number | None
    text: str
    compare: Number | None = None


@dataclass(frozen=True, slots=True)
class BarChart(Chart):
    """Horizontal bars from 0, in the order given."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class ColumnBar:
    """One vertical bar: `under` is a second small label (a weekday), `note` a text set beside its top."""

    label: str
    value: Number | None
    tone: Tone = "past"
    under: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ColumnChart(Chart):
    """Vertical bars from 0: thirteen months, or the days of one. Highest, first and last are printed for months."""

    columns: tuple[ColumnBar, ...]
    print_ends: bool = True


@dataclass(frozen=True, slots=True)
class ProgressChart(Chart):
    """Cumulative values towards a target: solid is done, dashed the even pace, dotted with a band the forecast.

    `done` begins with the value of the first label; low, middle and high are the forecast at the last label.
    """

    labels: tuple[str, ...]
    target: Number
    done: tuple[Number, ...]
    done_label: str
    target_label: str
    forecast: tuple[Number, Number, Number] | None = None
    forecast_label: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class FiveSteps:
    """Drawn in a cell: answers from best to worst, the count inside each part."""

    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """Drawn in a cell: ○ median, ● 95 %, a band to 99 %, a bar at the target; `limit` is the end of the axis."""

    median: Number
    p95: Number
    p99: Number
    limit: Number
    target: Number | None = None


@dataclass(frozen=True, slots=True)
class StepKey:
    """In a column head above `FiveSteps`: the words of the steps, with their colours."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """In a column head above `Spread`: evenly spaced axis texts, the first at 0."""

    ticks: tuple[str, ...]


CellDrawing = FiveSteps | Spread
HeadDrawing = StepKey | Scale
