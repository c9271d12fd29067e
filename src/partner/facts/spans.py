"""What derived spans change of the believed ones: in one tick, those that differ go and the new ones come."""

from collections.abc import Callable, Iterable
from dataclasses import fields
from typing import Any

from partner.facts.models.registrations import Application, Registration, Span
from partner.facts.parties import Party
from partner.facts.sequence import ApplicationSpan, RegistrationSpan, derive

Derived = RegistrationSpan | ApplicationSpan
_NAMES = {kind: tuple(field.name for field in fields(kind)) for kind in (RegistrationSpan, ApplicationSpan)}


def _content(span: Any, kind: type[Derived]) -> tuple[Any, ...]:
    return tuple(getattr(span, name) for name in _NAMES[kind])


def _members(span: Derived) -> dict[str, Any]:
    return {name: getattr(span, name) for name in _NAMES[type(span)]}


def difference(
    believed: Iterable[Span], derived: Iterable[Derived], kind: type[Derived]
) -> tuple[list[Span], list[Derived]]:
    """The believed spans that are no longer true, and the derived ones that nobody recorded yet."""
    coming: dict[tuple[Any, ...], list[Derived]] = {}
    for span in derived:
        coming.setdefault(_content(span, kind), []).append(span)
    going: list[Span] = []
    for row in believed:
        same = coming.get(_content(row, kind))
        if same:
            same.pop()
        else:
            going.append(row)
    return going, [span for spans in coming.values() for span in spans]


def changes(
    party: Party, subject: str, events: Iterable[Any], registrations: Iterable[Registration],
    applications: Iterable[Application], is_left_out: Callable[[Any, str], bool] = lambda event, reason: False,
) -> tuple[list[Span], list[Span]]:  # fmt: skip
    """For one subject: the rows to supersede, and the new rows to record. Raises SequenceError."""
    derived_registrations, derived_applications = derive(events, is_left_out)
    gone, new = difference(registrations, derived_registrations, RegistrationSpan)
    gone_too, new_too = difference(applications, derived_applications, ApplicationSpan)
    rows: list[Span] = [party.registration(subject=subject, **_members(span)) for span in new]
    rows += [party.application(subject=subject, **_members(span)) for span in new_too]
    return gone + gone_too, rows
