"""Addresses for reading the forum."""

from __future__ import annotations

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from network.forum.reading import feeds, views

urlpatterns = [
    path("", views.overview, name="overview"),
    path("atom.xml", require_safe(feeds.NewestThreads()), name="feed"),
    path(_("all/"), views.all_threads, name="list"),
    path(_("mark-read/"), views.mark_read, name="mark-read"),
    path("k/<slug:slug>/", views.category, name="category"),
    path("k/<slug:slug>/atom.xml", require_safe(feeds.NewestOfCategory()), name="category-feed"),
    path(_("k/<slug:slug>/mark-read/"), views.mark_read, name="mark-category-read"),
    path("t/<int:pk>/<slug:slug>/", views.thread, name="thread"),
    path("u/<int:pk>/", views.unread, name="unread"),
    path("p/<int:pk>/", views.post, name="post"),
]
