from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "partner.reports"
    label = "reports"
