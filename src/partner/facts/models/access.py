"""Page views lie in files; these rows say which files there are, what they hold, and at which cuts they are known."""

from django.db import models

from partner.ledger.fields import InstantField
from partner.ledger.models import Recorded


class AccessBatch(Recorded):
    """What one load took from one log file: the bytes from `starts` to `ends` of it, uncompressed, and what was in them.

    The digest of its head and its source tell that a file is this log; that of all bytes up to `ends`, that it has grown.
    """

    key = models.CharField(max_length=16, unique=True, help_text="random; names its files, stands with its page views")
    log = models.CharField(max_length=16, db_index=True, help_text="key of the first batch of the same log")
    source = models.CharField(max_length=120, db_index=True, help_text="host whose log it is")
    file_name = models.CharField(max_length=200)
    format = models.CharField(max_length=500, help_text="name or format string")
    head_length = models.IntegerField()
    head_digest = models.CharField(max_length=64)
    starts = models.BigIntegerField()
    first_row = models.BigIntegerField(default=0, help_text="lines of the file before `starts`")
    ends = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    lines = models.BigIntegerField()
    malformed = models.BigIntegerField()
    not_a_page_request = models.BigIntegerField()
    static = models.BigIntegerField()
    crawler = models.BigIntegerField()
    own = models.BigIntegerField()
    prefetch = models.BigIntegerField(default=0)
    page_views = models.BigIntegerField()
    first_at = InstantField(null=True)
    last_at = InstantField(null=True)
    lists = models.CharField(max_length=80, help_text="edition of the rules and version of the crawler list")
    by_name = models.CharField(max_length=80)
    by_role = models.CharField(max_length=40)

    class Meta(Recorded.Meta):
        db_table = "facts_access_batch"


class AccessPart(Recorded):
    """One Parquet file of page views of one JST day. Written and synced before this row; without it, it is swept."""

    day = models.DateField(db_index=True)
    batch = models.CharField(max_length=16, db_index=True, help_text="key of the batch with which it was written")
    path = models.CharField(max_length=120, unique=True, help_text="below access/ of the data folder")
    rows = models.BigIntegerField()
    bytes = models.BigIntegerField()
    digest = models.CharField(max_length=64, help_text="SHA-256 over its sorted rows")

    class Meta(Recorded.Meta):
        db_table = "facts_access_part"
