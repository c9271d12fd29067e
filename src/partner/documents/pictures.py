"""Photographs: what a picture must be to be taken, and what of it leaves the house: no metadata, no more dots than paper shows."""

from __future__ import annotations

from dataclasses import dataclass, field

from partner.documents.dots import PictureKind, opened, written

LONGEST = 1600  # dots of the longer side that is kept: 240 an inch over the whole width of the text


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph `width` millimetres wide. `alt` says what it shows to those who do not see it; `caption` may be empty.

    `shown` is the picture written anew: upright, in sRGB, without EXIF (a camera's place and owner), at most 1600 dots
    long; `size` its dots across and down. Raises ValueError for anything that is no such picture.
    """

    content: bytes = field(repr=False)
    kind: PictureKind
    alt: str
    caption: str
    width: float
    shown: bytes = field(init=False, repr=False, compare=False, default=b"")
    size: tuple[int, int] = field(init=False, repr=False, compare=False, default=(0, 0))

    def __post_init__(self) -> None:
        """A picture that cannot be shown, or says nothing to a screen reader, is refused before a document is made of it."""
        if not self.alt.strip():
            raise ValueError("a picture needs an alternative text")
        if not 0 < self.width < 1000:
            raise ValueError(f"a picture of {self.width} mm cannot be placed")
        image = opened(self.content, self.kind, LONGEST)
        object.__setattr__(self, "shown", written(image, self.kind))
        object.__setattr__(self, "size", image.size)

    def within(self, width: float, height: float) -> float:
        """How many millimetres wide it stands where there is no more room than that."""
        across, down = self.size
        return min(self.width, width, height * across / down)


@dataclass(frozen=True, slots=True)
class Pictures:
    """Photographs two by two, each with its caption below."""

    entries: tuple[Picture, ...]

    def __post_init__(self) -> None:
        """No picture is no block."""
        if not self.entries:
            raise ValueError("pictures without a picture")

    @property
    def pairs(self) -> tuple[tuple[Picture, ...], ...]:
        """Two side by side; the last may stand alone."""
        return tuple(self.entries[at : at + 2] for at in range(0, len(self.entries), 2))
