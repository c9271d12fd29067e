from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "partner.files"
    label = "files"

    def ready(self) -> None:
        """Says whose files must stay."""
        from partner.files import holders, references

        holders.register("references", references.held)
