"""Addresses of the search page."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from search import views

app_name = "search"

urlpatterns = [
    path("", views.search_page, name="page"),
    path(_("suggestions/"), views.suggestions, name="suggestions"),
]
