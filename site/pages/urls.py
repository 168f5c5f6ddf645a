"""Addresses that belong to the editorial part but are no pages, below ``/nytt/`` and ``/en/new/``."""

from django.urls import path
from django.views.decorators.http import require_safe

from pages.feeds import WhatIsNew

app_name = "pages"

urlpatterns = [path("atom.xml", require_safe(WhatIsNew()), name="feed")]
