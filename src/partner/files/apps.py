from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "partner.files"
    label = "files"
