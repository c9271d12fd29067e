"""How much room texts take, near enough for column widths, line breaks and row heights. All widths are pixels."""

from unicodedata import east_asian_width

PX_PER_MM = 96 / 25.4
PX_PER_POINT = 96 / 72
TEXT = 10.0  # points
LINE = 1.4  # height of a line, in sizes
PITCH = 14.25  # points of a row of one line: 19 pixels
_NOT_FIRST = set("、。，．・：；？！）〕］｝〉》」』】％‰°ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.)]}%")
_NOT_LAST = set("（〔［｛〈《「『【([{")


def mm(length: float) -> int:
    """Millimetres as pixels."""
    return round(length * PX_PER_MM)


def width(text: str, size: float = TEXT, bold: bool = False) -> float:
    """Of the longest line."""
    half = 0.61 if bold else 0.575
    em = size * PX_PER_POINT
    return max(sum(em if east_asian_width(c) in "WFA" else em * half for c in line) for line in text.split("\n"))


def lines(text: str, room: float, size: float = TEXT, bold: bool = False) -> list[str]:
    """A text broken to fit, never before a closing mark nor after an opening one, words of letters whole."""
    return [line for part in text.split("\n") for line in _broken(part, room, size, bold)]


def _broken(text: str, room: float, size: float, bold: bool) -> list[str]:
    found: list[str] = []
    while text and width(text, size, bold) > room:
        end = _fitting(text, room, size, bold)
        found.append(text[:end])
        text = text[end:]
    return [*found, text] if text or not found else found


def _fitting(text: str, room: float, size: float, bold: bool) -> int:
    used, end = 0.0, 0
    while end < len(text) and (used := used + width(text[end], size, bold)) <= room:
        end += 1
    for at in range(end, max(end - 30, 0), -1):
        if _may_break(text, at):
            return at
    return max(end, 1)


def _may_break(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at : at + 1]
    joined = before.isascii() and after.isascii() and not before.isspace() and not after.isspace()
    return after not in _NOT_FIRST and before not in _NOT_LAST and not (after and joined)


def height(count: int, size: float = TEXT) -> float:
    """Points that a row of so many lines needs; one line is the pitch of the tables. Other fonts may need more."""
    count += count // 8
    return max(PITCH, 3 + count * size * LINE) if count > 1 else max(PITCH, 2 + size * 1.25)
