"""One record: its registrant's whole history, on both clocks."""

import re
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from partner.accounts import audit
from partner.accounts.permissions import needs
from partner.common.refusal import Refusal
from partner.desk import labels, names, words
from partner.desk.pages import with_refusals
from partner.facts.models import Identity
from partner.facts.streams import ORGANIZATIONS, PEOPLE, Party
from partner.figures.records import as_dict, models_by_prefix
from partner.master.book import Book, present

_PREFIXES: dict[str, tuple[Party, str]] = {
    "PR": (PEOPLE, "registration"),
    "PA": (PEOPLE, "application"),
    "OR": (ORGANIZATIONS, "registration"),
    "OA": (ORGANIZATIONS, "application"),
}
_NAMES = {"PR": "人材登録", "PA": "人材登録の申請", "OR": "団体登録", "OA": "団体登録の申請"}


def _find(number: str) -> tuple[str, Party, Any]:
    match = re.fullmatch(r"(PR|PA|OR|OA)-(\d{1,15})", number)
    if match:
        party, kind = _PREFIXES[match[1]]
        row = getattr(party, kind).objects.filter(pk=int(match[2])).first()
        if row:
            return match[1], party, row
    raise Refusal("unknown_record", f"記録番号「{number}」の記録はありません。")


@needs("records.see")
@with_refusals
def record(request: HttpRequest, number: str) -> HttpResponse:
    """The record among all that is and was known of its registrant, or of what it tells of."""
    if number[:2] not in _PREFIXES:
        return _other(request, number)
    prefix, party, row = _find(number)
    words = _Words(present())
    spans = [
        words.span(one, f"{prefix[0]}{letter}", one.pk == row.pk and letter == prefix[1])
        for letter, model in (("R", party.registration), ("A", party.application))
        for one in model.objects.filter(subject=row.subject)
    ]
    spans.sort(key=lambda span: (span["row"].valid_from, span["row"].recorded_at, span["id"]))
    events = [words.event(one) for one in party.event.objects.filter(subject=row.subject)]
    events.sort(key=lambda event: (event["row"].happened_at, event["row"].ordinal, event["row"].recorded_at))
    context = {
        "number": number, "kind": _NAMES[prefix], "row": row, "span": words.span(row, prefix, True),
        "masked": labels.masked(row.subject, prefix), "is_people": party is PEOPLE,
        "believed": [span for span in spans if not span["row"].superseded_at],
        "superseded": [span for span in spans if span["row"].superseded_at],
        "events": events, "ticks": _ticks(spans, events), "identity": _identity(request, row.subject),
        "sees_names": names.may_see(request),
    }  # fmt: skip
    return render(request, "desk/records/record.html", context)


def _other(request: HttpRequest, number: str) -> HttpResponse:
    """A record of any other kind: what it says, and every version and neighbour of it on both clocks."""
    match = re.fullmatch(r"([A-Z]{2})-(\d{1,15})", number)
    model = models_by_prefix().get(match[1]) if match else None
    row = model.objects.filter(pk=int(match[2])).first() if match and model else None
    if row is None or match is None:
        raise Refusal("unknown_record", f"記録番号「{number}」の記録はありません。")
    book = present()
    rows = [_version(one, match[1], book, one.pk == row.pk) for one in _of_the_same(row)]
    person = row.subject if "subject" in row.subject_fields else ""
    context = {
        "number": number, "row": row, "told": _version(row, match[1], book, True)["told"], "versions": rows,
        "has_person": bool(person), "identity": _identity(request, person) if person else None,
        "sees_names": names.may_see(request), "load": getattr(row, "load", None),
    }  # fmt: skip
    return render(request, "desk/records/other.html", context)


def _of_the_same(row: Any) -> list[Any]:
    """All that was ever recorded under its source key, or of its subject, in the order of recording."""
    key = "subject" if hasattr(row, "subject") else "source_key"
    return list(type(row).objects.filter(**{key: getattr(row, key)}).order_by("recorded_at", "id")[:200])


def _version(row: Any, prefix: str, book: Book, chosen: bool) -> dict[str, Any]:
    record = as_dict(row, prefix)
    return {"id": record["id"], "row": row, "chosen": chosen, "at": record["valid_from"], "until": record.get("valid_to"),
            "told": words.told({**record, "id": ""}, type(row), book, record["valid_from"])}  # fmt: skip


def _identity(request: HttpRequest, subject: str) -> Identity | None:
    """Who it is, for those who may know; the look is audited with the registrant."""
    if not names.may_see(request):
        return None
    found = Identity.objects.filter(subject=subject).first()
    if found:
        audit.record(request, "record_seen", subject=subject, detail="記録の閲覧（氏名）")
    return found


class _Words:
    """Rows with the words of their codes, by the lists known now."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def _label(self, name: str, code: str, at: datetime) -> str:
        return self.book.label(name, code, at) if code else ""

    def span(self, row: Any, prefix: str, chosen: bool) -> dict[str, Any]:
        """A registration or an application."""
        return {
            "id": f"{prefix}-{row.pk}", "row": row, "chosen": chosen, "kind": _NAMES[prefix],
            "level": self._label(labels.LISTS["level"][prefix[0]], row.level, row.valid_from),
            "type": self._label("organization_type", row.organization_type, row.valid_from),
            "medium": self._label("contact_medium", getattr(row, "medium", ""), row.valid_from),
            "purposes": self._purposes(getattr(row, "purposes", ""), row.valid_from),
            "begun": labels.how(row.begun), "ended": labels.how(row.ended) if row.ended else "",
        }  # fmt: skip

    def event(self, row: Any) -> dict[str, Any]:
        """An event as its source told it."""
        letter = "P" if type(row) is PEOPLE.event else "O"
        words = [
            self._label(labels.LISTS["level"][letter], row.level, row.happened_at),
            self._label("organization_type", row.organization_type, row.happened_at),
            self._label("contact_medium", row.medium, row.happened_at), self._purposes(row.purposes, row.happened_at),
        ]  # fmt: skip
        return {"row": row, "kind": row.get_kind_display(), "words": "、".join(word for word in words if word)}

    def _purposes(self, codes: str, at: datetime) -> str:
        return "、".join(self._label("registration_purpose", code, at) for code in codes.split(";") if code)


def _ticks(spans: list[dict[str, Any]], events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The second clock: what the ledger came to believe, and ceased to, at each moment; the latest first."""
    found: dict[datetime, dict[str, list[Any]]] = {}

    def at(tick: datetime) -> dict[str, list[Any]]:
        return found.setdefault(tick, {"told": [], "taken_back": [], "came": [], "went": []})

    for rows, came, went in ((events, "told", "taken_back"), (spans, "came", "went")):
        for one in rows:
            at(one["row"].recorded_at)[came].append(one)
            if one["row"].superseded_at:
                at(one["row"].superseded_at)[went].append(one)
    return [{"at": tick, **parts} for tick, parts in sorted(found.items(), reverse=True)]
