"""Where pages turn in Word: each stretch ends with a section of its own, which keeps the template's margins and running heads."""

from copy import deepcopy
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

_MARGINS = (("top", "left"), ("right", "top"), ("bottom", "right"), ("left", "bottom"))  # of a page turned to the right


class Paper:
    """The template's page, and its ends. The first end is that of the cover, whose first page has no running heads."""

    def __init__(self, last: Any) -> None:
        self._last = last
        self._model = deepcopy(last)
        self._ends = 0

    def end(self, *, turned: bool) -> str:
        """What ends the pages that stand before it, as XML."""
        found = self._section(turned, first=self._ends == 0)
        self._ends += 1
        return str(etree.tostring(found, encoding="unicode"))

    def finish(self, *, turned: bool) -> None:
        """The end of the document, which the template has already."""
        if self._ends or turned:
            parent = self._last.getparent()
            parent.replace(self._last, self._section(turned, first=self._ends == 0))

    def _section(self, turned: bool, *, first: bool) -> Any:
        found = deepcopy(self._model)
        if not first:
            for one in (*found.findall(qn("w:titlePg")), *found.findall(qn("w:type"))):
                found.remove(one)
        if turned:
            _turn(found)
        return found


def _turn(section: Any) -> None:
    size, edges = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    wide, high = size.get(qn("w:w")), size.get(qn("w:h"))
    size.set(qn("w:w"), high)
    size.set(qn("w:h"), wide)
    size.set(qn("w:orient"), "landscape")
    old = {side: edges.get(qn(f"w:{side}")) for side, _ in _MARGINS}
    for side, before in _MARGINS:
        edges.set(qn(f"w:{side}"), old[before])
