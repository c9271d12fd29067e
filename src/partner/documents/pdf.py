"""PDF by Typst: PDF/A-2a and PDF/UA-1 in one file, the font embedded, the same input always the same bytes."""

import json
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from partner.documents.blocks import Document
from partner.documents.glyphs import FONTS
from partner.documents.prepare import prepare

if TYPE_CHECKING:
    import typst

TEMPLATES = Path(__file__).parent / "typst"


def render_pdf(document: Document) -> bytes:
    """The document as PDF. Typst is loaded here, not with the module: only the worker makes files."""
    import typst

    data = json.dumps(prepare(document), ensure_ascii=False, sort_keys=True)
    return typst.compile(
        TEMPLATES / "main.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": data},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=document.moment.astimezone(UTC),
    )


@cache
def _fonts() -> "typst.Fonts":
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
