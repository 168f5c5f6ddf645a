"""Addresses of a person's saved searches, below the account's."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from alerts import views

app_name = "alerts"

urlpatterns = [
    path("", views.saved_searches, name="list"),
    path(_("save/"), views.save, name="save"),
    path("<int:pk>/", views.saved_search, name="detail"),
    path(_("<int:pk>/change/"), views.change, name="change"),
    path(_("<int:pk>/delete/"), views.delete, name="delete"),
]
