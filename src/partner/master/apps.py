from django.apps import AppConfig


class MasterConfig(AppConfig):
    name = "partner.master"
    label = "master"
