"""不要: a report that was expected and need not be made, with its ground; or that it is to be made after all."""

from django.db import models

from partner.submissions.models.base import Done
from partner.submissions.models.expected import ExpectedReport


class Waiver(Done):
    """The latest row of a report holds. Without a sign-in name it follows from the records, and may be taken back by them."""

    report = models.ForeignKey(ExpectedReport, models.PROTECT, related_name="waivers")
    is_waived = models.BooleanField(help_text="false: expected again")
    ground = models.CharField(max_length=400)

    class Meta(Done.Meta):
        db_table = "submissions_waiver"
