"""What stands beside a report while it is made: a due date that may move, surveys that close late, a leak's legal clocks."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from partner.common.refusal import Refusal
from partner.facts.periods import incident_of
from partner.ledger import clock
from partner.master.book import present
from partner.submissions.addresses import number_of
from partner.submissions.legal import Leak, leak_of
from partner.submissions.models import ExpectedReport, Waiver
from partner.submissions.proposing import Proposal, proposal
from partner.submissions.standing import Standing
from partner.submissions.surveyed import late_surveys


@dataclass(frozen=True)
class Beside:
    """Of one report, as of one moment."""

    report: ExpectedReport
    standing: Standing
    now: datetime
    extra: Any

    @cached_property
    def moved(self) -> Proposal | None:
        """Another due date, where the records would give one. Nothing moves by itself."""
        return None if self.standing.submissions else proposal(self.report, self.now)

    @cached_property
    def surveys(self) -> list[str]:
        """Surveys of the event that close after they are needed."""
        return late_surveys([self.report], self.extra).get(self.report.pk, [])

    @cached_property
    def leak(self) -> Leak | None:
        """The legal clocks, where the incident is a leak of personal data."""
        if self.report.slug != "incident":
            return None
        try:
            incident = incident_of(number_of(self.report.period), clock.last())
        except Refusal:  # it was withdrawn
            return None
        return leak_of(incident, present(), self.extra)

    @cached_property
    def waivers(self) -> list[Waiver]:
        """Who decided that it need not be made, or that it must, the latest first."""
        return list(Waiver.objects.filter(report=self.report).order_by("-id"))
