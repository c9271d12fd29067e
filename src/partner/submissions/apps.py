from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SubmissionsConfig(AppConfig):
    name = "partner.submissions"
    label = "submissions"

    def ready(self) -> None:
        """What was done stays as it was written, with its files."""
        from partner.files import holders
        from partner.ledger import appended
        from partner.submissions.models import Receipt, SubmittedFile

        post_migrate.connect(appended.install_guards, sender=self, dispatch_uid="submissions_guards")
        holders.register("submissions", SubmittedFile.objects.all)
        holders.register("receipts", Receipt.objects.all)
