"""Addresses of a person's own pages beside allauth's, below ``/konto/`` and ``/en/account/``."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from accounts import views

app_name = "accounts"

urlpatterns = [
    path("", views.profile, name="profile"),
    path(_("to-the-admin/"), views.admin_entrance, name="admin_entrance"),
]
