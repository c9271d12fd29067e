"""What the records say happened in a period, a sentence each with its link: the stuff of a draft, never more than is there."""

from collections.abc import Iterator
from typing import Any

from partner.documents.blocks import Run, Runs
from partner.facts.models.events import CentreEvent, last_day
from partner.reports import wording
from partner.reports.sheet import Sheet

_COUNTED = (
    ("operations.releases", "リリースを{0}件行った。"), ("operations.maintenance", "システムの保守作業を{0}件行った。"),
    ("consultations.total", "キャリア相談を{0}件行った。"), ("jobs.posted", "求人情報を{0}件、新たに掲載した。"),
    ("trainings.posted", "研修・セミナー情報を{0}件、新たに掲載した。"),
)  # fmt: skip


def happened(sheet: Sheet) -> list[Runs]:
    """Events held, then what was counted; each sentence ends with the way to its records."""
    return [*_events(sheet), *_counted(sheet)]


def _events(sheet: Sheet) -> Iterator[Runs]:
    """12月6日（土）に「第3回セミナー」を開催し、参加者は120人であった。"""
    rows: Any = CentreEvent.objects
    period = sheet.period
    found = rows.known_at(sheet.cut).filter(state="held", valid_to__gt=period.start, valid_to__lte=period.end)
    for row in sorted(found, key=lambda row: (row.valid_to, row.pk)):
        day = last_day(row)
        came = sheet.evaluation.value("events.participants", period, {"event": row.number}).value
        people = f"し、参加者は{came:,}人であった。" if came else "した。"
        yield _said(
            sheet, f"{wording.day(day, era=False)}に「{row.title}」を開催{people}", "events.held", {"event": row.number}
        )


def _counted(sheet: Sheet) -> Iterator[Runs]:
    """Nothing is said of what nobody counted, or of none."""
    for key, sentence in _COUNTED:
        value = sheet.evaluation.value(key, sheet.period).value
        if value:
            yield _said(sheet, sentence.format(f"{value:,}"), key, {})


def _said(sheet: Sheet, text: str, key: str, where: dict[str, str]) -> Runs:
    return (Run(text), Run("　"), Run("元の記録", link=sheet.link(key, sheet.period, where)))
