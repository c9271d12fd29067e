"""How much room texts take, near enough for column widths, line breaks and row heights. All widths are pixels."""

from math import ceil
from unicodedata import east_asian_width

PX_PER_MM, PX_PER_POINT = 96 / 25.4, 96 / 72
TEXT = 10.0  # points
LINE = 1.4  # height of a line, in sizes
HIGHEST = 408.75  # points: Excel takes no higher row
PITCH = 14.25  # points of a row of one line: 19 pixels
LOOK_BACK = 30  # characters within which a better place to break is looked for
_NOT_FIRST = set("、。，．・：；？！）〕］｝〉》」』】％‰°ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.)]}%")
_NOT_LAST = set("（〔［｛〈《「『【([{")


def mm(length: float) -> int:
    """Millimetres as pixels."""
    return round(length * PX_PER_MM)


def width(text: str, size: float = TEXT, bold: bool = False) -> float:
    """Of the longest line."""
    return max(sum(_widths(line, size, bold)) for line in text.split("\n"))


def _widths(text: str, size: float, bold: bool) -> list[float]:
    em = size * PX_PER_POINT
    half = em * (0.61 if bold else 0.575)
    return [half if character.isascii() or east_asian_width(character) not in "WFA" else em for character in text]


def lines(text: str, room: float, size: float = TEXT, bold: bool = False) -> list[str]:
    """A text broken to fit, never before a closing mark nor after an opening one, words of letters whole."""
    return [line for part in text.split("\n") for line in _broken(part, room, size, bold)]


def _broken(text: str, room: float, size: float, bold: bool) -> list[str]:
    widths, start = _widths(text, size, bold), 0
    found: list[str] = []
    while (end := _reach(widths, start, room)) < len(text):
        end = next((at for at in range(end, max(end - LOOK_BACK, start), -1) if _may_break(text, at)), end)
        found.append(text[start:end])
        start = end
    return [*found, text[start:]]


def _reach(widths: list[float], start: int, room: float) -> int:
    """Where the room ends; one character always fits, or nothing would ever."""
    used, end = 0.0, start
    while end < len(widths) and (used := used + widths[end]) <= room:
        end += 1
    return max(end, min(start + 1, len(widths)))


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at : at + 1]
    joined = before.isascii() and after.isascii() and not before.isspace() and not after.isspace()
    return after not in _NOT_FIRST and before not in _NOT_LAST and not (after and joined)


def height(count: int, size: float = TEXT) -> float:
    """Points that a row of so many lines needs; one line is the pitch of the tables. Other fonts may need more."""
    count += count // 8
    return max(PITCH, 3 + count * size * LINE) if count > 1 else max(PITCH, 2 + size * 1.2)


def on_screen(height: float) -> float:
    """Points as Excel keeps them, three quarters to a pixel. 15 is the default: XlsxWriter would leave it to Excel."""
    whole = ceil(min(height, HIGHEST) / 0.75) * 0.75
    return whole if whole != 15 else 15.75
