"""Addresses of the forum; each part of the room has its own below them."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from network.forum.kinds import urls as kinds
from network.forum.moderation import urls as moderation
from network.forum.reading import urls as reading
from network.forum.writing import urls as writing

app_name = "forum"

urlpatterns: list[URLPattern | URLResolver] = [
    *kinds.urlpatterns,
    *moderation.urlpatterns,
    *writing.urlpatterns,
    *reading.urlpatterns,
]
