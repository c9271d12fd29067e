from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "partner.facts"
    label = "facts"

    def ready(self) -> None:
        """Says whose files must stay."""
        from partner.facts import attachments
        from partner.files import holders

        holders.register("attachments", attachments.held)
