from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OutboxConfig(AppConfig):
    name = "partner.outbox"
    label = "outbox"

    def ready(self) -> None:
        """What was sent stays as it was written."""
        from partner.ledger import appended

        post_migrate.connect(appended.install_guards, sender=self, dispatch_uid="outbox_guards")
