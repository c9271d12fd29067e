"""What the template's placeholders stand for; braces of people's texts are masked while placeholders are looked for."""

from typing import Any

from docx.oxml.ns import qn

from partner.documents.blocks import Document
from partner.documents.words import words_of

HERE = "本文はここに入る"  # stands in the filled template until the body takes its place


def context_of(document: Document) -> dict[str, Any]:
    """Every placeholder with its text, masked."""
    cover, words = document.cover, words_of(document.language)
    found: dict[str, Any] = {
        "header_left": document.header_left, "header_right": words["draft"] if document.draft else document.header_right,
        "footer_left": document.footer_left, "footer_right": document.footer_right, "body": HERE,
        "addressee": "", "number_line": "", "contract_title": "", "title": document.title, "period": "", "period_beside": "",
        "facts": [], "note": "",
    }  # fmt: skip
    if cover is not None:
        draft = f"\n{words['draft']}" if document.draft else ""
        found |= {
            "addressee": "\n".join(cover.addressee), "contract_title": cover.contract_title, "title": cover.title, "period": cover.period,
            "number_line": f"{words['document_number']}　{cover.document_number}\n{words['submitted']}　{cover.date_text}{draft}",
            "period_beside": cover.period_beside, "facts": [(name, "\n".join(lines)) for name, lines in cover.facts], "note": cover.note,
        }  # fmt: skip
    return {name: _masked(value) for name, value in found.items()}


def _masked(value: Any) -> Any:
    """Braces of a text are no placeholders: they are hidden until what is left over has been looked for."""
    if isinstance(value, str):
        return value.replace("{", "\ue000").replace("}", "\ue001")
    return [tuple(_masked(one) for one in row) for row in value]


def unmasked(element: Any) -> None:
    """Puts the braces of texts back."""
    for text in element.iter(qn("w:t")):
        if text.text and ("\ue000" in text.text or "\ue001" in text.text):
            text.text = text.text.replace("\ue000", "{").replace("\ue001", "}")
