"""A composed report kept for the working page. Derived: made again whenever records, texts or the program changed."""

from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from typing import Any

import zstandard
from django.db import transaction
from django.db.models import OuterRef

from partner.documents.html import render_sections
from partner.ledger import clock
from partner.reports.prepare import Report, prepare
from partner.submissions.models import Composed, ExpectedReport
from partner.submissions.periods import period_of
from partner.submissions.written import written_after

RENEWED = timedelta(minutes=5)  # without a cut, what is shown is not older
MADE_BY = "4"  # raised with whatever the working page shows
_ROWS: Any = Composed.objects


def shown(report: ExpectedReport, cut: datetime | None) -> Composed:
    """What the working page shows: of the cut that was taken, or of the last look. Composes where nothing fits.

    Raises Refusal where the report cannot be composed.
    """
    rows = _ROWS.filter(kind=report.kind, period=report.period, made_by=MADE_BY)
    rows = rows.annotate(is_rewritten=written_after(report, OuterRef("texts_at")))
    kept: Any = (rows.filter(cut=cut) if cut else rows).order_by("-texts_at", "-id").first()
    is_old = kept is not None and cut is None and clock.last() - kept.cut > RENEWED
    if kept is not None and not is_old and not kept.is_rewritten:
        return kept  # type: ignore[no-any-return]
    return compose(report, cut or (kept.cut if kept and not is_old else _latest(report)))


def _latest(report: ExpectedReport) -> datetime:
    """The last tick; where nothing was recorded since the period's end, this moment."""
    last = clock.last()
    return last if last.date() > report.period_last else clock.cut(clock.now())


def compose(report: ExpectedReport, cut: datetime) -> Composed:
    """Composes the report at the cut with the texts known now, and keeps it in place of what was kept."""
    texts_at = max(clock.last(), cut)
    made = prepare(report.slug, period_of(report, cut), cut, link_base="", texts_at=texts_at)
    row = Composed(
        kind=report.kind, period=report.period, cut=cut, texts_at=texts_at, made_by=MADE_BY, data=_data(made)
    )
    with transaction.atomic():
        _ROWS.filter(kind=report.kind, period=report.period).delete()
        row.save()
    return row


def _data(made: Report) -> dict[str, Any]:
    """What the page needs of it."""
    sections = [
        {
            "anchor": anchor,
            "number": section.number,
            "title": section.title,
            "remark": section.remark,
            "packed": _packed(html),
        }
        for anchor, section, html in render_sections(made.document)
        if section
    ]
    return {
        "sections": sections,
        "headlines": made.data["headlines"],
        "blockers": made.data["blockers"],
        "places": {
            place: {"name": name, "draft": draft, "section": made.homes.get(place, "")}
            for place, (name, draft) in made.places.items()
        },
    }


def _packed(html: str) -> str:
    """A section's HTML as JSON keeps it: a tenth of its size, and read faster than as text."""
    return b64encode(zstandard.compress(html.encode())).decode()


def html_of(section: dict[str, Any]) -> bytes:
    """What stands under the heading of a kept section, in UTF-8; Jinja escaped it when it was composed."""
    return zstandard.decompress(b64decode(section["packed"]))
