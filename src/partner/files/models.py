"""Files that stay: the earlier reports, kept beside the sections of the reports that are written now."""

from django.db import models

from partner.ledger.models import Recorded


class ReferenceFile(Recorded):
    """A report of an earlier phase, or a part of one, for an item and a period. The file lies under its digest."""

    class Form(models.TextChoices):
        PDF = "pdf", "PDF"
        XLSX = "xlsx", "Excel"
        DOCX = "docx", "Word"

    digest = models.CharField(max_length=64, db_index=True, help_text="SHA-256 of the file")
    size = models.BigIntegerField(help_text="bytes")
    form = models.CharField(max_length=8, choices=Form.choices)
    file_name = models.CharField(max_length=200)
    item = models.CharField(max_length=8, help_text="M1 to M9; empty for the whole report")
    period = models.CharField(max_length=16, help_text="the period it reports on, as typed in commands")
    source = models.CharField(max_length=200, help_text="title of the report")
    pages = models.CharField(max_length=120, blank=True, help_text="where in it")
    by_name = models.CharField(max_length=80)
    by_role = models.CharField(max_length=40)

    class Meta(Recorded.Meta):
        db_table = "files_reference"
