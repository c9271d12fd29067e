"""How the pages of a document lie, and what of a photograph or an original stands on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from partner.documents.blocks import Block, KeyValues, Run, Section, plain
from partner.documents.originals import Original, Sheet, sheets_of
from partner.documents.pictures import Picture, PictureKind

Room = tuple[float, float]  # millimetres of text across and down
PORTRAIT, LANDSCAPE = (170.0, 254.0), (254.0, 170.0)  # the margins turn with the page
GUTTER = 6.0  # millimetres between two photographs
_HIGHEST = 0.55  # of the page: a photograph and what is said of it stand together


def oriented(blocks: tuple[Block, ...]) -> Iterator[tuple[bool, Block]]:
    """Every block, and whether its page lies on its side."""
    turned = False
    for block in blocks:
        if isinstance(block, Section):
            turned = block.landscape
        yield turned, block


def room_of(turned: bool) -> Room:
    """The room for text of a page."""
    return LANDSCAPE if turned else PORTRAIT


def photograph_width(picture: Picture, width: float, turned: bool, *, beside: bool = False) -> float:
    """How many millimetres wide a photograph stands, alone or one of two."""
    room = (width - GUTTER) / 2 if beside else width
    return round(picture.within(room, room_of(turned)[1] * _HIGHEST), 3)


@dataclass
class PictureFiles:
    """The files that the typesetter reads, by name; the same picture is one file."""

    contents: dict[str, bytes] = field(default_factory=dict)
    _names: dict[bytes, str] = field(default_factory=dict)

    def take(self, content: bytes, kind: PictureKind) -> str:
        """The name of the file."""
        if content not in self._names:
            self._names[content] = f"picture-{len(self._names) + 1}.{kind}"
            self.contents[self._names[content]] = content
        return self._names[content]


def original_pages(original: Original, words: dict[str, str]) -> Iterator[tuple[Sheet, str, str, str]]:
    """Each page as a picture, with what stands at its left and right, and what is said of it."""
    name = f"{words['original']} {original.label}"
    for n, sheet in enumerate(sheets_of(original), 1):
        of = words["page_of"].format(page=n, pages=original.pages)
        yield sheet, name, of, f"{name} {of}"


def told(original: Original, words: dict[str, str]) -> KeyValues:
    """What stands of an original where its pages are not shown."""
    pages = words["pages"].format(pages=original.pages)
    return KeyValues(
        (
            (
                words["original"],
                (Run(original.label, bold=True), *plain(f"　{pages}\nSHA-256 {original.digest.lower()}")),
            ),
        )
    )


def of_original(original: Original, words: dict[str, str]) -> Picture | None:
    """An original that is a picture, where those are shown."""
    if original.kind == "pdf":
        return None
    return Picture(original.content, original.kind, f"{words['original']} {original.label}", "", PORTRAIT[0])
