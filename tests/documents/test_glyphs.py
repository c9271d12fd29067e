"""What the embedded font has, and what becomes of the rest."""

import pytest

from partner.documents.glyphs import Typesetter, covered


@pytest.mark.parametrize("text", ["髙﨑𠮷德濵邉", "㈱①Ⅲ㎡℃", "＋−＝±×÷〜＊※○●〓", "Aé–—…", "神"])
def test_ordinary_and_rare_characters_stay(text: str) -> None:
    setter = Typesetter()
    assert setter.clean(text) == text
    assert setter.missing == ()


def test_characters_made_of_two_parts_are_joined() -> None:
    assert Typesetter().clean("\u304b\u3099") == "\u304c"


@pytest.mark.parametrize(
    ("text", "cleaned", "missing"),
    [
        ("😀", "〓", ("U+1F600",)),
        ("葛\U000e0100", "葛", ("U+E0100",)),
        ("a\x00b", "a〓b", ("U+0000",)),
        ("a\udc80b", "a〓b", ("U+DC80",)),
        ("a\r\nb\tc", "a\nb c", ()),
        ("👨‍👩", "〓〓", ("U+200D", "U+1F468", "U+1F469")),
    ],
)
def test_what_cannot_be_set_is_replaced_and_remembered(text: str, cleaned: str, missing: tuple[str, ...]) -> None:
    setter = Typesetter()
    assert setter.clean(text) == cleaned
    assert setter.missing == missing


def test_the_font_is_large_enough_for_names() -> None:
    assert len(covered()) > 16_000
