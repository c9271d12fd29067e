"""What is kept while people work. Derived or unfinished: these rows may change and go, no submission reads them."""

from django.db import models

from partner.ledger.fields import InstantField


class TextDraft(models.Model):
    """What one person is typing at a place of a report, saved as he types."""

    kind = models.CharField(max_length=20)
    period = models.CharField(max_length=40)
    place = models.CharField(max_length=60)
    login = models.CharField(max_length=150)
    by_name = models.CharField(max_length=80)
    body = models.TextField(blank=True)
    seen = InstantField(null=True, help_text="when the text was recorded that the typing began from")
    at = InstantField()

    class Meta:
        db_table = "submissions_text_draft"
        constraints = [models.UniqueConstraint(fields=["kind", "period", "place", "login"], name="one_draft_a_person")]


class Composed(models.Model):
    """A composed report as the working page shows it. Made again whenever it is missing or old."""

    kind = models.CharField(max_length=20)
    period = models.CharField(max_length=40)
    cut = InstantField()
    texts_at = InstantField()
    made_by = models.CharField(max_length=60, help_text="the program that made it; another one makes it anew")
    data = models.JSONField()

    class Meta:
        db_table = "submissions_composed"
        indexes = [models.Index(fields=["kind", "period"])]
