"""What a finished PDF claims and carries, read back by other libraries than the one that wrote it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf
import pypdfium2


@dataclass
class Facts:
    """Facts about one PDF."""

    pages: list[str]
    language: str
    tagged: bool
    archive: str
    accessible: str
    embedded: set[str] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)
    tags: Counter[str] = field(default_factory=Counter)
    summaries: list[str] = field(default_factory=list)
    row_heads: int = 0
    alternatives: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    title: str = ""

    @property
    def text(self) -> str:
        """All pages' text without line ends."""
        return "".join(self.pages).replace("\r", "").replace("\n", "")


def facts_of(pdf: bytes) -> Facts:
    """Opens the file and reads it back."""
    with pikepdf.open(BytesIO(pdf)) as file:
        xmp = file.Root.Metadata.read_bytes().decode()
        found = Facts(
            pages=_texts(pdf),
            language=str(file.Root.Lang),
            tagged=bool(file.Root.MarkInfo.Marked),
            archive="".join(re.findall(r'pdfaid:(?:part|conformance)[>="]+\s*(\w)', xmp)),
            accessible="".join(re.findall(r'pdfuaid:part[>="]+\s*(\w)', xmp)),
            title=str(file.docinfo.get("/Title", "")),
        )
        for page in file.pages:
            _page(page, found)
        for element in _elements(file.Root.StructTreeRoot):
            _element(element, found)
        with file.open_outline() as outline:
            found.bookmarks = [item.title for item in outline.root]
    return found


def _texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range() for page in document]


def _page(page: pikepdf.Page, found: Facts) -> None:
    for font in (page.resources.get("/Font") or {}).values():
        described = font.get("/DescendantFonts", [font])[0].get("/FontDescriptor")
        held = described is not None and any(key in described for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        (found.embedded if held else found.missing).add(str(font.BaseFont).split("+")[-1])
    for note in page.get("/Annots") or []:
        action = note.get("/A")
        found.links.append(str(action.URI) if action is not None and "/URI" in action else "inside")


def _element(element: pikepdf.Object, found: Facts) -> None:
    found.tags[str(element.S)] += 1
    if "/Alt" in element:
        found.alternatives.append(str(element.Alt))
    for attributes in _list(element.get("/A")):
        if "/Summary" in attributes:
            found.summaries.append(str(attributes.Summary))
        if str(attributes.get("/Scope", "")) == "/Row":
            found.row_heads += 1


def _list(value: pikepdf.Object | None) -> list[pikepdf.Object]:
    if value is None:
        return []
    return [v for v in value if isinstance(v, pikepdf.Dictionary)] if isinstance(value, pikepdf.Array) else [value]


def _elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for child in _list(element.get("/K")):
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from _elements(child)
