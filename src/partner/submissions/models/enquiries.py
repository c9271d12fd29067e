"""照会対応: what was asked between the reports, and each answer with the knowledge it holds."""

from django.db import models

from partner.ledger.fields import InstantField
from partner.submissions.models.base import Done


class Enquiry(Done):
    """A question that was asked: figures, periods, breakdown, filter. Numbered 参考提出 once answered."""

    number = models.IntegerField(unique=True, help_text="参考提出 No.")
    subject = models.CharField(max_length=120)
    asked_by = models.CharField(max_length=120, help_text="the office that asked, no person's name")
    asked_on = models.DateField()
    question = models.TextField(blank=True)
    figures = models.JSONField(help_text="keys, in their order")
    periods = models.JSONField(help_text="period keys, in their order")
    by = models.CharField(max_length=120, blank=True, help_text="the breakdown, level,medium")
    where = models.JSONField(default=dict, help_text="dimension → code")
    chart = models.CharField(max_length=10, blank=True, help_text="line, bar or none")

    class Meta(Done.Meta):
        db_table = "submissions_enquiry"


class EnquiryAnswer(Done):
    """The answer as computed at a cut. Asked again, another row; what changed is the difference of the two."""

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="answers")
    version = models.IntegerField()
    cut = InstantField()
    data = models.JSONField(help_text="rows, definitions and caveats as printed")
    digest = models.CharField(max_length=64)

    class Meta(Done.Meta):
        db_table = "submissions_enquiry_answer"
        constraints = [models.UniqueConstraint(fields=["enquiry", "version"], name="answered_once")]


class EnquiryStep(Done):
    """An answer was approved, declined, or sent."""

    class Name(models.TextChoices):
        APPROVED = "approved", "承認"
        DECLINED = "declined", "差し戻し"
        SENT = "sent", "送付"

    answer = models.ForeignKey(EnquiryAnswer, models.PROTECT, related_name="steps")
    name = models.CharField(max_length=10, choices=Name.choices)
    comment = models.CharField(max_length=400, blank=True)

    class Meta(Done.Meta):
        db_table = "submissions_enquiry_step"
        constraints = [models.UniqueConstraint(fields=["answer", "name"], name="each_step_once")]
