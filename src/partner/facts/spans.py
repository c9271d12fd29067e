"""What derived spans change of the believed ones: in one tick, those that differ go and the new ones come."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from partner.facts.models.base import Span
from partner.facts.streams import Stream
from partner.facts.walking import LeavesOut, leaves_none_out

_NAMES: dict[type, tuple[str, ...]] = {}


def _names(kind: type) -> tuple[str, ...]:
    if kind not in _NAMES:
        _NAMES[kind] = tuple(field.name for field in fields(kind))
    return _NAMES[kind]


def _content(span: Any, kind: type) -> tuple[Any, ...]:
    return tuple(getattr(span, name) for name in _names(kind))


def _members(span: Any) -> dict[str, Any]:
    return {name: getattr(span, name) for name in _names(type(span))}


def difference(believed: Iterable[Span], derived: Iterable[Any], kind: type) -> tuple[list[Span], list[Any]]:
    """The believed spans that are no longer true, and the derived ones that nobody recorded yet."""
    coming: dict[tuple[Any, ...], list[Any]] = {}
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
    stream: Stream, subject: str, events: Iterable[Any], believed: Iterable[Span],
    is_left_out: LeavesOut = leaves_none_out,
) -> tuple[list[Span], list[Span]]:  # fmt: skip
    """For one subject: the rows to supersede, and the new rows to record. Raises SequenceError."""
    assert stream.derive is not None
    derived, known = stream.derive(events, is_left_out), list(believed)
    gone: list[Span] = []
    rows: list[Span] = []
    for kind, model in stream.spans.items():
        going, coming = difference(
            [row for row in known if isinstance(row, model)], [span for span in derived if type(span) is kind], kind
        )
        gone += going
        rows += [model(subject=subject, **_members(span)) for span in coming]
    return gone, rows
