"""Photographs: what is taken, what is refused, and what of them leaves the house."""

import hashlib
from io import BytesIO

import pytest
from PIL import Image

from partner.documents.blocks import Picture, Pictures
from partner.documents.pictures import LONGEST
from tests.documents.sample_wide import photograph


def made(mode: str, kind: str, size: tuple[int, int] = (60, 40), **more: object) -> bytes:
    out = BytesIO()
    Image.new(mode, size).save(out, kind, **more)
    return out.getvalue()


def picture(content: bytes, kind: str = "jpeg", alt: str = "会場", width: float = 80) -> Picture:
    return Picture(content, kind, alt, "", width)  # type: ignore[arg-type]


def shown(one: Picture) -> Image.Image:
    return Image.open(BytesIO(one.shown))


@pytest.mark.parametrize(("kind", "form"), [("jpeg", "JPEG"), ("png", "PNG")])
def test_nothing_of_the_camera_is_left(kind: str, form: str) -> None:
    content = photograph(1, kind=form)
    assert Image.open(BytesIO(content)).getexif().get_ifd(0x8825)
    assert b"Exif" in content or b"eXIf" in content
    found = shown(picture(content, kind))
    assert not found.getexif()
    assert set(found.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"Exif" not in picture(content, kind).shown
    assert b"eXIf" not in picture(content, kind).shown
    assert found.format == form


def test_it_stands_upright() -> None:
    turned = Image.Exif()
    turned[0x0112] = 6  # held on its side
    one = picture(made("RGB", "JPEG", (60, 40), exif=turned))
    assert one.size == (40, 60)
    assert shown(one).size == (40, 60)


@pytest.mark.parametrize(
    ("size", "kept"),
    [((LONGEST, 400), (LONGEST, 400)), ((LONGEST + 1, 400), (LONGEST, 400)), ((800, 3200), (400, LONGEST))],
)
def test_large_ones_are_made_smaller_and_small_ones_are_not_made_larger(
    size: tuple[int, int], kept: tuple[int, int]
) -> None:
    assert picture(made("RGB", "JPEG", size)).size == kept


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_dots_becomes_grey_or_colour(mode: str) -> None:
    assert shown(picture(made(mode, "PNG"), "png")).mode in ("L", "RGB")


def test_print_colours_and_transparency() -> None:
    assert shown(picture(made("CMYK", "JPEG"))).mode == "RGB"
    assert shown(picture(made("RGBA", "PNG"), "png")).getpixel((5, 5)) == (255, 255, 255)


def test_the_same_picture_is_the_same_bytes() -> None:
    one, two = (picture(photograph(2)) for _ in range(2))
    assert hashlib.sha256(one.shown).digest() == hashlib.sha256(two.shown).digest()
    assert one == two


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>", photograph(1)[:2000], made("RGB", "PNG"), made("L", "GIF")],
    ids=["empty", "gif head", "pdf", "svg", "torn", "png", "gif"],
)  # fmt: skip
def test_what_is_no_such_picture_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="not a whole jpeg picture"):
        picture(content)


def test_one_of_too_many_dots_is_not_even_opened() -> None:
    with pytest.raises(ValueError, match="too large"):
        picture(made("1", "PNG", (9000, 9000)), "png")


@pytest.mark.parametrize("alt", ["", " ", "　\n"])
def test_one_that_says_nothing_is_refused(alt: str) -> None:
    with pytest.raises(ValueError, match="alternative text"):
        picture(photograph(1), alt=alt)


@pytest.mark.parametrize("width", [0, -1, 1000, float("nan")])
def test_one_without_a_width_is_refused(width: float) -> None:
    with pytest.raises(ValueError, match="cannot be placed"):
        picture(photograph(1), width=width)


def test_pictures_are_some_and_stand_two_by_two() -> None:
    with pytest.raises(ValueError, match="without a picture"):
        Pictures(())
    one = picture(photograph(1))
    assert [len(pair) for pair in Pictures((one, one, one)).pairs] == [2, 1]
