"""How a submission went out, and what came back as evidence that it arrived."""

from django.db import models

from partner.submissions.models.base import Done
from partner.submissions.models.steps import Submission


class Delivery(Done):
    """One delivery of one submission. There is one for each submission and way, so that nothing goes out twice."""

    class Method(models.TextChoices):
        MAIL = "mail", "電子メール"
        TRANSFER = "transfer", "大容量ファイル送受信サービス"
        PAPER = "paper", "紙"
        VIEW = "view", "確認画面"

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="deliveries")
    method = models.CharField(max_length=10, choices=Method.choices)
    recipient = models.CharField(max_length=200)
    copies = models.IntegerField(default=0, help_text="of paper")
    note = models.CharField(max_length=400, blank=True)
    mail_key = models.CharField(max_length=120, blank=True, help_text="the mail in the outbox")
    files = models.JSONField(help_text="name and SHA-256 of each file that went out")

    class Meta(Done.Meta):
        db_table = "submissions_delivery"
        constraints = [models.UniqueConstraint(fields=["submission", "method"], name="delivered_once")]


class Receipt(Done):
    """Evidence that a delivery arrived."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="receipts")
    received_at = models.DateTimeField()
    evidence = models.CharField(max_length=400)
    digest = models.CharField(max_length=64, blank=True, help_text="of a kept file, if there is one")
    file_name = models.CharField(max_length=200, blank=True)

    class Meta(Done.Meta):
        db_table = "submissions_receipt"
