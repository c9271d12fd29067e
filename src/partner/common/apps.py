from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "partner.common"
    label = "common"
