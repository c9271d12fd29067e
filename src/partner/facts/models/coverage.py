"""For which days a source is complete, and which loads brought what. Zero is not "no data"."""

from django.db import models
from django.db.models import F, Q

from partner.ledger.fields import InstantField
from partner.ledger.models import Recorded


class Coverage(Recorded):
    """The source is complete for these days. `loss` marks a declared loss (欠測の届出), which settles its hours too."""

    kind = models.CharField(max_length=40)
    valid_from = InstantField()
    valid_to = InstantField()
    source = models.CharField(max_length=120)
    loss = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, blank=True)
    load = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=80)
    by_role = models.CharField(max_length=40)

    class Meta(Recorded.Meta):
        db_table = "facts_coverage"
        constraints = [models.CheckConstraint(condition=Q(valid_to__gt=F("valid_from")), name="coverage_has_length")]


class Load(Recorded):
    """One file that was loaded: its digest, so that the same file again changes nothing, and what it did.

    Its id is the number of the load, which the facts it brought carry.
    """

    kind = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, db_index=True)
    rows = models.IntegerField()
    new = models.IntegerField()
    corrected = models.IntegerField()
    unchanged = models.IntegerField()
    refused = models.IntegerField()
    covers = models.CharField(max_length=40, blank=True)
    by_name = models.CharField(max_length=80)
    by_role = models.CharField(max_length=40)

    class Meta(Recorded.Meta):
        db_table = "facts_load"
