"""An iCalendar (RFC 5545) of due dates: for the calendars that people keep anyway."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_OCTETS = 75  # the longest line; what is longer goes on in the next after a space


@dataclass(frozen=True)
class Entry:
    """One date: `uid` stays when it moves, `sequence` counts how often it did."""

    uid: str
    at: datetime
    label: str
    description: str
    url: str
    changed_at: datetime
    sequence: int = 0


def calendar(name: str, entries: Iterable[Entry]) -> bytes:
    """The file: lines end in CRLF, no line is longer than 75 octets, no character is torn."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//PARTNER Center//Reports//JA",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for entry in entries:
        lines += [
            "BEGIN:VEVENT", f"UID:{escaped(entry.uid)}", f"DTSTAMP:{_utc(entry.changed_at)}", f"DTSTART:{_utc(entry.at - timedelta(minutes=30))}",
            f"DTEND:{_utc(entry.at)}", f"SEQUENCE:{entry.sequence}", f"SUMMARY:{escaped(entry.label)}",
            f"DESCRIPTION:{escaped(entry.description)}", f"URL:{entry.url}", "TRANSP:TRANSPARENT", "END:VEVENT",
        ]  # fmt: skip
    lines.append("END:VCALENDAR")
    return "".join(folded(line) + "\r\n" for line in lines).encode()


def escaped(text: str) -> str:
    """Text as a value."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, "\\" + sign)
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def folded(line: str) -> str:
    """The line in pieces of at most 75 octets."""
    pieces, piece, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _OCTETS:
            pieces.append(piece)
            piece, size = " ", 1
        piece += character
        size += octets
    return "\r\n".join([*pieces, piece])


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
