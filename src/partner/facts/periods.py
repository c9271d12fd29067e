"""Periods that facts name: the days of an event, of an incident up to one of its reports. Beside months, quarters, years."""

import re
from datetime import datetime
from typing import Any

from partner.common.period import DAY, Period, jst_day, parse_period
from partner.common.refusal import Refusal
from partner.facts.models.events import CentreEvent, last_day
from partner.facts.models.incidents import Incident

_ABOUT = re.compile(r"(event|incident):([A-Za-z0-9][A-Za-z0-9-]*)(?:/(first|full|interim-[1-9]\d?))?")


def find_period(text: str, cut: datetime) -> Period:
    """`2026-10`, `2026Q2`, `FY2026`, `event:E-12`, `incident:T-3/first`, as known at the cut.

    Raises ValueError where it cannot be read, and Refusal for an event or incident that nobody has told of.
    """
    match = _ABOUT.fullmatch(text)
    if match is None:
        return parse_period(text)
    kind, number, stage = match.groups()
    if (kind == "event") == bool(stage):
        raise ValueError(
            f"期間「{text}」は読めません。event:催し番号、incident:事案番号/first のように書いてください。"
        )
    return _of_event(number, cut) if kind == "event" else _of_incident(number, stage, cut)


def asked_period(text: str, cut: datetime) -> Period:
    """The same for what people type. Raises Refusal where it cannot be read."""
    try:
        return find_period(text, cut)
    except ValueError as error:
        raise Refusal("bad_period", str(error)) from None


def event_of(number: str, cut: datetime) -> CentreEvent:
    """The event as known at the cut. Raises Refusal for an unknown one."""
    rows: Any = CentreEvent.objects
    row: CentreEvent | None = rows.known_at(cut).filter(number=number).first()
    if row is None:
        raise Refusal("unknown_event", f"催し「{number}」は記録されていません。")
    return row


def incident_of(number: str, cut: datetime) -> Incident:
    """The incident as known at the cut. Raises Refusal for an unknown one."""
    rows: Any = Incident.objects
    row: Incident | None = rows.known_at(cut).filter(number=number).first()
    if row is None:
        raise Refusal("unknown_incident", f"事案「{number}」は記録されていません。")
    return row


def _of_event(number: str, cut: datetime) -> Period:
    """Its days."""
    row = event_of(number, cut)
    return Period(jst_day(row.valid_from), last_day(row) + DAY, f"event:{number}")


def _of_incident(number: str, stage: str, cut: datetime) -> Period:
    """From the day it was noticed to the day it was dealt with; while it lasts, and for earlier reports, to the cut's."""
    row = incident_of(number, cut)
    first = jst_day(row.noticed_at)
    last = first if stage == "first" else jst_day(row.handled_at) if row.handled_at else max(first, jst_day(cut))
    return Period(first, last + DAY, f"incident:{number}/{stage}")
