"""Comments pinned to a place of a report."""

from django.db import models

from partner.submissions.models.base import Done
from partner.submissions.models.expected import ExpectedReport


class Comment(Done):
    """Said about a cell, a sentence or a section; answers and 解決 are rows that hang on the first."""

    report = models.ForeignKey(ExpectedReport, models.PROTECT, related_name="comments")
    place = models.CharField(max_length=60, help_text="M1-1.07a, summary.changes, M5; empty for the whole")
    quote = models.CharField(max_length=200, blank=True, help_text="the sentence it is about")
    body = models.TextField(blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="answers")
    settles = models.BooleanField(default=False, help_text="解決にする")
    is_jica = models.BooleanField(default=False)

    class Meta(Done.Meta):
        db_table = "submissions_comment"
