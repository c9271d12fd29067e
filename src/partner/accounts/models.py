"""Who signs in, in which role, and who did or saw what."""

from django.contrib.auth.models import AbstractUser
from django.db import models

from partner.accounts.roles import Role
from partner.ledger.appended import Appended


class User(AbstractUser):
    """Someone who signs in. `display_name` is what others see; the role decides what is allowed."""

    display_name = models.CharField(max_length=80, blank=True)
    role = models.CharField(max_length=20, choices=Role.choices)

    class Meta:
        db_table = "accounts_user"

    def __str__(self) -> str:
        return f"{self.display_name or self.username}（{self.get_role_display()}）"


class AuditEvent(Appended):
    """Someone did, or looked at, something. Staff stand by name and role, registrants by subject key."""

    at = models.DateTimeField()
    by_name = models.CharField(max_length=80)
    by_role = models.CharField(max_length=40)
    action = models.CharField(max_length=40)
    subject = models.CharField(max_length=16, blank=True, db_index=True)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "accounts_audit_event"
        ordering = ["-at", "-id"]
