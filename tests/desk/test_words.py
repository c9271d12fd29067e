"""The English words of the frame are complete and compiled."""

from tests import catalogue


def test_every_text_has_its_english() -> None:
    words = catalogue.read(catalogue.PO.read_text())
    assert catalogue.asked() - set(words) == set()
    assert all(words.values())


def test_no_english_is_left_over() -> None:
    assert set(catalogue.read(catalogue.PO.read_text())) - catalogue.asked() - {""} == set()


def test_the_compiled_catalogue_is_fresh() -> None:
    expected = catalogue.compiled(catalogue.read(catalogue.PO.read_text()))
    assert expected == catalogue.MO.read_bytes(), "make it: python -m tests.catalogue"
