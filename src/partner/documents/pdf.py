"""PDF by Typst: PDF/A-2a and PDF/UA-1 in one file, the font embedded, the same input always the same bytes."""

import json
from collections.abc import Iterator
from pathlib import Path

from partner.documents.blocks import Document
from partner.documents.links import every_block
from partner.documents.prepare import prepare
from partner.documents.shape import TableShape
from partner.documents.tables import BusinessDays, Legend, Summary, Table
from partner.documents.tagging import TableTag, finish_tags
from partner.documents.typesetting import typeset

TEMPLATES = Path(__file__).parent / "typst"


def render_pdf(document: Document) -> bytes:
    """The document as PDF. Typst is loaded when it is needed, not with the module: only the worker makes files."""
    data, files = prepare(document)
    options = {
        "pdf_standards": ["a-2a", "ua-1"],
        "timestamp": int(document.moment.timestamp()),
    }
    with files.beside(TEMPLATES) as folder:
        words = json.dumps(data, ensure_ascii=False, sort_keys=True)
        del data  # as large again as what Typst reads
        [pdf] = typeset(folder / "main.typ", words, options)
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
