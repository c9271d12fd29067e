from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AccountsConfig(AppConfig):
    name = "partner.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Guards the audit table after each migration, and writes down who comes and goes."""
        from partner.accounts import comings
        from partner.ledger import appended

        post_migrate.connect(appended.install_guards, sender=self, dispatch_uid="audit_guards")
        comings.connect()
