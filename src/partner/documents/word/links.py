"""Bookmarks and links: cells and definitions by their numbers, screens by their addresses."""

import re
from html import escape
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE

from partner.documents.blocks import Document
from partner.documents.links import Anchors, outside

_NO_NAME = re.compile(r"[^A-Za-z0-9]")
_LONGEST = 40  # letters of a bookmark's name


class Marks:
    """The places of one document, each given out once, and the links to them."""

    def __init__(self, document: Document, part: Any) -> None:
        self._anchors = Anchors(document)
        self._part = part
        self._number = 0
        self._outside: dict[str, str] = {}
        self._free = 1

    def place(self, kind: str, name: str, inner: str) -> str:
        """The text with its bookmark, where the name is not taken yet."""
        anchor = self._anchors.place(kind, name)
        return self.bookmark(anchor, inner) if anchor else inner

    def bookmark(self, anchor: str, inner: str) -> str:
        """A bookmark around the text."""
        self._number += 1
        n = self._number
        return f'<w:bookmarkStart w:id="{n}" w:name="{name_of(anchor)}"/>{inner}<w:bookmarkEnd w:id="{n}"/>'

    def inside(self, kind: str, name: str, inner: str) -> str:
        """A link inside the file; the text alone where the place is not in it."""
        target = self._anchors.target(kind, name)
        return self.to(target, inner) if target else inner

    def to(self, anchor: str, inner: str) -> str:
        """A link to a bookmark."""
        return f'<w:hyperlink w:anchor="{name_of(anchor)}" w:history="1">{inner}</w:hyperlink>'

    def out(self, link: str, inner: str) -> str:
        """A link to a screen, or the text alone where it would not work outside the house."""
        address = outside(link)
        if not address or not inner:
            return inner
        if address not in self._outside:
            self._outside[address] = self._related(address)
        return f'<w:hyperlink r:id="{escape(self._outside[address])}" w:history="1">{inner}</w:hyperlink>'

    def _related(self, address: str) -> str:
        """A new relation under the next free name. python-docx would look through all of them for each: for thousands, a minute."""
        rels = self._part.rels
        while (name := f"rId{self._free}") in rels:
            self._free += 1
        rels.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, name, is_external=True)
        return name


def name_of(anchor: str) -> str:
    """A name that Word takes: c-M1-1.07a → c_M1_1_07a."""
    return _NO_NAME.sub("_", anchor)[:_LONGEST]
