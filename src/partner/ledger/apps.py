from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    name = "partner.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Triggers are put back after every migration."""
        from partner.ledger import triggers

        post_migrate.connect(triggers.install, sender=self, dispatch_uid="ledger_triggers")
