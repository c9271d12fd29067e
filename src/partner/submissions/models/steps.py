"""The steps of a report, its data cuts, and its numbered submissions with their files."""

from django.db import models

from partner.ledger.appended import Appended
from partner.ledger.fields import InstantField
from partner.submissions.models.base import Done
from partner.submissions.models.expected import ExpectedReport


class DataCut(Done):
    """Someone said: this moment's knowledge is what the report holds. The latest row is in force."""

    report = models.ForeignKey(ExpectedReport, models.PROTECT, related_name="cuts")
    cut = InstantField()

    class Meta(Done.Meta):
        db_table = "submissions_data_cut"


class Submission(Done):
    """What was submitted, numbered, never changed. The files are `SubmittedFile` rows; a new one follows a sent-back one."""

    report = models.ForeignKey(ExpectedReport, models.PROTECT, related_name="submissions")
    version = models.IntegerField(help_text="1 for the first, 2 after it was sent back or withdrawn")
    request_key = models.CharField(
        max_length=40, unique=True, help_text="of the form that asked: once, however often sent"
    )
    cut = InstantField(help_text="the knowledge that its figures hold")
    texts_at = InstantField(help_text="the knowledge that its texts hold")
    canonical_digest = models.CharField(
        max_length=64, help_text="SHA-256 of figures, cells and texts as canonical JSON"
    )
    due_at = InstantField(help_text="when it was due, as known when submitted")
    program = models.CharField(max_length=60, help_text="the program's version")

    class Meta(Done.Meta):
        db_table = "submissions_submission"
        constraints = [models.UniqueConstraint(fields=["report", "version"], name="submitted_once")]

    @property
    def name(self) -> str:
        """受付番号: monthly 2026-09 第1回."""
        return f"{self.report.kind}-{self.report.period}-{self.version}"

    @property
    def is_on_time(self) -> bool:
        """Whether it was submitted by its due moment."""
        return self.at <= self.due_at


class SubmittedFile(Appended):
    """One file of a submission; it lies under its digest."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="files")
    format = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()

    class Meta:
        db_table = "submissions_file"
        ordering = ["id"]


class Step(Done):
    """A report went from one state to another. All steps of all reports stand in this one table."""

    report = models.ForeignKey(ExpectedReport, models.PROTECT, related_name="steps")
    number = models.IntegerField(help_text="1 for the report's first")
    name = models.CharField(max_length=20)
    state = models.CharField(max_length=12, help_text="the state that it led to")
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="steps")
    for_name = models.CharField(max_length=80, blank=True, help_text="whose deputy acted (代理)")
    comment = models.TextField(blank=True)
    deemed = models.BooleanField(default=False, help_text="みなし承認: agreed silence, nobody acted")
    cut = InstantField(null=True)
    texts_at = InstantField(null=True)
    digest = models.CharField(max_length=64, blank=True, help_text="of the canonical JSON that was approved")

    class Meta(Done.Meta):
        db_table = "submissions_step"
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="one_step_after_another")]
