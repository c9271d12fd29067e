"""What a finished file says of each cell: its address and the text that is printed there."""

import csv
import re
from io import BytesIO, StringIO
from typing import Any

from lxml import etree, html

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NAMED = re.compile(r"([A-Z]\d+)_(\d+)_(\d{2,3}[a-z]+)")
_PLACE = re.compile(r"c_([A-Z]\d+)_(\d+)_(\d{2,3}[a-z]*)")


def of_html(text: str) -> dict[str, str]:
    """From the one-file page."""
    found = {}
    for cell in html.fromstring(text).xpath("//td[starts-with(@id, 'c-')]"):
        for mark in cell.xpath(".//*[contains(@class, 'doc-mark') or self::svg]"):
            mark.drop_tree()
        found[cell.get("id")[2:]] = "".join(cell.itertext()).strip()
    return found


def of_docx(content: bytes) -> dict[str, str]:
    """From the bookmarks of the Word file."""
    from zipfile import ZipFile

    tree = etree.fromstring(ZipFile(BytesIO(content)).read("word/document.xml"), etree.XMLParser(huge_tree=True))
    found = {}
    for start in tree.iter(f"{W}bookmarkStart"):
        if match := _PLACE.fullmatch(start.get(f"{W}name")):
            found["{}-{}.{}".format(*match.groups())] = _between(start)
    return found


def _between(start: Any) -> str:
    words, here = [], start.getnext()
    while here is not None and here.tag != f"{W}bookmarkEnd":
        for run in here.iter(f"{W}r"):
            style = run.find(f"{W}rPr/{W}rStyle")
            if style is None or style.get(f"{W}val") != "PCMark":
                words.append("".join(run.itertext(f"{W}t")))
        here = here.getnext()
    return "".join(words).strip()


def of_xlsx(content: bytes) -> dict[str, str]:
    """From the named cells of the workbook, as Excel would show them."""
    from tests.documents.excel.book_facts import displayed, opened

    book = opened(content)
    found = {}
    for name in book.book.defined_names:
        if match := _NAMED.fullmatch(name):
            cell = book.named(name)
            shown = cell.value if isinstance(cell.value, str) else displayed(cell.value, cell.number_format)
            found["{}-{}.{}".format(*match.groups())] = str(shown).strip()
    return found


def of_csv(content: bytes) -> dict[str, str]:
    """From cells.csv: the value where there is one, else the state."""
    rows = csv.DictReader(StringIO(content.decode("utf-8-sig")))
    return {row["セル番号"]: row["値"] or row["状態"] for row in rows if row["セル番号"]}


def plain(text: str) -> str:
    """A printed number as a datum: no thousands, no plus, a plain minus."""
    return text.replace(",", "").replace("+", "").replace("±", "").replace("−", "-")
