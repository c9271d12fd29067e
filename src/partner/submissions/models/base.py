"""What every row of this part says: who did it, and when. Copied in, so that it stays when the person goes."""

from django.db import models

from partner.ledger.appended import Appended
from partner.ledger.fields import InstantField


class Done(Appended):
    """Someone did something. A row that is only ever added."""

    at = InstantField()
    by_login = models.CharField(max_length=150, help_text="the sign-in name; empty for what a schedule did")
    by_name = models.CharField(max_length=80)
    by_role = models.CharField(max_length=40)

    class Meta(Appended.Meta):
        abstract = True
        ordering = ["id"]
