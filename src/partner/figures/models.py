"""What the figures keep: roll-ups, which are derived and can be thrown away at any time."""

from django.db import models

from partner.ledger.fields import InstantField


class Rollup(models.Model):
    """A set's size at one instant, by raw codes, as known at a tick. Never read by a seal."""

    name = models.CharField(max_length=60, help_text="which set: people.in_force")
    at = InstantField(help_text="the period's end that it was counted for")
    columns = models.CharField(max_length=120)
    tick = InstantField(help_text="the cut as of which it was counted")
    groups = models.TextField(help_text="JSON: [[raw codes…, count], …]")

    class Meta:
        db_table = "figures_rollup"
        constraints = [models.UniqueConstraint(fields=["name", "at", "columns"], name="rollup_once")]
