"""The pages of a collected original as pictures."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from partner.documents.dots import PictureKind, opened, written
from partner.documents.originals import LONGEST, Original

DRAWER = Path(__file__).parent / "typst" / "original.typ"
DOTS = 200  # an inch of the original
FEWEST = 90  # an inch of the paper


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of an original as a picture."""

    content: bytes
    kind: PictureKind
    size: tuple[int, int]

    @property
    def most(self) -> float:
        """How many millimetres wide its dots can still be looked at: a small picture is not blown up."""
        return self.size[0] / FEWEST * 25.4


def sheets_of(original: Original) -> list[Sheet]:
    """Every page as a picture. Raises ValueError for a page that cannot be drawn."""
    if original.kind != "pdf":
        return [_sheet(original.content, original.kind)]
    return [_sheet(png, "png") for png in _drawn(original)]


def _drawn(original: Original) -> list[bytes]:
    """Typst embeds no PDF in an archival file, but draws its pages well; one at a time, to keep memory small."""
    import typst

    from partner.documents.typesetting import typst_fonts

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
    if image.mode == "RGB" and image.convert("YCbCr").getextrema()[1:] == ((128, 128), (128, 128)):  # no colour in it
        image = image.convert("L")
    forms: list[tuple[bytes, PictureKind]] = [(written(image, "png"), "png"), (written(image, "jpeg"), "jpeg")]
    least, form = min(forms, key=lambda one: len(one[0]))
    return Sheet(least, form, image.size)
