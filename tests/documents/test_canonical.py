"""Canonical JSON: one form for one value."""

from decimal import Decimal

import pytest

from partner.documents.canonical import canonical_json, render_json


def test_keys_are_sorted_and_text_is_composed() -> None:
    assert canonical_json({"b": 1, "a": ["\u304b\u3099", None, True]}) == '{"a":["が",null,true],"b":1}'


def test_equal_values_are_equal_bytes() -> None:
    assert canonical_json({"x": (1, 2), "\u304b\u3099": 1}) == canonical_json({"が": 1, "x": [1, 2]})


@pytest.mark.parametrize("value", [1.5, {"a": [0.0]}, Decimal("1"), float("nan"), b"x", {1: "a"}, {"a": {2}}])
def test_what_has_no_one_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)


def test_the_place_of_what_is_refused_is_named() -> None:
    with pytest.raises(TypeError, match=r"\$\.tables\[1\]\.value: float"):
        canonical_json({"tables": [{}, {"value": 0.1}]})


def test_keys_that_become_the_same_are_refused() -> None:
    with pytest.raises(ValueError, match="same text"):
        canonical_json({"\u304c": 1, "\u304b\u3099": 2})


def test_the_file_is_laid_out_for_people() -> None:
    assert render_json({"b": 1, "a": "𠮷"}) == '{\n  "a": "𠮷",\n  "b": 1\n}\n'
