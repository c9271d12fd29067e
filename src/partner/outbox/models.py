"""Mail to be sent, and what became of it. Rows are only ever added; the state follows from them."""

from django.db import models

from partner.ledger.appended import Appended
from partner.ledger.fields import InstantField


class OutgoingMail(Appended):
    """One mail to one address. Its key says what it is: asked for twice, it is queued once."""

    key = models.CharField(max_length=120, unique=True)
    purpose = models.CharField(max_length=40, help_text="submission, reminder")
    to_address = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    queued_at = InstantField()
    by_name = models.CharField(max_length=80)
    by_role = models.CharField(max_length=40)

    class Meta:
        db_table = "outbox_mail"
        ordering = ["id"]


class MailFile(Appended):
    """A plain file that goes with a mail; it lies under its digest."""

    mail = models.ForeignKey(OutgoingMail, models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=120)

    class Meta:
        db_table = "outbox_file"
        ordering = ["id"]


class MailAttempt(Appended):
    """Someone began to send it. The unique number is the claim: of two processes one sends."""

    mail = models.ForeignKey(OutgoingMail, models.PROTECT, related_name="attempts")
    number = models.IntegerField()
    begun_at = InstantField()

    class Meta:
        db_table = "outbox_attempt"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["mail", "number"], name="one_sender")]


class MailOutcome(Appended):
    """What the server said, or what a person decided where nobody can know (after a crash between sending and writing)."""

    class Kind(models.TextChoices):
        SENT = "sent", "送信済み"
        DEFERRED = "deferred", "後で再送"
        REFUSED = "refused", "受け付けられず"
        ARRIVED = "arrived", "届いたと確認"
        AGAIN = "again", "もう一度送る"
        DROPPED = "dropped", "取りやめ"

    attempt = models.ForeignKey(MailAttempt, models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    code = models.IntegerField(null=True, help_text="the server's answer")
    reply = models.CharField(
        max_length=200, blank=True, help_text="its words without addresses, or the person's reason"
    )
    at = InstantField()
    by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        db_table = "outbox_outcome"
        ordering = ["id"]
