"""One way to write a value as JSON, so that equal values are equal bytes on every machine and database."""

import json
import unicodedata
from typing import Any


def canonical_json(value: Any) -> str:
    """Sorted keys, NFC, no spaces. Floats are refused: what they print as depends on how they were reached."""
    return json.dumps(_normal(value, "$"), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def render_json(document: dict[str, Any]) -> str:
    """The same rules, laid out for people: a file that can be read and compared line by line."""
    return json.dumps(_normal(document, "$"), ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False) + "\n"


def _normal(value: Any, path: str) -> Any:
    match value:
        case None | bool() | int():
            return value
        case str():
            return unicodedata.normalize("NFC", value)
        case dict():
            return _normal_dict(value, path)
        case list() | tuple():
            return [_normal(item, f"{path}[{n}]") for n, item in enumerate(value)]
    raise TypeError(f"{path}: {type(value).__name__} has no canonical form")


def _normal_dict(value: dict[Any, Any], path: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise TypeError(f"{path}: the key {key!r} is not a text")
        name = unicodedata.normalize("NFC", key)
        if name in found:
            raise ValueError(f"{path}: two keys are the same text {name!r}")
        found[name] = _normal(item, f"{path}.{name}")
    return found
