"""Photographs of an event: two by two, each with its alternative text and its caption."""

from partner.documents.blocks import Block, Heading, Paragraph, Picture, Pictures, plain
from partner.facts import attachments
from partner.facts.models.attachments import Attachment
from partner.master.models import CatalogueEntry
from partner.reports.forms import Params, form
from partner.reports.service.files import files_of
from partner.reports.sheet import Sheet

_WIDTH = 82.0  # mm: two stand side by side


@form("event_photos")
def event_photos(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """The pictures; one that cannot be shown blocks, and the others stand."""
    shown = [picture for row in files_of(sheet, Attachment.Role.PHOTO) if (picture := _picture(sheet, entry, row))]
    return [Heading(entry.title), Pictures(tuple(shown))] if shown else [Paragraph(plain("写真の登録はない。"))]


def _picture(sheet: Sheet, entry: CatalogueEntry, row: Attachment) -> Picture | None:
    content = attachments.content(row)
    caption = f"写真{row.number}　{row.title}"
    try:
        return Picture(content, "png" if row.form == "png" else "jpeg", row.alt, caption, _WIDTH)
    except ValueError:
        sheet.block(entry.item, f"写真「{row.number} {row.title}」は、画像として開けない。")
        return None
