"""What changed since an answer was given: value by value."""

from dataclasses import dataclass
from typing import Any

Data = dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """One value that is another now. None: there was no such value, or there is none any more."""

    label: str
    period: str
    before: int | str | None
    after: int | str | None
    style: str
    states: tuple[str, str]


def compared(before: Data, after: Data) -> list[Difference]:
    """Every value that differs between two answers to the same question, in the order of the later one."""
    old, new = _values(before), _values(after)
    styles = {one["key"]: one["style"] for one in after["figures"]}
    found = []
    for key in dict.fromkeys([*new, *old]):
        (label, was, past), (named, now, state) = old.get(key, ("", None, "")), new.get(key, ("", None, ""))
        if (was, past) != (now, state):
            found.append(Difference(named or label, key[3], was, now, styles.get(key[0], "count"), (past, state)))
    return found


def _values(data: Data) -> dict[tuple[str, str, str, str], tuple[str, Any, str]]:
    names = {one["key"]: one["label"] for one in data["figures"]}
    found = {}
    for line in data["lines"]:
        label = names[line["figure"]] + (f"　{line['label']}" if line["code"] else "")
        for period, cell in zip(data["periods"], line["cells"], strict=True):
            found[line["figure"], line["code"], period["key"], period["short"]] = label, cell["value"], cell["state"]
    return found
