"""Files that belong to what is told: collected originals, photos, materials, receipts. Each lies under its digest."""

from django.db import models
from django.db.models import Q

from partner.ledger.models import Recorded


class Attachment(Recorded):
    """One file about one thing. What it is about is named by kind and number (`event:E-12`, `expense:2026-104`)."""

    class Role(models.TextChoices):
        ORIGINAL = "original", "回収した原本"
        PHOTO = "photo", "写真"
        MATERIAL = "material", "資料"
        EVIDENCE = "evidence", "証憑"

    about = models.CharField(max_length=60, db_index=True)
    role = models.CharField(max_length=12, choices=Role.choices)
    survey = models.CharField(max_length=20, blank=True, help_text="of an original")
    number = models.CharField(max_length=40, help_text="its own within what it is about: 001, 002")
    title = models.CharField(max_length=120)
    alt = models.CharField(max_length=200, blank=True, help_text="of a photo: what is seen")
    digest = models.CharField(max_length=64, db_index=True, help_text="SHA-256 of the file")
    size = models.BigIntegerField(help_text="bytes")
    form = models.CharField(max_length=8, help_text="pdf, png, jpeg")
    file_name = models.CharField(max_length=200)
    by_name = models.CharField(max_length=80)
    by_role = models.CharField(max_length=40)

    class Meta(Recorded.Meta):
        db_table = "facts_attachment"
        constraints = [
            models.UniqueConstraint(
                fields=["about", "role", "survey", "number"], condition=Q(superseded_at__isnull=True),
                name="one_believed_attachment",
            )
        ]  # fmt: skip
