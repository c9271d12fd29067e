"""The line above a table or chart: number and name from the left, unit and definitions at the right end."""

from partner.documents.charts.frame import BLUE_900
from partner.documents.excel.ink import Ink, Line
from partner.documents.excel.looks import QUIET, Look
from partner.documents.excel.measure import PITCH, width
from partner.documents.excel.prose import broken

AIR = 20
HEIGHT = 17.0


def title_lines(number: str, name: str, right: Ink, last: int, room: float) -> list[Line]:
    """The rows of the title; a long name goes on in the next one. None for a table without number and name."""
    if not (number or name):
        return []
    text = right.value if isinstance(right.value, str) else ""
    pieces: list[tuple[str, Look]] = [
        (f"{number}　" if number else "", {"bold": True, "font_color": BLUE_900}),
        (name, {"bold": True}),
    ]
    found = []
    for n, part in enumerate(broken(pieces, max(room - width(text, 8) - AIR, room / 3))):
        line = Line(last, height=PITCH if n else HEIGHT)
        line.put(0, Ink(part))
        if not n and text:
            line.put(last, Ink(text, QUIET | {"align": "right"}, right.link, right.tip))
        found.append(line)
    return found
