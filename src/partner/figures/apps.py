from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "partner.figures"
    label = "figures"
