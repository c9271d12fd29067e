"""PDF by Typst: PDF/A-2a and PDF/UA-1 in one file, the font embedded, the same input always the same bytes."""

import json
from collections.abc import Iterator
from datetime import UTC
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from partner.documents.blocks import Document
from partner.documents.glyphs import FONTS
from partner.documents.links import every_block
from partner.documents.prepare import prepare
from partner.documents.shape import TableShape
from partner.documents.tables import BusinessDays, Legend, Summary, Table
from partner.documents.tagging import TableTag, finish_tags

if TYPE_CHECKING:
    import typst

TEMPLATES = Path(__file__).parent / "typst"


def render_pdf(document: Document) -> bytes:
    """The document as PDF. Typst is loaded here, not with the module: only the worker makes files."""
    import typst

    data, files = prepare(document)
    with files.beside(TEMPLATES) as folder:
        pdf = typst.compile(
            folder / "main.typ",
            root=folder,
            font_paths=typst_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=document.moment.astimezone(UTC),
        )
    return finish_tags(pdf, list(_table_tags(document)))


def _table_tags(document: Document) -> Iterator[TableTag]:
    """The tables in the order in which they are drawn."""
    for block in every_block(document.blocks):
        if isinstance(block, Table):
            yield TableTag(block.alt, head_at=int(TableShape(block).numbered))
        elif isinstance(block, Summary):
            yield TableTag(block.alt, head_at=1)
        elif isinstance(block, Legend | BusinessDays):
            yield TableTag(block.alt, head_at=0)


@cache
def typst_fonts() -> "typst.Fonts":
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
