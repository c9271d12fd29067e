"""Where one report stands: its state, its cut, its submissions, and who acted. Asked with a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from partner.submissions import states
from partner.submissions.models import DataCut, ExpectedReport, Step, Submission

_STEPS: Any = Step.objects
_CUTS: Any = DataCut.objects


@dataclass(frozen=True)
class Standing:
    """Everything that was done about a report, read once."""

    report: ExpectedReport
    told: list[Step] | None = None  # its steps, where they are known already

    @classmethod
    def of_all(cls, reports: Sequence[ExpectedReport]) -> list["Standing"]:
        """Where each of the reports stands, asked together."""
        told: dict[int, list[Step]] = {report.pk: [] for report in reports}
        for step in _STEPS.filter(report__in=told).select_related("submission").order_by("number"):
            told[step.report_id].append(step)
        return [cls(report, told[report.pk]) for report in reports]

    @cached_property
    def steps(self) -> list[Step]:
        """All steps, in their order."""
        if self.told is not None:
            return self.told
        return list(_STEPS.filter(report=self.report).select_related("submission").order_by("number"))

    @cached_property
    def submissions(self) -> list[Submission]:
        """All submissions, the first one first: each was made by a step."""
        made = {step.submission.pk: step.submission for step in self.steps if step.submission}
        return sorted(made.values(), key=lambda one: one.version)

    @property
    def state(self) -> str:
        """The state that the last step led to."""
        return self.steps[-1].state if self.steps else states.MAKING

    @property
    def state_label(self) -> str:
        """作成中, 点検中, 承認待ち …"""
        return states.LABELS[self.state]

    @property
    def is_open(self) -> bool:
        """Whether people still write in it."""
        return self.state in states.OPEN

    @cached_property
    def cut(self) -> datetime | None:
        """The knowledge that its figures hold: of the last cut; None until someone took one."""
        if "cut_now" in self.report.__dict__:  # asked with the row
            return self.report.__dict__["cut_now"]  # type: ignore[no-any-return]
        return _CUTS.filter(report=self.report).order_by("-id").values_list("cut", flat=True).first()  # type: ignore[no-any-return]

    @property
    def submission(self) -> Submission | None:
        """The last submission."""
        return self.submissions[-1] if self.submissions else None

    @property
    def sent_at(self) -> datetime | None:
        """When it was first submitted: that time stays."""
        return self.submissions[0].at if self.submissions else None

    @property
    def version(self) -> int:
        """The number of the submission that is made now, or was made last."""
        return len(self.submissions) + (1 if self.state in states.INSIDE else 0)

    def last(self, *names: str) -> Step | None:
        """The latest step of those names."""
        return next((step for step in reversed(self.steps) if step.name in names), None)

    @property
    def round(self) -> list[Step]:
        """The steps since the report was last taken up: what the 承認の記録 of this submission shows."""
        begun = 0
        for n, step in enumerate(self.steps, 1):
            if step.state in states.OPEN:
                begun = n
        return self.steps[begun:]

    @property
    def preparer(self) -> Step | None:
        """Who asked for the check of what is checked and approved now."""
        return next((step for step in self.round if step.name == "ask_check"), None)

    @property
    def approval(self) -> Step | None:
        """The approval of what is submitted now."""
        return next((step for step in reversed(self.round) if step.name == "approve"), None)

    def is_late(self, now: datetime) -> bool:
        """Whether it was first submitted after its due moment, or is not submitted though that has passed."""
        return (self.sent_at or now) > self.report.due


def states_of(kind: str) -> dict[str, str]:
    """Period → the state in words of each report of the kind with which anything was done."""
    found: dict[str, str] = {}
    rows: Any = Step.objects.filter(report__kind=kind).order_by("report_id", "number")
    for period, state in rows.values_list("report__period", "state"):
        found[period] = states.LABELS[state]
    return found
