"""A sheet on one event, and what forms print on it."""

import json
from typing import Any

from partner.documents.blocks import Block, Finding, Row, Table
from partner.facts.periods import find_period
from partner.figures.engine import Evaluation
from partner.ledger import clock
from partner.master.models import CatalogueEntry
from partner.reports.forms import form_of
from partner.reports.sheet import Sheet


def sheet_of(period: str = "event:E-1", kind: str = "service") -> Sheet:
    """A sheet of the period at the present cut."""
    cut = clock.cut()
    return Sheet(find_period(period, cut), Evaluation(cut), "", kind=kind)


def made(sheet: Sheet, form: str, at: str = "S4-11", **params: Any) -> list[Block]:
    """The blocks of a form at a place."""
    item = at.partition("-")[0]
    entry = CatalogueEntry(
        report=sheet.kind, place=at, item=item, form=form, title="見本", unit="人", params=json.dumps(params)
    )
    return form_of(form)(sheet, entry, params)


def rows_of(blocks: list[Block]) -> dict[str, list[str]]:
    """Label → the texts of its cells, of all tables."""
    tables = [block for block in blocks if isinstance(block, Table)]
    rows = [row for table in tables for row in table.rows if isinstance(row, Row)]
    return {row.label: [cell.text if cell else "" for cell in row.cells] for row in rows}


def notes_of(blocks: list[Block]) -> str:
    """All notes under tables."""
    return "\n".join(note for block in blocks if isinstance(block, Table) for note in block.notes)


def said(blocks: list[Block]) -> str:
    """Heads and sentences of findings."""
    return "\n".join(
        f"{block.head}：{''.join(run.text for run in block.runs)}" for block in blocks if isinstance(block, Finding)
    )
