"""Headline figures counted a second time: plain SQL on the ledger's own tables, knowing nothing of sets or engine.

Each entry stands alone, as someone would write it who has only the tables and the catalogue. A difference is a defect.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from partner.common.period import Period
from partner.figures.declare import declared
from partner.figures.engine import Evaluation, as_json
from partner.figures.second_scripts import LONGEST, SCRIPTS
from partner.ledger.fields import to_microseconds

_KNOWN = "recorded_at <= %(cut)s AND (superseded_at IS NULL OR superseded_at > %(cut)s)"


def _in_force(table: str, more: str = "") -> str:
    return (
        f"SELECT COUNT(*) FROM {table} WHERE {_KNOWN} AND valid_from < %(end)s "
        f"AND (valid_to IS NULL OR valid_to >= %(end)s){more}"
    )


def _began(table: str, *how: str) -> str:
    ways = ", ".join(f"'{way}'" for way in how)
    return (
        f"SELECT COUNT(*) FROM {table} WHERE {_KNOWN} AND valid_from >= %(start)s "
        f"AND valid_from < %(end)s AND begun IN ({ways})"
    )


def _ended(table: str, *how: str) -> str:
    ways = ", ".join(f"'{way}'" for way in how)
    return (
        f"SELECT COUNT(*) FROM {table} WHERE {_KNOWN} AND valid_to >= %(start)s "
        f"AND valid_to < %(end)s AND ended IN ({ways})"
    )


def _party(kind: str, table: str) -> dict[str, str]:
    registration, application = f"facts_{table}_registration", f"facts_{table}_application"
    return {
        f"{kind}.total": _in_force(registration),
        f"{kind}.new": _began(registration, "registered", "returned"),
        f"{kind}.left": _ended(registration, "left", "removed", "merged"),
        f"{kind}.pending": _in_force(application),
        f"{kind}.suspended": _in_force(registration, " AND suspended"),
    }


def _postings(kind: str, table: str) -> dict[str, str]:
    """Public at 00:00 is open at the end before and live in the month that begins, whatever happens at that instant."""
    is_open = f"{_KNOWN} AND valid_from < %(start)s AND (valid_to IS NULL OR valid_to >= %(start)s)"
    is_posted = f"{_KNOWN} AND begun = 'published' AND valid_from >= %(start)s AND valid_from < %(end)s"
    return {
        f"{kind}.posted": _began(table, "published"),
        f"{kind}.live": f"SELECT COUNT(DISTINCT subject) FROM {table} WHERE {_KNOWN} AND valid_from < %(end)s "
        "AND (valid_to IS NULL OR valid_to >= %(start)s)",
        f"{kind}.open": _in_force(table),
        f"{kind}.reopened": f"SELECT COUNT(DISTINCT subject) FROM {table} WHERE {_KNOWN} AND begun = 'reopened' "
        "AND valid_from >= %(start)s AND valid_from < %(end)s "
        f"AND subject NOT IN (SELECT subject FROM {table} WHERE {is_open}) "
        f"AND subject NOT IN (SELECT subject FROM {table} WHERE {is_posted})",
        f"{kind}.closed": _ended(table, "closed", "expired"),
    }


def _within(table: str, member: str, more: str = "") -> str:
    return f"SELECT COUNT(*) FROM {table} WHERE {_KNOWN} AND {member} >= %(start)s AND {member} < %(end)s{more}"


_HELD = _within("facts_consultation", "held_at", " AND outcome = 'held'")
_ANSWERED = _within("facts_mail_case", "answered_at")
_RESPONSES = (  # from the answers as they were told, not from the responses derived from them
    f"SELECT COUNT(DISTINCT subject) FROM facts_survey_answer WHERE {_KNOWN} AND kind = 'completed' "
    "AND happened_at >= %(start)s AND happened_at < %(end)s"
)
_CONSULTATIONS = {
    "consultations.in_person": _HELD,
    "consultations.online": f"{_HELD} AND channel = 'online'",
    "consultations.email": _ANSWERED,
    "consultations.total": f"SELECT ({_HELD}) + ({_ANSWERED})",
    "consultations.cancelled": _within("facts_consultation", "booked_at", " AND outcome = 'cancelled'"),
    "consultations.no_show": _within("facts_consultation", "booked_at", " AND outcome = 'no_show'"),
    "consultations.survey": f"{_RESPONSES} AND survey = 'consultation'",
    "surveys.answers": _RESPONSES,
}
_SUBSCRIPTIONS = {
    "subscriptions.total": _in_force("facts_subscription"),
    "subscriptions.new": _began("facts_subscription", "registered", "returned"),
    "subscriptions.left": _ended("facts_subscription", "stopped"),
}
_INQUIRIES = {
    "inquiries.received": _began("facts_inquiry", "received"),
    "inquiries.answered": _began("facts_inquiry_answer", "answered"),
    "inquiries.closed": _ended("facts_inquiry", "closed", "merged"),
    "inquiries.reopened": _began("facts_inquiry", "reopened"),
    "inquiries.open": _in_force("facts_inquiry"),
}
_WORKS = {
    "operations.outages": "outage", "operations.maintenance": "maintenance", "operations.releases": "release",
    "operations.backups": "backup", "operations.patches": "patch", "operations.security_events": "security_event",
}  # fmt: skip
_OPERATIONS = {key: _within("facts_operation", "valid_from", f" AND kind = '{kind}'") for key, kind in _WORKS.items()}
SQL: dict[str, str] = {
    **_party("people", "person"), **_party("organizations", "organization"),
    **_postings("jobs", "facts_job_publication"), **_postings("trainings", "facts_training_publication"),
    **_CONSULTATIONS, **_SUBSCRIPTIONS, **_INQUIRIES, **_OPERATIONS,
}  # fmt: skip


def count(key: str, period: Period, cut: datetime) -> Any:
    """The figure by plain SQL, or by a plain script."""
    if key in SCRIPTS:
        return SCRIPTS[key](period, cut)
    instants = {"start": period.start, "end": period.end, "cut": cut}
    with connection.cursor() as cursor:
        cursor.execute(SQL[key], {name: to_microseconds(at) for name, at in instants.items()})
        row = cursor.fetchone()
    return row[0] if row else None


def compare(period: Period, cut: datetime) -> list[dict[str, Any]]:
    """Each headline counted twice, in the order of declaration. A figure without records is left out."""
    evaluation, found = Evaluation(cut, exact=True), []
    for figure in declared():
        is_long = figure.kind == "access" and period.end - period.start > LONGEST
        if figure.key in SQL or (figure.key in SCRIPTS and not is_long):
            value = evaluation.value(figure.key, period)
            if value.value is not None:
                second = count(figure.key, period, cut)
                same = Decimal(value.value) == Decimal(second or 0)
                found.append({"key": figure.key, "value": as_json(value.value), "second": str(second), "same": same})
    return found
