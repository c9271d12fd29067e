"""The dots of a picture file: read, made what every screen and printer shows alike, and written with nothing beside them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from PIL.Image import Image

PictureKind = Literal["png", "jpeg"]
MOST_DOTS = 80_000_000  # of a picture that is opened at all
QUALITY = 85


def opened(content: bytes, kind: PictureKind, longest: int) -> Image:
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
        if image.getchannel("A").getextrema() == (255, 255):
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
