"""Composes a report: catalogue + period + cut → figures, tables, charts, texts. Reads as the procedure."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from partner.common.command import instant_text
from partner.common.period import Period
from partner.common.refusal import Refusal
from partner.documents.blocks import Document, Section
from partner.documents.data_sheet import DataSheet
from partner.figures.declare import declared, find
from partner.figures.engine import Evaluation
from partner.ledger.clock import ORIGIN
from partner.master.book import Book
from partner.reports import back, front, wording
from partner.reports.corrected import corrections
from partner.reports.data_sheets import data_sheets
from partner.reports.items import blockers, headline_of, heads_of, item_blocks, names_of
from partner.reports.kinds import kind_of
from partner.reports.plans import plans_of
from partner.reports.sheet import Sheet
from partner.reports.sources import sources
from partner.reports.spans.settled import settlement
from partner.reports.standing import Issue, approvals
from partner.reports.summary import summary
from partner.reports.walk import prime


@dataclass(frozen=True)
class Report:
    """A composed report: the document that renderers place, the same as data, and where people write: place → name, draft,
    and the item it stands in (`homes`)."""

    kind: str
    period: Period
    cut: datetime
    document: Document
    data: dict[str, Any]
    sheets: tuple[DataSheet, ...]
    places: dict[str, tuple[str, str]]
    homes: dict[str, str]

    @property
    def is_draft(self) -> bool:
        """Whether something still blocks submission."""
        return self.document.draft


def prepare(
    kind: str, period: Period, cut: datetime, *, evaluation: Evaluation | None = None, link_base: str | None = None,
    texts_at: datetime | None = None, issue: Issue | None = None,
) -> Report:  # fmt: skip
    """The report of the period as known at the cut; its texts as known at `texts_at`, if later: people write them
    after the data cut. `issue`: which submission it is. Raises Refusal where it cannot be composed.
    """
    evaluation = evaluation or Evaluation(cut)
    _must_be_possible(kind, period, evaluation)
    base = settings.PUBLIC_URL if link_base is None else link_base
    sheet = Sheet(period, evaluation, base, kind=kind, texts_at=texts_at)
    sheet.issue = issue
    entries = evaluation.book.catalogue(kind, sheet.at)
    items = [entry for entry in entries if entry.form == "item"]
    cells = {entry.item: headline_of(entry, sheet.own)[1] for entry in items}
    sheet.headline_cells = {headline_of(entry)[0]: cells[entry.item] for entry in items}
    sheet.headlines = {entry.item: headline_of(entry)[0] for entry in items}

    if items:
        prime(evaluation, period)
    _check_names(sheet)
    middle = item_blocks(sheet, entries)
    first = summary(sheet, items, cells) if items else []  # speaks of what the items print
    known = [*sources(sheet), *back.predecessor(sheet)] if items else []
    ends = (*corrections(sheet), *settlement(sheet), *known, *approvals(issue), *back.replay(sheet))
    guide = [] if sheet.report.is_short else front.reading_guide(sheet)
    defined = back.definitions(sheet, [*first, *middle]) if items else back.definitions_of(sheet, middle)
    blocks = (*first, *guide, *middle, *blockers(sheet), *defined, *ends)
    document = _document(sheet, blocks)
    return Report(
        kind, period, cut, document, _data(sheet, kind, blocks), data_sheets(sheet, blocks), sheet.places, sheet.homes
    )


def _headlines(sheet: Sheet) -> dict[str, dict[str, Any]]:
    """Item → its headline now and a period before, as printed."""
    found = {}
    for item, key in sheet.headlines.items():
        now, last = (sheet.evaluation.value(key, at) for at in (sheet.period, sheet.previous))
        style = wording.style_of(find(key).unit)
        values = [None if one.value is None else wording.number(one.value, style) for one in (now, last)]
        found[item] = {"key": key, "unit": find(key).unit, "value": values[0], "last": values[1], "state": now.state}
    return found


def _must_be_possible(key: str, period: Period, evaluation: Evaluation) -> None:
    """Raises Refusal for a kind nobody knows or composes yet, a period that is not its own, or one that is not over."""
    kind = kind_of(key)
    kind.must_have(period)
    if not is_made(key, evaluation.book, max(period.start, ORIGIN)):
        raise Refusal(
            "not_made_yet", f"報告書の種類「{key}」は、この版では作成できません。構成がまだ定められていません。"
        )
    kind.must_fit(period)
    if period.end > evaluation.cut and (not kind.may_be_open or period.start > evaluation.cut):
        raise Refusal("period_not_over", f"{period.label}は、指定した時点でまだ終わっていません。")


def is_made(key: str, book: Book, at: datetime) -> bool:
    """Whether the catalogue says what stands in reports of this kind."""
    return bool(book.catalogue(key, at))


def _check_names(sheet: Sheet) -> None:
    """Names that the cover prints and nobody has recorded block submission."""
    for key, label in (("contract_title", "契約件名"), ("contractor", "受託事業者")):
        if not sheet.contract(key):
            sheet.block("表紙", f"{label}が未入力である。")


def _document(sheet: Sheet, blocks: tuple[Any, ...]) -> Document:
    centre, title = sheet.contract("centre"), sheet.report.name
    fictional = bool(sheet.contract("fictional"))
    return Document(
        title=f"{centre} {title}　{sheet.period.label}", subject=f"{sheet.contract('annex')} {title}",
        moment=sheet.cut.replace(microsecond=0), blocks=blocks, cover=front.cover(sheet), author=sheet.contract("contractor") or centre,
        header_left=f"{centre} {title}　{sheet.report.covers(sheet.period)}",
        header_right="" if sheet.blockers else sheet.issue.words if sheet.issue else "承認前", draft=bool(sheet.blockers),
        footer_left=f"データ締切 {wording.moment(sheet.cut)}",
        footer_right="架空のデータ" if fictional else "",
    )  # fmt: skip


def _told(sheet: Sheet) -> list[str]:
    """The figures told as data: all; of a paper about one thing (an event, an incident) those that it prints."""
    printed = {one.key for one in sheet.printed}
    return [figure.key for figure in declared() if sheet.headlines or figure.key in printed]


def _heads(sheet: Sheet, blocks: tuple[Any, ...]) -> dict[str, str]:
    """The heads of an event's own counted cells: several columns of a table tell of its days."""
    if sheet.period.form != "span":
        return {}
    own = {one.number for one in sheet.printed if one.compared == "a"}
    return {number: head for number, head in heads_of(blocks).items() if number in own}


