"""Addresses of parts of pages, asked for by scripts: under `/-/`, so that they are no page views."""

from django.urls import URLPattern, path

from partner.desk.views import intake

app_name = "fragments"
urlpatterns: list[URLPattern] = [
    path("work/<str:key>/", intake.work_progress, name="work_progress"),
]
