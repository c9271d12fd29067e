"""The surveys of an event (No.6, No.7, No.8): those that were planned or answered, each with all its blocks."""

from partner.documents.blocks import Block, Paragraph, plain
from partner.figures.tabulated import tabulate
from partner.master.models import CatalogueEntry
from partner.reports.forms import Params, form, form_of
from partner.reports.service.event import held_event
from partner.reports.sheet import Sheet
from partner.reports.surveys.asked import Asked
from partner.reports.surveys.originals import originals, survey_originals

SURVEYS = ("no6", "no7", "no8")


@form("event_surveys")
def event_surveys(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """All blocks of each survey, as `params["parts"]` lists them: the first's stand at S4-11 on, the second's at S4-21 on."""
    held_event(sheet)
    found: list[Block] = []
    for n, survey in enumerate(params.get("surveys", SURVEYS), 1):
        if is_carried_out(sheet, survey):
            found += _blocks(sheet, entry, survey, n * 10, params["parts"])
    return found or [Paragraph(plain("該当なし。この催しについて計画し、又は回答のあったアンケートはない。"))]


def is_carried_out(sheet: Sheet, survey: str) -> bool:
    """Whether the survey has a plan or an answer."""
    found = tabulate(sheet.evaluation, survey, sheet.period)
    return found.plan is not None or not found.is_empty


def _blocks(sheet: Sheet, entry: CatalogueEntry, survey: str, base: int, parts: list[Params]) -> list[Block]:
    found: list[Block] = []
    for n, part in enumerate(parts, 1):
        place = CatalogueEntry(
            report=entry.report, item=entry.item, place=f"{entry.item}-{base + n}", form=part["form"], title=part["title"],
            definitions=part.get("definitions", ""),
        )  # fmt: skip
        found += form_of(part["form"])(sheet, place, {**part, "survey": survey})
    return found


@form("event_originals")
def event_originals(sheet: Sheet, entry: CatalogueEntry, params: Params) -> list[Block]:
    """The originals of No.8; 該当なし where that survey was not carried out."""
    held_event(sheet)
    survey = params.get("survey", "no8")
    if not is_carried_out(sheet, survey) and not originals(Asked(sheet, survey)):
        return [Paragraph(plain("該当なし。原本を回収するアンケート（No.8）は行っていない。"))]
    return survey_originals(sheet, entry, {"survey": survey})
