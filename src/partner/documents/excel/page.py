"""Print setup: A4 landscape, one page wide, what stands above and below every page."""

from typing import Any

from partner.documents.blocks import Document
from partner.documents.excel.looks import FONT
from partner.documents.excel.measure import mm
from partner.documents.words import words_of

A4 = 9
SIDES, TOP, BOTTOM, EDGE = 12.0, 15.0, 13.0, 7.0  # mm
WIDTH = mm(345)  # pixels: at 79 % on A4, so that 10 points print as 8
_INCH = 25.4
_LONGEST = 255


def page_height(width: int) -> float:
    """How many points of rows a page takes when so many pixels fill its width."""
    scale = min(1.0, mm(297 - 2 * SIDES) / width)
    return (210 - TOP - BOTTOM) / _INCH * 72 / scale - 8


def set_up(sheet: Any, document: Document) -> None:
    """Paper, margins, header and footer."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(SIDES / _INCH, SIDES / _INCH, TOP / _INCH, BOTTOM / _INCH)
    sheet.set_header(_header(document), {"margin": EDGE / _INCH})
    sheet.set_footer(_footer(document), {"margin": EDGE / _INCH})
    sheet.hide_gridlines(2)


def _header(document: Document) -> str:
    right = _grey(document.header_right)
    if document.draft:
        right = f'&9&"{FONT},Bold"&KAC3E00{words_of(document.language)["draft"]}'
    return _joined("&L", _grey(document.header_left), "&R", right)


def _footer(document: Document) -> str:
    pages = f'&9&"{FONT},Regular"&K1A1A1A&P ／ &N'
    return _joined("&L", _grey(document.footer_left), "&C", pages, "&R", _grey(document.footer_right))


def _grey(text: str) -> str:
    """The size stands before the font's name: digits at the text's beginning would be read as part of it."""
    plain = " ".join(text.split("\n"))
    return f'&8&"{FONT},Regular"&K666666{plain.replace("&", "&&")}' if plain else ""


def _joined(*parts: str) -> str:
    """Excel refuses more than 255 characters: the longest part gives way, and shows it."""
    found = list(parts)
    while len("".join(found).encode("utf-16-le")) // 2 > _LONGEST:
        longest = max(range(len(found)), key=lambda n: len(found[n]))
        found[longest] = found[longest].rstrip("…")[:-1].removesuffix("&") + "…"
    return "".join(found)
