from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "partner.facts"
    label = "facts"
