"""Which characters the embedded font has. PDF/A refuses unknown ones, so they are replaced before and listed after."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent / "fonts"
GETA = "〓"  # the printer's mark for a character that is not in the case
_KANA_WITH_MARK = re.compile("[\u3041-\u30ff][\u3099\u309a]")
# Selectors and joiners draw nothing themselves; without the character they belong to they say nothing either.
_INVISIBLE = re.compile("[\ufe00-\ufe0f\u200b-\u200d\u2060\ufeff\U000e0100-\U000e01ef\r]")


@cache
def covered() -> frozenset[int]:
    """The code points that both weights of the font have."""
    regular, bold = (_characters(FONTS / name) for name in ("NotoSansJP_400Regular.ttf", "NotoSansJP_700Bold.ttf"))
    return regular & bold


def _characters(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap() or {})


class Typesetter:
    """Makes text printable and remembers what it had to replace."""

    def __init__(self) -> None:
        self._missing: set[str] = set()

    def clean(self, text: str) -> str:
        """The text with only characters the font has; 〓 for each other one."""
        if text.isascii() and text.isprintable():
            return text
        text = _KANA_WITH_MARK.sub(lambda pair: unicodedata.normalize("NFC", pair.group()), text)
        text = _INVISIBLE.sub(self._dropped, text).replace("\t", " ")
        return "".join(c if ord(c) in covered() or c == "\n" else self._replaced(c) for c in text)

    def _dropped(self, found: re.Match[str]) -> str:
        if found.group() != "\r":
            self._missing.add(found.group())
        return ""

    def _replaced(self, character: str) -> str:
        self._missing.add(character)
        return GETA

    @property
    def missing(self) -> tuple[str, ...]:
        """What was replaced or left out, as U+XXXX in order."""
        return tuple(f"U+{ord(c):04X}" for c in sorted(self._missing))
