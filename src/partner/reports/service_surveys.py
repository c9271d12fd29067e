"""The surveys of an event (No.6, No.7, No.8): those that were planned or answered, each with all its blocks."""

from collections.abc import Callable
from typing import Any

from partner.documents.blocks import Block, Paragraph, plain
from partner.figures.tabulated import tabulate
from partner.master.models import CatalogueEntry
from partner.reports.service_event import held_event
from partner.reports.sheet import Sheet
from partner.reports.survey_analysis import survey_analysis
from partner.reports.survey_asked import Asked
from partner.reports.survey_choices import survey_choices
from partner.reports.survey_cross import survey_cross
from partner.reports.survey_originals import originals, survey_originals
from partner.reports.survey_outline import survey_outline
from partner.reports.survey_questions import survey_questions
from partner.reports.survey_remarks import survey_remarks

SURVEYS = ("no6", "no7", "no8")
_FORMS: tuple[Callable[[Sheet, CatalogueEntry, dict[str, Any]], list[Block]], ...] = (
    survey_outline, survey_questions, survey_choices, survey_cross, survey_remarks, survey_analysis,
)  # fmt: skip
_CROSS = {"rows": "q5", "columns": "q1"}


def event_surveys(sheet: Sheet, entry: CatalogueEntry, params: dict[str, Any]) -> list[Block]:
    """All blocks of each survey: the first's tables are S4-11 to S4-16, the second's S4-21 on."""
    held_event(sheet)
    surveys = params.get("surveys", SURVEYS)
    found: list[Block] = []
    for n, survey in enumerate(surveys, 1):
        if is_carried_out(sheet, survey):
            found += _blocks(sheet, entry, n * 10, {**_CROSS, **params.get("cross", {}), "survey": survey})
    return found or [Paragraph(plain("該当なし。この催しについて計画し、又は回答のあったアンケートはない。"))]


def is_carried_out(sheet: Sheet, survey: str) -> bool:
    """Whether the survey has a plan or an answer."""
    found = tabulate(sheet.evaluation, survey, sheet.period)
    return found.plan is not None or not found.is_empty


def _blocks(sheet: Sheet, entry: CatalogueEntry, base: int, params: dict[str, Any]) -> list[Block]:
    found: list[Block] = []
    for n, made in enumerate(_FORMS, 1):
        found += made(sheet, numbered(entry, f"{entry.item}-{base + n}"), params)
    return found


def numbered(entry: CatalogueEntry, place: str) -> CatalogueEntry:
    """The entry at another place: one entry stands for many tables."""
    names = ("report", "item", "form", "title", "unit", "definitions", "params", "position")
    return CatalogueEntry(place=place, **{name: getattr(entry, name) for name in names})


def event_originals(sheet: Sheet, entry: CatalogueEntry, params: dict[str, Any]) -> list[Block]:
    """The originals of No.8; 該当なし where that survey was not carried out."""
    held_event(sheet)
    survey = params.get("survey", "no8")
    if not is_carried_out(sheet, survey) and not originals(Asked(sheet, survey)):
        return [Paragraph(plain("該当なし。原本を回収するアンケート（No.8）は行っていない。"))]
    return survey_originals(sheet, entry, {"survey": survey})
