"""All addresses of the site."""

from django.urls import include, path
from django.views.generic import RedirectView
from django.views.i18n import set_language

from partner.desk import urls as desk
from partner.desk.views.counted import counted
from partner.desk.views.published import published

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="desk:home"), name="root"),
    path("accounts/", include("partner.accounts.urls")),
    path("language/", set_language, name="set_language"),
    path("desk/", include(desk)),
    path("n/<str:key>/<period:period>/", counted, name="counted"),
    path("published/", published, name="published"),
    path("-/", include("partner.desk.fragments")),
]
handler429 = "partner.accounts.views.too_many"  # allauth asks for it here
