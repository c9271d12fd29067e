"""Photographs: what a picture must be to be taken, and what of it leaves the house: no metadata, no more dots than paper shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL.Image import Image

PictureKind = Literal["png", "jpeg"]
MOST_DOTS = 80_000_000  # of a picture that is opened at all
LONGEST = 1600  # dots of the longer side that is kept: 240 an inch over the whole width of the text
QUALITY = 85


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
        image = opened(self.content, self.kind)
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


def opened(content: bytes, kind: PictureKind, longest: int = LONGEST) -> Image:
    """The picture's dots: upright, on white, in sRGB, no longer than that. Raises ValueError for what is no picture."""
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(content), formats=(kind.upper(),)) as image:
            if image.width * image.height > MOST_DOTS:
                raise ValueError(f"a picture of {image.width} × {image.height} dots is too large")
            image.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=3.0)
            return _on_white(_in_srgb(ImageOps.exif_transpose(image)))
    except (OSError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise ValueError(f"not a whole {kind} picture") from error


def _in_srgb(image: Image) -> Image:
    """A camera's own colours made those of every screen; a profile that cannot be read is left out."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
            changed = ImageCms.profileToProfile(image, theirs, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except ImageCms.PyCMSError:
            return image
        return changed or image
    return image


def _on_white(image: Image) -> Image:
    """Grey stays grey, all else becomes red, green and blue; what was transparent becomes white, as on paper."""
    from PIL import Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        if image.getextrema()[3] == (255, 255):
            return image.convert("RGB")
        white = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(white, image).convert("RGB")
    if image.mode.startswith("I"):  # sixteen bits of grey
        return image.convert("I").point(lambda dot: dot / 256).convert("L")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def written(image: Image, kind: PictureKind) -> bytes:
    """The dots alone: the same every time."""
    from PIL import Image

    bare = Image.frombytes(image.mode, image.size, image.tobytes())  # nothing that was read along
    out = BytesIO()
    if kind == "png":
        bare.save(out, "PNG")
    else:
        bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()
