"""Keeps the expected reports in line with what happened: made, closed as 不要 with its ground, or expected again."""

from collections.abc import Iterator
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
from partner.submissions.models import ExpectedReport, Submission, Waiver

_BY = {"by_login": "", "by_name": "記録による", "by_role": "自動"}
_AGAIN = "記録により、報告が必要になった。"


def follow(happening: Happening) -> int:
    """Makes, closes and opens again what the facts ask for; returns how many rows. Two at once do it once."""
    if next(_Gap(happening).rows(), None) is None:
        return 0
    with transaction.atomic():
        alone()
        rows = list(_Gap(happening).rows())
        for row in rows:
            row.save(force_insert=True)
        return len(rows)


class _Gap:
    """What the rows lack, as of one look at them."""

    def __init__(self, happening: Happening) -> None:
        self.happening = happening
        rows: Any = ExpectedReport.objects
        latest = Waiver.objects.filter(report=OuterRef("pk")).order_by("-pk")
        found = rows.filter(kind__in=KINDS, due_at__gte=midnight(happening.since)).annotate(
            waived_now=Subquery(latest.values("is_waived")[:1]), waived_by=Subquery(latest.values("by_login")[:1]),
            is_sent=Exists(Submission.objects.filter(report=OuterRef("pk"))),
        )  # fmt: skip
        self.there = list(found.filter(_about(happening.number)) if happening.number else found)

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

    def _why_not(self, report: ExpectedReport) -> str:
        """Why the report need not be made; empty where it must."""
        number = number_of(report.period)
        if report.kind == "service":
            return _of_event(_find(CentreEvent, self.happening.events, number))
        return _of_incident(_find(Incident, self.happening.incidents, number), report)


def _about(number: str) -> Q:
    return Q(period=f"event:{number}") | Q(period__startswith=f"incident:{number}/")


def _find(model: Any, known: list[Any], number: str) -> Any:
    """The fact as now believed; one that was moved far away is looked for."""
    there = next((row for row in known if row.number == number), None)
    return there or model.objects.believed().filter(number=number).first()


def _of_event(row: CentreEvent | None) -> str:
    if row is None:
        return "催しの記録が取り消された。"
    if row.state == EventState.CANCELLED:
        return f"催しの中止{f'：{row.reason}' if row.reason else ''}"
    return "催しは予定に戻された。" if row.state == EventState.PLANNED else ""


def _of_incident(row: Incident | None, report: ExpectedReport) -> str:
    if row is None:
        return "事案の記録が取り消された。"
    if report.kind == "incident/full" and row.handled_at is None:
        return "対処は済んでいないと改められた。"
    if report.kind == "incident/interim" and row.handled_at is not None and row.handled_at <= report.due_at:
        return "期限の前に対処が済んだ（完了報告による）。"
    return ""
