"""Who a subject is. No clocks: it is the one thing here that goes away."""

import secrets

from django.db import models


def new_subject_key() -> str:
    """A random key of 64 bits in hexadecimal; it says nothing of anyone."""
    return secrets.token_hex(8)


class Identity(models.Model):
    """Subject key ↔ number, name, address, mail. Deleted at erasure; facts hold the subject key alone."""

    class Party(models.TextChoices):
        PERSON = "person", "人材"
        ORGANIZATION = "organization", "団体"

    subject = models.CharField(max_length=16, primary_key=True)
    party = models.CharField(max_length=12, choices=Party.choices)
    number = models.CharField(max_length=40, help_text="管理番号")
    name = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    email = models.CharField(max_length=254, blank=True)

    class Meta:
        db_table = "facts_identity"
        constraints = [models.UniqueConstraint(fields=["party", "number"], name="identity_number_once")]
