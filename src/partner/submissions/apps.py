from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SubmissionsConfig(AppConfig):
    name = "partner.submissions"
    label = "submissions"

    def ready(self) -> None:
        """What was done stays as it was written."""
        from partner.ledger import appended

        post_migrate.connect(appended.install_guards, sender=self, dispatch_uid="submissions_guards")
