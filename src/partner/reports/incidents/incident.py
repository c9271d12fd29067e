"""The incident a report tells of, as known at the report's cut; what may be reported of it at which stage."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any

from partner.common.calendar import add_business_days
from partner.common.period import JST, jst_day
from partner.common.refusal import Refusal
from partner.facts.models.incidents import Incident, IncidentKind, IncidentNote
from partner.facts.periods import incident_of
from partner.master.incident_days import incident_days
from partner.reports.kinds import stage_label
from partner.reports.sheet import Sheet

_DUE_TIME = time(17)


@dataclass(frozen=True)
class Case:
    """One incident at one stage of its reports: `first`, `interim` with its number, `full`."""

    sheet: Sheet
    row: Incident
    stage: str
    number: int

    @property
    def is_full(self) -> bool:
        """Whether this is the report after it was dealt with: then nothing may be unknown."""
        return self.stage == "full"

    @property
    def is_leak(self) -> bool:
        """Whether the clocks of the law on personal information run."""
        return self.row.kind == IncidentKind.LEAK

    @property
    def stage_label(self) -> str:
        """第一報, 中間報告（第2回）, 完了報告."""
        return stage_label(self.sheet.period.stage)

    def days(self, stage: str) -> int:
        """The agreed number of business days for `first`, `interim` or `full`."""
        return incident_days(self.sheet.evaluation.book, stage, self.row.noticed_at)

    def due(self, stage: str, number: int = 1) -> datetime:
        """When that report was due: 17:00 of its business day after it was noticed, or dealt with."""
        begins = jst_day(self.row.handled_at if stage == "full" and self.row.handled_at else self.row.noticed_at)
        counted = self.days(stage) * (number if stage == "interim" else 1)
        return closing(add_business_days(begins, counted, self.sheet.evaluation.book.closed_days))

    @cached_property
    def before(self) -> list[tuple[str, datetime]]:
        """The reports before this one, each with its due moment."""
        if self.stage == "first":
            return []
        found, number = [("第一報", self.due("first"))], 1
        while (self.stage == "interim" and number < self.number) or (self.stage == "full" and self._lasted(number)):
            found.append((f"中間報告（第{number}回）", self.due("interim", number)))
            number += 1
        return found

    def _lasted(self, number: int) -> bool:
        """Whether it was not yet dealt with when that interim report was due."""
        return self.row.handled_at is not None and self.due("interim", number) < self.row.handled_at

    @cached_property
    def notes(self) -> list[IncidentNote]:
        """What was done and learnt, in its order."""
        rows: Any = IncidentNote.objects
        known = rows.known_at(self.sheet.cut).filter(incident=self.row.number)
        return sorted(known, key=lambda note: (note.happened_at, note.pk))

    def is_new(self, note: IncidentNote) -> bool:
        """Whether it happened, or became known, after the report before this one was due."""
        since = self.before[-1][1] if self.before else None
        return since is not None and max(note.happened_at, note.recorded_at) > since


def case_of(sheet: Sheet) -> Case:
    """The incident of the report's period. Raises Refusal for one nobody told of, and where the stage does not fit."""
    period = sheet.period
    if not period.incident:
        raise Refusal("bad_period", "期間は incident:事案番号/first のように書いてください。")
    row = incident_of(period.incident, sheet.cut)
    stage, _, number = period.stage.partition("-")
    case = Case(sheet, row, stage, int(number or 1))
    if case.is_full and row.handled_at is None:
        raise Refusal("not_handled", "対処が終わっていないため、完了報告は作成できません。")
    if stage == "interim" and row.handled_at is not None and row.handled_at <= case.before[-1][1]:
        raise Refusal(
            "handled_already", "対処が終わっているため、この中間報告は要りません。完了報告を作成してください。"
        )
    return case


def closing(day: date) -> datetime:
    """17:00 JST of the day: until then a due report may come."""
    return datetime.combine(day, _DUE_TIME, JST)
