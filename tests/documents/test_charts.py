"""Charts: valid SVG without styles or ids, readable text, gaps that no line crosses."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from partner.documents.blocks import FlowChart, FlowPoint, LineChart, LinePanel, Series, WalkChart, WalkStep
from partner.documents.charts import MediumName, draw, draw_cell, draw_head, draw_sparkline
from partner.documents.charts.frame import printed, thinned, tick_texts, ticks
from partner.documents.plots import Chart, FiveSteps, Scale, Spread, StepKey
from tests.documents.sample_charts import DAILY, GAPPED, GOAL, LOST, POSTED, RANKED, WALK
from tests.documents.sample_people import FLOWS, LEVELS

CHARTS = [FLOWS, LEVELS, DAILY, GAPPED, GOAL, LOST, POSTED, RANKED, WALK]
SMALLEST = {"paper": 5.8, "screen": 14, "tablet": 14, "narrow": 14}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: f"{type(chart).__name__}-{chart.number}")
@pytest.mark.parametrize("medium", ["paper", "screen", "tablet", "narrow"])
def test_every_chart_on_every_medium(chart: Chart, medium: MediumName) -> None:
    svg = draw(chart, medium)
    root = ElementTree.fromstring(svg)  # noqa: S314 our own text
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == chart.alt
    assert not re.search(r"\b(style|id|onload)=|<script|<style|url\(", svg)
    sizes = [float(size) for text in root.iter(f"{SVG}text") if (size := text.get("font-size"))]
    assert min(sizes) >= SMALLEST[medium]
    assert draw(chart, medium) == svg


def test_a_narrower_place_does_not_shrink_the_text() -> None:
    half = draw(FLOWS, "paper", 229.6)
    assert 'width="229.6"' in half
    assert 'font-size="7"' in half


def test_text_is_escaped() -> None:
    chart = FlowChart("1", "<b>", "&", 'a < b & "c"', (FlowPoint("<x>", 1, 1), FlowPoint("&", 2, 1)), "<in>", "<out>")
    root = ElementTree.fromstring(draw(chart))  # noqa: S314 our own text
    assert "<in>" in [text.text for text in root.iter(f"{SVG}text")]


def test_no_line_crosses_a_gap() -> None:
    chart = LineChart("1", "", "", "", (LinePanel("", ("a", "b", "c", "d", "e"), (Series((1, 2, None, 4, 5)),)),))
    svg = draw(chart)
    assert len(re.findall("<polyline", svg)) == 2
    assert "欠測" in svg


def test_first_highest_and_last_are_printed() -> None:
    svg = draw(FLOWS)
    for value in ("475", "630", "520", "211", "386", "244"):
        assert f">{value}</text>" in svg
    assert ">593</text>" not in svg


def test_a_walk_says_that_its_axis_does_not_begin_at_zero() -> None:
    assert "縦軸は0から始まらない（28,362から）" in draw(WALK, "screen")


def test_a_walk_from_nothing_stands_on_zero() -> None:
    steps = (WalkStep("始", 0, "end"), WalkStep("新規", 5, "plus"), WalkStep("終", 5, "end"))
    assert "始まらない" not in draw(WalkChart("", "", "", "", steps))


@pytest.mark.parametrize(
    "points", [(), (FlowPoint("1", None, None),), (FlowPoint("1", 0, 0), FlowPoint("2", Decimal("0.5"), None))]
)
def test_empty_and_odd_values_are_drawn(points: tuple[FlowPoint, ...]) -> None:
    drawing = draw(FlowChart("1", "", "", "空", points))
    assert ElementTree.fromstring(drawing).tag.endswith("svg")  # noqa: S314 our own text
    assert "空" in drawing
    assert "nan" not in drawing.lower()


def test_series_without_any_value() -> None:
    chart = LineChart("1", "", "", "空", (LinePanel("", ("a", "b"), (Series((None, None)),)),))
    ElementTree.fromstring(draw(chart))  # noqa: S314 our own text
    assert "circle" not in draw_sparkline((None, None), "空").svg
    assert draw_sparkline((3, 3, 3), "同じ").svg.count("circle") == 2


def test_pictures_in_cells() -> None:
    steps = draw_cell(FiveSteps((13, 8, 2, 1, 0)), 200, 7)
    assert steps.svg.count("<rect") == 4
    assert steps.alt == "13、8、2、1、0"
    spread = draw_cell(Spread(780, 3120, 5480, 6000, target=3000), 100, 6.5)
    assert "#ac3e00" in spread.svg
    assert "やや満足" in draw_head(StepKey(("満足", "やや満足")), 200, 5.8).svg
    assert "3,000" in draw_head(Scale(("0", "3,000", "6,000")), 100, 6).svg


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 630, [0, 200, 400, 600]),
        (-386, 630, [-250, 0, 250, 500]),
        (27735, 28510, [27800, 28000, 28200, 28400]),
        (0, 1, [0, 0.5, 1]),
        (0, 3, [0, 1, 2, 3]),
        (99.7, 99.95, [99.7, 99.8, 99.9]),
        (0, 0, [0]),
    ],
)
def test_ticks_are_round_and_few(low: float, high: float, expected: list[float]) -> None:
    assert ticks(low, high) == expected


def test_numbers_as_printed() -> None:
    assert printed(-1234.5, 1) == "−1,234.5"
    assert tick_texts([0.0, 0.5, 1.0]) == ["0.0", "0.5", "1.0"]
    assert thinned(("10月", "11", "12", "1月"), 12, 7) == ["", "11", "", "1月"]


def test_neighbouring_gaps_share_one_label_and_a_partial_value_is_ringed_not_joined() -> None:
    values = (3, 4, None, None, 5, 2, 6)
    panel = LinePanel("", ("",) * 7, (Series(values, partial=frozenset({5})),), from_zero=True)
    svg = draw(LineChart("", "線", "件", "線", (panel,), gap_label="データなし"), "screen")
    assert svg.count(">データなし<") == 1
    assert svg.count(">一部<") == 1
    assert len(re.findall("<polyline", svg)) == 1, "3-4 is a line; 5 and 6 stand alone beside what is not whole"
    assert svg.count("<circle") == 3, "first, last and the ring"
