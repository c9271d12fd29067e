from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "partner.work"
    label = "work"
