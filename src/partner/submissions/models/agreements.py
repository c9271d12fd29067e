"""What is open between the Centre and JICA, what was agreed and when, and what was changed in the contract."""

from django.db import models

from partner.submissions.models.base import Done


class Minutes(Done):
    """打合簿: a meeting with what was decided."""

    number = models.IntegerField(unique=True)
    held_on = models.DateField()
    subject = models.CharField(max_length=120)
    attendants = models.TextField(help_text="offices and posts")
    body = models.TextField()
    decisions = models.TextField(blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, help_text="the minutes that these replace")

    class Meta(Done.Meta):
        db_table = "submissions_minutes"


class Agreement(Done):
    """合意事項: a question on a definition, a target or a date, with the Centre's proposal."""

    code = models.CharField(max_length=20, unique=True, help_text="A01")
    subject = models.CharField(max_length=120)
    question = models.TextField()
    proposal = models.TextField()
    until_agreed = models.TextField(blank=True, help_text="what is done as long as it is open")
    concerns = models.CharField(max_length=200, blank=True, help_text="the reports and items it has an effect on")
    opened_on = models.DateField()

    class Meta(Done.Meta):
        db_table = "submissions_agreement"


class AgreementNote(Done):
    """What became of it: an answer, a new proposal, the agreement with its date and effect."""

    class Kind(models.TextChoices):
        PROPOSAL = "proposal", "提案の変更"
        ANSWER = "answer", "機構の回答"
        AGREED = "agreed", "合意"
        DROPPED = "dropped", "取下げ"

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField()
    agreed_on = models.DateField(null=True)
    holds_from = models.DateField(null=True, help_text="the first period's day on which it has effect")
    minutes = models.ForeignKey(Minutes, models.PROTECT, null=True, related_name="notes")

    class Meta(Done.Meta):
        db_table = "submissions_agreement_note"


class Amendment(Done):
    """変更契約: a change of the contract, with the day from which it holds."""

    number = models.IntegerField(unique=True)
    concluded_on = models.DateField()
    holds_from = models.DateField()
    subject = models.CharField(max_length=120)
    change = models.TextField()

    class Meta(Done.Meta):
        db_table = "submissions_amendment"
