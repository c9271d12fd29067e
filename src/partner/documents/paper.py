"""How the pages of a document lie, and how wide a photograph stands on them."""

from __future__ import annotations

from collections.abc import Iterator

from partner.documents.blocks import Block, Section
from partner.documents.pictures import Picture

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