def _data(sheet: Sheet, kind: str, blocks: tuple[Any, ...]) -> dict[str, Any]:
    """The report as data: figures with all their breakdowns, every printed cell, what blocks."""
    evaluation, period, names = sheet.evaluation, sheet.period, names_of(blocks)
    return {
        "report": kind,
        "title": sheet.report.name,
        "period": {"key": period.key, "from": period.first.isoformat(), "to": period.last.isoformat(), "label": period.label},
        "known_at": instant_text(sheet.cut),
        "fictional": sheet.contract("fictional"),
        "definitions": {figure.key: figure.version for figure in declared()},
        "figures": {key: evaluation.figure(key, period) for key in _told(sheet)},
        "cells": sheet.cells_as_dicts(),
        "headlines": _headlines(sheet),
        "sections": [[one.number, one.title] for one in blocks if isinstance(one, Section) and one.number],
        "rows": names,
        "plans": {item: [[row.when, row.text] for row in plans_of(sheet, item)] for item in sheet.headlines},
        "texts": {place: row.body for place, row in sorted(sheet.texts.items())},
        "homes": {place: item for place, item in sorted(sheet.homes.items()) if place in sheet.texts or place in names},
        "names": {place: sheet.places[place][0] for place in sorted(sheet.texts) if place in sheet.places},
        "heads": _heads(sheet, blocks),
        "blockers": [asdict(one) for one in sheet.blockers],
    }  # fmt: skip
