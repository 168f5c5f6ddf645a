"""Addresses of a person's own pages beside allauth's, below ``/konto/`` and ``/en/account/``."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("", views.overview, name="overview"),
    path(_("details/"), views.profile, name="profile"),
    path(_("my-data/"), views.export, name="export"),
    path(_("my-data/download/"), views.download, name="download"),
    path(_("erase/"), views.erase, name="erase"),
    path(_("to-the-admin/"), views.admin_entrance, name="admin_entrance"),
]
