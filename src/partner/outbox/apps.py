from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OutboxConfig(AppConfig):
    name = "partner.outbox"
    label = "outbox"

    def ready(self) -> None:
        """What was sent stays as it was written, with its files."""
        from partner.files import holders
        from partner.ledger import appended
        from partner.outbox.models import MailFile

        post_migrate.connect(appended.install_guards, sender=self, dispatch_uid="outbox_guards")
        holders.register("mail", MailFile.objects.all)
