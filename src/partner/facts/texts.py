"""Texts of reports: read as known at a cut, written with what the writer had seen."""

from datetime import datetime
from typing import Any

from django.db import transaction

from partner.common.refusal import Refusal
from partner.facts import record
from partner.facts.models.texts import ReportText
from partner.ledger import clock

LONGEST = 20_000
_TEXTS: Any = ReportText.objects


def texts_of(report: str, period: str, cut: datetime) -> dict[str, ReportText]:
    """Place → what was believed to be written there at the cut; a text taken back is not there."""
    rows = _TEXTS.known_at(cut).filter(report=report, period=period)
    return {row.place: row for row in rows if row.body}


def history(report: str, period: str, place: str) -> list[ReportText]:
    """Every version of one text, the latest first."""
    return list(_TEXTS.filter(report=report, period=period, place=place).order_by("-recorded_at"))


def write(
    *, report: str, period: str, place: str, body: str, seen: datetime | None, by: tuple[str, str]
) -> ReportText | None:
    """Records the text, unless it says what is believed already. `seen`: when the version was recorded that the
    writer had before him (None: there was none). Raises Refusal `changed_meanwhile` where another one came between,
    and `too_long`; then nothing is recorded.
    """
    body = body.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(body) > LONGEST:
        raise Refusal("too_long", f"文章が長すぎます（{len(body):,}字）。{LONGEST:,}字までにしてください。")
    with transaction.atomic():
        clock.tick()  # taken first: who comes second sees what the first wrote
        old = _TEXTS.believed().filter(report=report, period=period, place=place).first()
        if (old.body if old else "") == body:
            return old
        if (old.recorded_at if old else None) != seen:
            raise Refusal(
                "changed_meanwhile",
                f"この文章は、開いている間に{old.by_name if old else '別の人'}が変えました。書いたものは残っています。",
            )
        new = ReportText(report=report, period=period, place=place, body=body, by_name=by[0], by_role=by[1])
        record.correct(old, new) if old else record.record([new])
    return new
