"""The look of cells: each set of properties becomes one format of the workbook, however often it is used."""

from typing import Any

from partner.documents.charts.frame import (
    BLUE_900,
    GRAY_200,
    GRAY_600,
    GRAY_700,
    GRAY_800,
    GRAY_900,
    ORANGE_50,
    ORANGE_900,
    WHITE,
)
from partner.documents.tables import Chip

FONT = "游ゴシック"
BLUE_50, BLUE_100, GRAY_50 = "#e8f1fe", "#d9e6ff", "#f2f2f2"
Look = dict[str, Any]

THIN, MEDIUM, DASHED = 1, 2, 3
QUIET: Look = {"font_size": 8, "font_color": GRAY_600}
SMALL: Look = {"font_size": 8.5, "font_color": GRAY_700}
MARK: Look = {"font_size": 7, "bold": True, "font_color": BLUE_900, "align": "left"}
MISSING: Look = {
    "bold": True,
    "font_color": ORANGE_900,
    "bg_color": ORANGE_50,
    "border": DASHED,
    "border_color": ORANGE_900,
}
CHIPS: dict[Chip, Look] = {
    "met": {"font_color": BLUE_900, "border_color": BLUE_900},
    "expected": {"font_color": BLUE_900, "border_color": BLUE_900},
    "attention": {"font_color": ORANGE_900, "border_color": ORANGE_900, "bg_color": ORANGE_50},
    "missed": {"font_color": WHITE, "border_color": ORANGE_900, "bg_color": ORANGE_900},
    "unset": {"font_color": GRAY_700, "border_color": GRAY_600},
    "provisional": {"font_color": GRAY_800, "border_color": GRAY_800},
}
CHIP: Look = {"bold": True, "font_size": 9, "align": "center", "border": THIN}


def rule(side: str, weight: int = THIN, colour: str = GRAY_200) -> Look:
    """A line along one side of a cell."""
    return {side: weight, f"{side}_color": colour}


def prefixed(text: str) -> Look:
    """Excel's own mark for a text that begins like a formula: it stays one when somebody edits the cell."""
    return {"quote_prefix": True} if text.startswith(("=", "+", "-", "@")) else {}


HAIR = rule("bottom")
STRONG_RULE = rule("bottom", THIN, GRAY_800)
END_RULE = rule("bottom", MEDIUM, GRAY_900)


class Looks:
    """The formats of one workbook."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, look: Look) -> Any:
        """The format for a look. Borders all round give way to nothing: a frame is a state."""
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            self._formats[key] = self._workbook.add_format({"valign": "vcenter"} | _framed(look))
        return self._formats[key]


def _framed(look: Look) -> Look:
    """A frame wins over the rules between rows; XlsxWriter would take whichever is set last."""
    if "border" not in look:
        return look
    sides = ("top", "bottom", "left", "right", "top_color", "bottom_color")
    return {name: value for name, value in look.items() if name not in sides}
