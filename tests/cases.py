"""Events of the Centre, incidents and expenses told in one line each; what is not said is what mostly holds."""

import itertools
from datetime import datetime
from typing import Any

from partner.common.period import JST
from partner.facts import record
from partner.facts.models.events import CentreEvent, EventParticipation
from partner.facts.models.expenses import Expense
from partner.facts.models.incidents import Incident, IncidentNote
from tests.told import BY

_keys = itertools.count(1)


def at(text: str) -> datetime:
    """`2026-10-31` or `2026-10-31 23:59:59` in Japan."""
    return datetime.fromisoformat(text).replace(tzinfo=JST)


def _told(model: Any, values: dict[str, Any]) -> Any:
    moments = ("valid_from", "valid_to", "happened_at", "occurred_at", "noticed_at", "told_at", "handled_at")
    read = {name: at(value) if name in moments and isinstance(value, str) else value for name, value in values.items()}
    row = model(source_key=f"s{next(_keys):031x}", **read, **BY)
    record.record([row])
    return row


def an_event(number: str, begins: str, ends: str, state: str = "held", **more: Any) -> Any:
    """One event of the Centre."""
    values = {"title": "見本セミナー", "category": "seminar", "form": "face_to_face", "outline": "見本"}
    return _told(
        CentreEvent, {**values, "number": number, "state": state, "valid_from": begins, "valid_to": ends, **more}
    )


def participants(event: str, day: str, participant: str, applied: int, attended: int, online: int = 0) -> Any:
    """How many came of one kind of people."""
    return _told(EventParticipation, {
        "event": event, "happened_at": day, "participant": participant, "applied": applied, "attended": attended, "online": online,
    })  # fmt: skip


def an_incident(number: str, noticed: str, kind: str = "trouble", **more: Any) -> Any:
    """One complaint, trouble or leak."""
    values = {"severity": "medium", "title": "見本の事案"}
    return _told(Incident, {**values, "number": number, "kind": kind, "noticed_at": noticed, **more})


def a_note(incident: str, day: str, text: str) -> Any:
    """One thing that was done about it."""
    return _told(IncidentNote, {"incident": incident, "happened_at": day, "text": text})


def an_expense(number: str, stage: str, day: str, net: int, **more: Any) -> Any:
    """One amount of fiscal 2026 at ten per cent."""
    rate = more.pop("rate", 10)
    values = {"fiscal_year": 2026, "item": "event", "title": "見本の費用", "tax": int(net * rate / 100), "rate": rate}
    return _told(Expense, {**values, "number": number, "stage": stage, "valid_from": day, "net": net, **more})


def corrected(old: Any, **changes: Any) -> Any:
    """The same row told otherwise, at the ledger's next tick."""
    left_out = ("id", "recorded_at", "superseded_at")
    values = {f.attname: getattr(old, f.attname) for f in old._meta.concrete_fields if f.attname not in left_out}
    read = {name: at(value) if name.endswith(("_at", "_from", "_to")) else value for name, value in changes.items()}
    new = type(old)(**{**values, **read})
    record.correct(old, new)
    return new
