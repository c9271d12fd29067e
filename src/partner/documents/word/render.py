"""A document as docx: the template filled, the body put in its place, nothing left over, always the same bytes."""

from datetime import UTC
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from partner.common.refusal import Fault, Refusal
from partner.documents.blocks import Document
from partner.documents.clean import cleaned
from partner.documents.word.archive import fixed
from partner.documents.word.body import Body
from partner.documents.word.checks import AGAIN, check_template
from partner.documents.word.context import HERE, context_of, unmasked
from partner.documents.word.links import Marks
from partner.documents.word.paper import Paper
from partner.documents.word.pictures import Pictures
from partner.documents.word.xml import NAMES

_OPEN = ("{{", "{%", "{#")


def render_docx(document: Document, template: bytes | None = None) -> bytes:
    """The document as Word opens it. Raises Refusal for a template that someone broke, naming the place and the way out."""
    from docxtpl import DocxTemplate

    from partner.documents.word.template import complete  # a program of its own, too

    raw = template or shipped()
    if template is not None and (faults := check_template(raw)):
        raise Refusal.of([Fault("broken_template", fault) for fault in faults])
    document, _ = cleaned(document, ())
    filled = DocxTemplate(BytesIO(raw))
    _fill(filled, context_of(document))
    made: Any = filled.docx
    _must_be_filled(made)
    pictures, marks = Pictures(), Marks(document, made.part)
    complete(made)
    body = Body(document, marks, pictures, Paper(made.element.body.sectPr)).write()
    _put(made, pictures.placed(body, made.part))
    _properties(made, document)
    saved = BytesIO()
    made.save(saved)
    return fixed(saved.getvalue())


@cache
def shipped() -> bytes:
    """The template that ships with the product."""
    return Path(__file__).with_name("report.docx").read_bytes()


def _fill(filled: Any, context: dict[str, Any]) -> None:
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        filled.render(context, jinja_env=environment, autoescape=True)
    except TemplateError as error:
        raise Refusal("broken_template", f"様式の差込を処理できません（{error}）。{AGAIN}") from None


def _roots(made: Any) -> list[Any]:
    """Body, headers and footers as they are saved."""
    related = made.part.rels.values()
    running = [one.target_part.element for one in related if one.reltype.endswith(("/header", "/footer"))]
    return [made.element, *running]


def _must_be_filled(made: Any) -> None:
    """No leftover placeholder leaves the house: runs are joined before they are looked at."""
    for root in _roots(made):
        for line in root.iter(qn("w:p")):
            words = "".join(line.itertext(qn("w:t")))
            if any(mark in words for mark in _OPEN):
                raise Refusal("left_over", f"差込項目が残っています：「{words[:60]}」。{AGAIN}")
        unmasked(root)


def _put(made: Any, body: str) -> None:
    """The body takes the place of the line that stands for it; the section's own end stays behind it."""
    place = next(
        (line for line in made.element.body.iter(qn("w:p")) if "".join(line.itertext(qn("w:t"))) == HERE), None
    )
    if place is None:
        raise Refusal("broken_template", f"報告書の入る場所 {{{{ body }}}} が、1行になっていません。{AGAIN}")
    parser = etree.XMLParser(huge_tree=True)
    from docx.oxml.parser import element_class_lookup

    parser.set_element_class_lookup(element_class_lookup)
    parsed = etree.fromstring(f"<root {NAMES}>{body}</root>".encode(), parser)
    for element in list(parsed):
        place.addprevious(element)
    place.getparent().remove(place)


def _properties(made: Any, document: Document) -> None:
    moment = document.moment.astimezone(UTC).replace(tzinfo=None)
    core = made.core_properties
    core.title, core.subject, core.author, core.last_modified_by = (
        document.title[:255],
        document.subject[:255],
        document.author[:255],
        "",
    )
    core.created = core.modified = moment
    core.language, core.comments, core.keywords, core.revision = document.language, "", "", 1
