"""Sections of a report that is no list of figures: a title, and what the annex calls it."""

from partner.documents.blocks import Block, Section
from partner.master.models import CatalogueEntry
from partner.reports.forms import Params, form
from partner.reports.sheet import Sheet


@form("heading")
def heading(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """Begins the item's section; `source` names where it is asked for, `new_page` whether it begins a page."""
    return [Section(entry.title, entry.item, params.get("source", ""), new_page=params.get("new_page", False))]
