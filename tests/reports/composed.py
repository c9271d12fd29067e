"""A composed report as its words: what stands on the paper, what blocks; and texts written into it."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from partner.common.period import midnight
from partner.facts import record, texts
from partner.facts.periods import find_period
from partner.ledger import clock
from partner.master.models import ContractFact
from partner.reports.prepare import Report, prepare
from tests.cases import at
from tests.told import BY


def settings(**values: str) -> None:
    """Contract facts that hold from long ago; those shipped are put right."""
    begun = midnight(at("2003-10-01").date())
    known: Any = ContractFact.objects
    for key, value in values.items():
        new = ContractFact(key=key, label=key, value=value, valid_from=begun, reason="見本", **BY)
        old = known.believed().filter(key=key).first()
        record.correct(old, new) if old else record.record([new])


def composed(kind: str, period: str, cut: datetime | None = None, **more: Any) -> Report:
    """The report as known now, or at the cut."""
    known = cut or clock.cut()
    return prepare(kind, find_period(period, known), known, texts_at=clock.cut(), link_base="", **more)


def write(kind: str, period: str, place: str, body: str) -> None:
    """Someone writes a text of the report."""
    texts.write(report=kind, period=period, place=place, body=body, seen=None, by=("見本 花子", "作成者"))


def words(value: Any) -> Iterator[str]:
    """Every text of a document, in its order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from words(one)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in ("alt", "link", "number", "state", "chip"):
                yield from words(getattr(value, field.name))


def text_of(report: Report) -> str:
    """The whole paper as one text."""
    return "\n".join(words(report.document.blocks))


def whys(report: Report) -> list[str]:
    """What blocks it, the cover's names left aside."""
    return [one["why"] for one in report.data["blockers"] if one["place"] != "表紙"]


def table(report: Report, number: str) -> dict[str, tuple[str, ...]]:
    """Label → the texts of its row."""
    (found,) = (
        block for block in report.document.blocks if getattr(block, "number", "") == number and hasattr(block, "rows")
    )
    return {row.label: tuple(cell.text for cell in row.cells) for row in found.rows}
