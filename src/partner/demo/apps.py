from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "partner.demo"
    label = "demo"
