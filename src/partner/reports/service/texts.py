"""What only a person can write: the lessons of an event, and what is to be done the next time."""

from partner.documents.blocks import Block, Heading, Paragraph, Run
from partner.master.models import CatalogueEntry
from partner.reports import texts
from partner.reports.forms import Params, form
from partner.reports.sheet import Sheet


@form("owed_text")
def owed_text(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """The text at `params["place"]`; nothing is drafted, and it blocks until someone has written it."""
    place = params["place"]
    sheet.places[place] = (entry.title, "")
    row = sheet.texts.get(place)
    if row is not None and row.body.strip():
        return [Heading(entry.title), *texts.blocks_of(row.body)]
    sheet.block(entry.item, f"「{entry.title}」がまだ書かれていない。", place)
    return [Heading(entry.title), Paragraph((Run("未記入。担当者が書く。", attention=True),))]
