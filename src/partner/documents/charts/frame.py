"""What all charts share: colours, media, scales, the axis."""

from dataclasses import dataclass, replace
from math import ceil, floor, log10

from partner.documents.charts.svg import Drawing, number, text_width

BLUE_900, BLUE_800, BLUE_300, BLUE_200 = "#0017c1", "#0031d8", "#9db7f9", "#c5d7fb"
BLUE_1000, BLUE_600 = "#00118f", "#3460fb"
ORANGE_900, ORANGE_400, ORANGE_50 = "#ac3e00", "#ff8d44", "#ffeee2"
GRAY_900, GRAY_800, GRAY_700, GRAY_600 = "#1a1a1a", "#333333", "#4d4d4d", "#666666"
GRAY_500, GRAY_200, WHITE = "#767676", "#cccccc", "#ffffff"

MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Medium:
    """Where a chart is read: its width and its text sizes, in points on paper and pixels on a screen."""

    width: float
    height: float
    size: float
    small: float
    hair: float
    axis: float
    stroke: float
    stacked: bool = False

    def dash(self, on: float, off: float) -> str:
        """A dash pattern in widths of the line, so that it stays one on every medium."""
        return f"{number(self.stroke * on)} {number(self.stroke * off)}"

    def as_wide_as(self, width: float) -> "Medium":
        """The same sizes on another width: text never shrinks with its chart."""
        return replace(self, width=width, height=self.height * (0.75 if width < self.width else 1))


PAPER = Medium(width=170 * MM, height=172, size=7, small=5.8, hair=0.3, axis=0.6, stroke=1.3)
SCREEN = Medium(width=680, height=290, size=14, small=14, hair=1, axis=1, stroke=2.2)
TABLET = Medium(width=440, height=270, size=14, small=14, hair=1, axis=1, stroke=2.2, stacked=True)
NARROW = Medium(width=288, height=240, size=14, small=14, hair=1, axis=1, stroke=2.2, stacked=True)
MEDIA = {"paper": PAPER, "screen": SCREEN, "tablet": TABLET, "narrow": NARROW}


def ticks(low: float, high: float, most: int = 4) -> list[float]:
    """The rounded values inside a range: the finest step of 1, 2, 2.5 or 5 that needs no more than `most` lines."""
    span = high - low or 1
    power = floor(log10(span)) - 1
    for exponent in range(power, power + 3):
        for factor in (1, 2, 2.5, 5):
            step = factor * 10.0**exponent
            found = range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)
            if len(found) <= most and (step >= 1 or span < most):
                return [round(n * step, 6) for n in found]
    return [low, high]


def printed(value: float, decimals: int = 0) -> str:
    """A number as charts print it: thousands separated, minus as U+2212."""
    return f"{value:,.{decimals}f}".replace("-", "−")


def tick_texts(values: list[float]) -> list[str]:
    """Axis texts with as many decimals as the steps need."""
    decimals = next((d for d in (0, 1, 2) if all(round(v, d) == v for v in values)), 3)
    return [printed(v, decimals) for v in values]


def thinned(labels: tuple[str, ...], slot: float, size: float) -> list[str]:
    """Labels with as many blanked as it takes for the rest not to touch; the last one always stays."""
    widest = max((text_width(label, size) for label in labels if label), default=0)
    step = max(1, ceil((widest + size * 0.4) / slot)) if all(labels) else 1
    return [label if (len(labels) - 1 - n) % step == 0 else "" for n, label in enumerate(labels)]


def outliers(values: list[float | None]) -> set[int]:
    """Positions worth a printed number: the first, the highest and the last that have a value."""
    known = [n for n, value in enumerate(values) if value is not None]
    if not known:
        return set()
    return {known[0], known[-1], max(known, key=lambda n: values[n] or 0)}


def as_float(value: object) -> float | None:
    """A chart value for drawing; None stays a gap."""
    return None if value is None else float(str(value))


@dataclass(frozen=True, slots=True)
class Plot:
    """The drawing area: maps values to heights and slots to the right."""

    drawing: Drawing
    medium: Medium
    left: float
    right: float
    top: float
    bottom: float
    low: float
    high: float

    def y(self, value: float) -> float:
        """The height of a value."""
        span = (self.high - self.low) or 1
        return self.bottom - (value - self.low) / span * (self.bottom - self.top)

    def slot(self, count: int) -> float:
        """The width of one of so many equal slots."""
        return (self.right - self.left) / max(1, count)

    def grid(self, values: list[float], texts: list[str]) -> None:
        """Grid lines with their texts at the left."""
        medium = self.medium
        for value, text in zip(values, texts, strict=True):
            y = self.y(value)
            self.drawing.line((self.left, y), (self.right, y), GRAY_200, medium.hair)
            self.drawing.text(
                (self.left - medium.size * 0.6, y + medium.size * 0.35), text, medium.size, GRAY_600, "end"
            )

    def axis(self, value: float) -> None:
        """The line on which bars stand."""
        self.drawing.line((self.left, self.y(value)), (self.right, self.y(value)), GRAY_800, self.medium.axis)

    def below(self, labels: tuple[str, ...], y: float, last_bold: bool = True) -> None:
        """Labels under the slots."""
        slot = self.slot(len(labels))
        for n, label in enumerate(thinned(labels, slot, self.medium.size)):
            last = last_bold and n == len(labels) - 1
            at = (self.left + slot * (n + 0.5), y)
            self.drawing.text(at, label, self.medium.size, GRAY_900 if last else GRAY_600, "middle", last)
