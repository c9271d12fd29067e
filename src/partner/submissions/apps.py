from django.apps import AppConfig


class SubmissionsConfig(AppConfig):
    name = "partner.submissions"
    label = "submissions"
