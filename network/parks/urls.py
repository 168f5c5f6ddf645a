"""Addresses of the parks."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from network.parks import views

app_name = "parks"

urlpatterns = [
    path("", views.overview, name="list"),
    path(_("focus-areas/"), views.focus_areas, name="focus-areas"),
    path(_("themes/"), views.themes, name="themes"),
    path(_("themes/<slug:slug>/"), views.theme, name="theme"),
    path("<slug:slug>/", views.profile, name="detail"),
]
