"""Keeps the expected reports in line with what happened: made, closed as 不要 with its ground, or expected again."""

from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery

from partner.common.period import midnight
from partner.facts.models.events import CentreEvent, EventState
from partner.facts.models.incidents import Incident
from partner.submissions.actions import alone
from partner.submissions.addresses import number_of
from partner.submissions.happening import KINDS, Happening
from partner.submissions.making import Maker
from partner.submissions.models import DataCut, DueChange, ExpectedReport, Submission, Waiver

_BY = {"by_login": "", "by_name": "記録による", "by_role": "自動"}
_AGAIN = "記録により、報告が必要になった。"


def follow(happening: Happening, there: list[ExpectedReport] | None = None) -> int:
    """Makes, closes and opens again what the facts ask for; returns how many rows. Two at once do it once.

    `there`: the rows as `known` gives them, where they were read already.
    """
    if next(_Gap(happening, known(happening) if there is None else there).rows(), None) is None:
        return 0
    with transaction.atomic():
        alone()
        rows = list(_Gap(happening, known(happening)).rows())
        for row in rows:
            row.save(force_insert=True)
        return len(rows)


def known(happening: Happening, also: Q | None = None) -> list[Any]:
    """The rows that events and incidents asked for (and others that are wanted with them), as they stand now."""
    which = Q(kind__in=KINDS, due_at__gte=midnight(happening.since))
    if happening.number:
        which &= _about(happening.number)
    return list(as_they_stand().filter(which | also if also else which))


@cache
def as_they_stand() -> Any:
    """All rows, to be narrowed, with what holds of each now: `due_now`, `cut_now`, `waived_now`, `waived_by`, `is_sent`.

    Built once: Django takes as long to build it as to ask it.
    """
    rows: Any = ExpectedReport.objects
    latest = Waiver.objects.filter(report=OuterRef("pk")).order_by("-pk")
    due, cut = (
        model.objects.filter(report=OuterRef("pk")).order_by("-pk").values(field)[:1]  # type: ignore[attr-defined]
        for model, field in ((DueChange, "due_at"), (DataCut, "cut"))
    )
    return rows.annotate(
        due_now=Subquery(due), cut_now=Subquery(cut), waived_now=Subquery(latest.values("is_waived")[:1]),
        waived_by=Subquery(latest.values("by_login")[:1]), is_sent=Exists(Submission.objects.filter(report=OuterRef("pk"))),
    )  # fmt: skip


class _Gap:
    """What the rows lack, as of one look at them."""

    def __init__(self, happening: Happening, there: list[Any]) -> None:
        self.happening = happening
        self.there = [row for row in there if row.kind in KINDS]

    def rows(self) -> Iterator[ExpectedReport | Waiver]:
        """The rows to be added."""
        yield from self._missing()
        for report in self.there:
            if report.is_sent or (report.is_waived and report.waived_by):  # a person's word stays
                continue
            why = self._why_not(report)
            if bool(why) != report.is_waived:
                ground = (why or _AGAIN)[:400]
                yield Waiver(report=report, is_waived=bool(why), ground=ground, at=self.happening.now, **_BY)

    def _missing(self) -> Iterator[ExpectedReport]:
        there, maker = {(row.kind, row.period) for row in self.there}, Maker(self.happening.now)
        for one in self.happening.wanted:
            if not one.is_planned and (one.deadline.kind, one.deadline.period) not in there:
                yield maker.make(one.deadline, one.first, one.last)

    def _why_not(self, report: Any) -> str:
        """Why the report need not be made; empty where it must."""
        is_service, number = report.kind == "service", number_of(report.period)
        near = self.happening.events if is_service else self.happening.incidents
        row = next((one for one in near if one.number == number), None)
        if row is None and not report.is_waived:
            row = self._far.get((is_service, number))
        return _of_event(row) if is_service else _of_incident(row, report)

    @cached_property
    def _far(self) -> dict[tuple[bool, str], Any]:
        """Facts that were moved far away; those withdrawn are not among them."""
        numbers = {number_of(one.period) for one in self.there if not one.is_waived}
        models: tuple[Any, Any] = (Incident, CentreEvent)
        return {
            (bool(is_service), row.number): row
            for is_service, model in enumerate(models)
            for row in model.objects.believed().filter(number__in=numbers)
        }


def _about(number: str) -> Q:
    return Q(period=f"event:{number}") | Q(period__startswith=f"incident:{number}/")


def _of_event(row: Any) -> str:
    if row is None:
        return "催しの記録が取り消された。"
    if row.state == EventState.CANCELLED:
        return f"催しの中止{f'：{row.reason}' if row.reason else ''}"
    return "催しは予定に戻された。" if row.state == EventState.PLANNED else ""


def _of_incident(row: Any, report: ExpectedReport) -> str:
    if row is None:
        return "事案の記録が取り消された。"
    if report.kind == "incident/full" and row.handled_at is None:
        return "対処は済んでいないと改められた。"
    if report.kind == "incident/interim" and row.handled_at is not None and row.handled_at <= report.due_at:
        return "期限の前に対処が済んだ（完了報告による）。"
    return ""
