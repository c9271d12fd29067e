"""HTML by Jinja: one standalone file, or a fragment for a page that serves `document.css` itself. No style attributes."""

import hashlib
import re
from base64 import b64encode
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from partner.documents.annexes import of_original, told
from partner.documents.blocks import Block, Document, Section
from partner.documents.charts import draw, draw_cell, draw_head, draw_sparkline
from partner.documents.charts.svg import number
from partner.documents.heads import head_rows
from partner.documents.links import Anchors, on_screen, sections_of
from partner.documents.pictures import Picture
from partner.documents.plots import CellDrawing, Chart, FiveSteps, HeadDrawing, Number
from partner.documents.shape import TableShape
from partner.documents.tables import Column, SummaryRow
from partner.documents.words import trend_alt, words_of

FOLDER = Path(__file__).parent
# Jinja, not Django: the ending keeps Django's formatter away from them.
TEMPLATES = ("page.html.jinja", "fragment.html.jinja", "section.html.jinja", "parts.html.jinja", "tables.html.jinja")
TEXT_MM, TALLEST_MM = 170.0, 130.0  # of a photograph on paper
PX_PER_MM = 5.6  # columns of drawings are wider on a screen: their text may not be under 14 px


def render_html(document: Document) -> str:
    """The whole document as one file without outside parts or scripts."""
    page = _environment().get_template("page.html.jinja")
    return page.render(_context(document, cover=True), style=Markup(document_style())) + "\n"  # noqa: S704


def render_fragment(document: Document, *, cover: bool = False) -> str:
    """The blocks alone, for a page that brings `document.css`, its own heading and its own frame."""
    return _environment().get_template("fragment.html.jinja").render(_context(document, cover=cover))


def render_sections(document: Document) -> list[tuple[str, Section | None, str]]:
    """Anchor, section and what stands under its heading, for a page that frames each one itself."""
    context, template = _context(document, cover=False), _environment().get_template("section.html.jinja")
    return [
        (anchor, section, template.render(context, section=section, blocks=blocks))
        for anchor, section, blocks in _parts(document)
    ]


@cache
def document_style() -> str:
    """The one style sheet that file and screen share."""
    return (FOLDER / "static" / "document.css").read_text(encoding="utf-8")


@cache
def document_style_hash() -> str:
    """The source expression that allows the standalone file's style element in a content policy."""
    return "sha256-" + b64encode(hashlib.sha256(document_style().encode()).digest()).decode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "kind": _kind,
        "shape": TableShape,
        "heads": head_rows,
        "marked": _marked,
        "on_screen": on_screen,
    }
    environment.tests["chart"] = lambda block: isinstance(block, Chart)
    environment.globals |= {
        "drawings": _drawings,
        "cell_drawing": _cell_drawing,
        "head_drawing": _head_drawing,
        "sparkline": _sparkline,
        "bar_width": _bar_width,
        "photograph": _photograph,
        "told": told,
        "of_original": of_original,
    }
    for name in TEMPLATES:
        environment.get_template(name)  # a mistake in any of them shows with the first document
    return environment


def _kind(block: object) -> str:
    return type(block).__name__


def _marked(text: str) -> list[tuple[str, bool]]:
    """A note in pieces; a mark that it explains (訂：, 欠は、) looks like the mark."""
    return [(piece, n % 2 == 1) for n, piece in enumerate(re.split("([訂速欠])(?=：|は、)", text))]


def _context(document: Document, cover: bool) -> dict[str, object]:
    anchors = Anchors(document)
    return {
        "document": document,
        "cover": document.cover if cover else None,
        "parts": _parts(document),
        "listed": [(anchor, section) for anchor, section in sections_of(document) if section.listed],
        "place": anchors.place,
        "target": anchors.target,
        "words": words_of(document.language),
    }


def _parts(document: Document) -> list[tuple[str, Section | None, list[Block]]]:
    """The blocks under the section each belongs to."""
    names = {id(section): anchor for anchor, section in sections_of(document)}
    parts: list[tuple[str, Section | None, list[Block]]] = [("", None, [])]
    for block in document.blocks:
        if isinstance(block, Section):
            parts.append((names[id(block)], block, []))
        else:
            parts[-1][2].append(block)
    return [part for part in parts if part[1] or part[2]]


# What follows is drawn by our own writer, which escapes every text: the only markup that is let through.


def _drawings(chart: Chart) -> list[tuple[str, Markup]]:
    """The chart for three widths; the style sheet shows the one that fits."""
    return [(name, Markup(draw(chart, name))) for name in ("screen", "tablet", "narrow")]  # noqa: S704


def _cell_drawing(drawing: CellDrawing, column: Column) -> Markup:
    size = 14 if isinstance(drawing, FiveSteps) else 13
    return Markup(draw_cell(drawing, (column.width or 40) * PX_PER_MM, size).svg)  # noqa: S704


def _head_drawing(drawing: HeadDrawing, column: Column) -> Markup:
    return Markup(draw_head(drawing, (column.width or 40) * PX_PER_MM, 14).svg)  # noqa: S704


def _sparkline(row: SummaryRow, words: dict[str, str]) -> Markup:
    return Markup(draw_sparkline(row.series, trend_alt(row.name, row.trend, words)).svg)  # noqa: S704


def _bar_width(share: Number | None) -> str:
    """A bar's length of a hundred; a thin one stays visible, as on paper."""
    return number(max(1.0, float(share) * 100)) if share else "0"


def _photograph(picture: Picture) -> dict[str, object]:
    """The picture as an address that holds it, and its size on a screen in pixels."""
    across, down = picture.size
    wide = round(min(picture.within(TEXT_MM, TALLEST_MM), TEXT_MM) * PX_PER_MM)
    source = f"data:image/{picture.kind};base64,{b64encode(picture.shown).decode()}"
    return {"source": source, "width": wide, "height": round(wide * down / across)}
