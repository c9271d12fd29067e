from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "partner.desk"
    label = "desk"
