"""Collected originals: what can be annexed, and how its pages look."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from partner.documents.pictures import PictureKind, opened, written

OriginalKind = Literal["pdf", "png", "jpeg"]
DRAWER = Path(__file__).parent / "typst" / "original.typ"
DOTS = 200  # an inch of the original
LONGEST = 2400  # dots


@dataclass(frozen=True, slots=True)
class Original:
    """A collected original (a scanned questionnaire) as an annex; `digest` is the SHA-256 of `content`, in hexadecimal.

    `pages` is counted. Raises ValueError for a file that is encrypted, broken, without pages, or not the digest's.
    """

    label: str
    content: bytes = field(repr=False)
    kind: OriginalKind
    digest: str
    pages: int = field(init=False, default=1)

    def __post_init__(self) -> None:
        """What is annexed is what was collected, and can be looked at."""
        if not self.label.strip():
            raise ValueError("an original needs a label")
        if hashlib.sha256(self.content).hexdigest() != self.digest.lower():
            raise ValueError(f"original {self.label}: the SHA-256 is not that of the file")
        try:
            if self.kind == "pdf":
                object.__setattr__(self, "pages", _counted(self.content))
            else:
                opened(self.content, self.kind, LONGEST)
        except ValueError as error:
            raise ValueError(f"original {self.label}: {error}") from error


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of an original as a picture."""

    content: bytes
    kind: PictureKind
    size: tuple[int, int]


def sheets_of(original: Original) -> list[Sheet]:
    """Every page as a picture. Raises ValueError for a page that cannot be drawn."""
    if original.kind != "pdf":
        return [_sheet(original.content, original.kind)]
    return [_sheet(png, "png") for png in _drawn(original)]


def _counted(content: bytes) -> int:
    """The number of pages of a PDF that needs no password and no repair."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(content), attempt_recovery=False, suppress_warnings=True) as file:
            if file.is_encrypted:
                raise ValueError("the PDF is encrypted")
            count = len(file.pages)
    except pikepdf.PasswordError as error:
        raise ValueError("the PDF is encrypted") from error
    except pikepdf.PdfError as error:
        raise ValueError("the PDF is broken") from error
    if not count:
        raise ValueError("the PDF has no pages")
    return count


def _drawn(original: Original) -> list[bytes]:
    """Typst embeds no PDF in an archival file, but draws its pages well; one at a time, to keep memory small."""
    import typst

    from partner.documents.pdf import typst_fonts

    found: list[bytes] = []
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / DRAWER.name).write_bytes(DRAWER.read_bytes())
        (folder / "original.pdf").write_bytes(original.content)
        for page in range(1, original.pages + 1):
            try:
                png = typst.compile(
                    folder / DRAWER.name, root=folder, font_paths=typst_fonts(), ignore_system_fonts=True,
                    sys_inputs={"page": str(page)}, format="png", ppi=DOTS,
                )  # fmt: skip
            except typst.TypstError as error:
                raise ValueError(f"original {original.label}: page {page} cannot be drawn") from error
            assert isinstance(png, bytes)
            found.append(png)
    return found


def _sheet(content: bytes, kind: PictureKind) -> Sheet:
    """Written anew in the form that takes less room: letters are smaller as PNG, scans as JPEG."""
    image = opened(content, kind, LONGEST)
    if image.mode == "RGB" and all(low == high == 128 for low, high in _colour(image)):
        image = image.convert("L")
    forms: list[tuple[bytes, PictureKind]] = [(written(image, "png"), "png"), (written(image, "jpeg"), "jpeg")]
    least, form = min(forms, key=lambda one: len(one[0]))
    return Sheet(least, form, image.size)


def _colour(image: object) -> tuple[tuple[int, int], ...]:
    """How far blue and red differ from grey, lowest and highest."""
    return image.convert("YCbCr").getextrema()[1:]  # type: ignore[attr-defined, no-any-return]
