"""Addresses of confirming; part of the room's."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from network.facilities.freshness import views

urlpatterns = [
    path(_("to-confirm/"), views.to_confirm, name="to-confirm"),
    path(_("to-confirm/<str:token>/"), views.by_link, name="confirm-by-link"),
]
