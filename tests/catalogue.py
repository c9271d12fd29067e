"""The English words of the screens: locale/en/LC_MESSAGES/django.po → django.mo, without gettext's tools.

`python -m tests.catalogue` writes the .mo anew after the .po was edited.
"""

import ast
import re
import struct
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "src/partner/locale/en/LC_MESSAGES/django.po"
MO = PO.with_suffix(".mo")
_ENTRY = re.compile(r'^msgid ((?:"(?:[^"\\]|\\.)*"\n?)+)msgstr ((?:"(?:[^"\\]|\\.)*"\n?)+)', re.M)
_IN_TEMPLATES = re.compile(r'{% translate "([^"]+)" %}')


def read(text: str) -> dict[str, str]:
    """msgid → msgstr."""
    return {_joined(key): _joined(value) for key, value in _ENTRY.findall(text)}


def _joined(quoted: str) -> str:
    return "".join(ast.literal_eval(line) for line in quoted.strip().splitlines())


def compiled(words: dict[str, str]) -> bytes:
    """The binary form: two tables of lengths and places, then the texts, sorted."""
    pairs = sorted((key.encode(), value.encode()) for key, value in words.items())
    texts, at = [], 28 + 16 * len(pairs)
    tables: list[list[int]] = [[], []]
    for side in (0, 1):
        for pair in pairs:
            tables[side] += [len(pair[side]), at]
            texts.append(pair[side] + b"\0")
            at += len(pair[side]) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return head + struct.pack(f"<{4 * len(pairs)}I", *tables[0], *tables[1]) + b"".join(texts)


def asked() -> set[str]:
    """Every text that templates and forms want translated."""
    found: set[str] = set()
    for path in (ROOT / "src/partner/templates").rglob("*.html"):
        found |= set(_IN_TEMPLATES.findall(path.read_text()))
    for folder in ("accounts", "desk"):
        for path in (ROOT / "src/partner" / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                    found.add(ast.literal_eval(node.args[0]))
    return found


if __name__ == "__main__":
    MO.write_bytes(compiled(read(PO.read_text())))
