"""Addresses that belong to the editorial part but are no pages, below ``/nytt/`` and ``/en/new/``."""

from django.urls import path

from pages.feeds import WhatIsNew

app_name = "pages"

urlpatterns = [path("atom.xml", WhatIsNew(), name="feed")]
