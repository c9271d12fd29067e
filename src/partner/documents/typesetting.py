"""Typst, for long documents in a process of its own: it keeps what it has set, and only a process that ends gives that back.

What is asked goes to the process as JSON on standard input; the files come back on standard output, each after its length.
"""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from partner.documents.glyphs import FONTS

if TYPE_CHECKING:
    import typst

# Characters of data. Less than that is set here, as to start a process would take longer; dots take more room than pages.
_SHORT = {"pdf": 250_000, "png": 30_000}
_SOURCES = Path(__file__).parents[2]


class TypesettingError(Exception):
    """Typst could not set the document; the text is what it said."""


def typeset(template: Path, data: str, options: dict[str, Any]) -> list[bytes]:
    """The file, or one for each page, that the template makes of the data (JSON). `options` are those of `typst.compile`,
    as JSON values; `timestamp` is seconds since 1970. Raises TypesettingError, or Typst's own error.
    """
    if len(data) < _SHORT[options.get("format", "pdf")]:
        return _compiled(template, data, options)
    asked = json.dumps({"template": str(template), "data": data, "options": options})
    line = [sys.executable, "-m", "partner.documents.typesetting"]
    done = subprocess.run(line, cwd=_SOURCES, input=asked.encode(), capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        raise TypesettingError(done.stderr.decode(errors="replace"))
    return _unframed(done.stdout)


def _compiled(template: Path, data: str, options: dict[str, Any]) -> list[bytes]:
    import typst

    found: Any = typst.compile(
        template, root=template.parent, font_paths=typst_fonts(), ignore_system_fonts=True, sys_inputs={"data": data},
        **options,
    )  # fmt: skip
    return found if isinstance(found, list) else [found]


@cache
def typst_fonts() -> "typst.Fonts":
    """The two weights that ship with the product, and no other."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _framed(files: list[bytes]) -> bytes:
    return b"".join(len(one).to_bytes(8, "big") + one for one in files)


def _unframed(content: bytes) -> list[bytes]:
    found, at = [], 0
    while at < len(content):
        end = at + 8 + int.from_bytes(content[at : at + 8], "big")
        found.append(content[at + 8 : end])
        at = end
    return found


def main() -> None:
    """One document: asked on standard input, answered on standard output."""
    asked = json.load(sys.stdin.buffer)
    files = _compiled(Path(asked["template"]), asked["data"], asked["options"])
    sys.stdout.buffer.write(_framed(files))


if __name__ == "__main__":
    main()
