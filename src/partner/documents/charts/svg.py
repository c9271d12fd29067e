"""A small SVG writer. Presentation attributes only: the pages' content policy refuses a `style` attribute."""

from dataclasses import dataclass
from html import escape
from unicodedata import east_asian_width

FONTS = "Noto Sans JP, BIZ UDPGothic, Hiragino Sans, Meiryo, sans-serif"
Point = tuple[float, float]


def number(value: float) -> str:
    """A coordinate with two decimals at most, so that equal drawings are equal bytes."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def text_width(text: str, size: float) -> float:
    """How wide a text runs in Noto Sans JP, near enough to keep labels apart."""
    return sum(size if east_asian_width(c) in "WFA" else size * 0.57 for c in text)


@dataclass(frozen=True, slots=True)
class Picture:
    """A small drawing for a cell: its SVG, its sentence, and the width at which its text has its size."""

    svg: str
    alt: str
    width: float


class Drawing:
    """Collects shapes and writes them as one SVG picture."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._parts: list[str] = []

    def line(self, start: Point, end: Point, colour: str, width: float, dash: str = "") -> None:
        """A straight line."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<line x1="{number(start[0])}" y1="{number(start[1])}" x2="{number(end[0])}" y2="{number(end[1])}"'
            f' stroke="{colour}" stroke-width="{number(width)}"{dashes}/>'
        )

    def rect(self, x: float, y: float, width: float, height: float, fill: str, stroke: str = "") -> None:
        """A rectangle; nothing is drawn for one without extent."""
        if width <= 0 or height <= 0:
            return
        border = f' stroke="{stroke}" stroke-width="{number(0.002 * self.width)}"' if stroke else ""
        self._parts.append(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
            f' fill="{fill}"{border}/>'
        )

    def circle(self, centre: Point, radius: float, fill: str, stroke: str, width: float) -> None:
        """A round marker."""
        self._parts.append(
            f'<circle cx="{number(centre[0])}" cy="{number(centre[1])}" r="{number(radius)}" fill="{fill}"'
            f' stroke="{stroke}" stroke-width="{number(width)}"/>'
        )

    def path(self, points: list[Point], colour: str, width: float, dash: str = "") -> None:
        """A line through points."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<polyline points="{_points(points)}" fill="none" stroke="{colour}" stroke-width="{number(width)}"'
            f' stroke-linejoin="round" stroke-linecap="round"{dashes}/>'
        )

    def area(self, points: list[Point], fill: str) -> None:
        """A filled polygon."""
        self._parts.append(f'<polygon points="{_points(points)}" fill="{fill}"/>')

    def hatch(self, x: float, y: float, width: float, height: float, colour: str, gap: float) -> None:
        """Diagonal lines in a frame: a gap in the data. Own lines, not a pattern: patterns need ids, ids collide."""
        self.rect(x, y, width, height, "#ffffff", colour)
        step = gap
        while step < width + height:
            start = (x + max(0.0, step - height), y + min(height, step))
            end = (x + min(width, step), y + max(0.0, step - width))
            self.line(start, end, colour, gap / 6)
            step += gap

    def text(self, at: Point, text: str, size: float, colour: str, anchor: str = "start", bold: bool = False) -> None:
        """A line of text on its baseline."""
        if not text:
            return
        weight = ' font-weight="700"' if bold else ""
        side = f' text-anchor="{anchor}"' if anchor != "start" else ""
        self._parts.append(
            f'<text x="{number(at[0])}" y="{number(at[1])}" font-size="{number(size)}" fill="{colour}"{side}{weight}>'
            f"{escape(text, quote=False)}</text>"
        )

    def value(self, at: Point, text: str, size: float, colour: str, anchor: str = "middle") -> None:
        """A printed number: bold, on a white ground so that no grid line runs through it."""
        width = text_width(text, size)
        left = at[0] - {"start": 0, "middle": width / 2, "end": width}[anchor]
        self.rect(left - size * 0.1, at[1] - size * 0.82, width + size * 0.2, size * 0.94, "#ffffff")
        self.text(at, text, size, colour, anchor, bold=True)

    def picture(self, alt: str, kind: str) -> Picture:
        """The drawing for a cell."""
        return Picture(self.finish(alt, kind), alt, round(self.width, 2))

    def finish(self, alt: str, kind: str = "chart") -> str:
        """The picture, with its sentence for those who do not see it."""
        width, height = number(self.width), number(self.height)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="doc-{kind}" role="img" viewBox="0 0 {width} {height}"'
            f' width="{width}" height="{height}" font-family="{FONTS}"><title>{escape(alt, quote=False)}</title>'
            + "".join(self._parts)
            + "</svg>"
        )


def _points(points: list[Point]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)
