"""Addresses of the forum; each part of the room has its own below them."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from network.forum.kinds import urls as kinds
from network.forum.reading import urls as reading

app_name = "forum"

urlpatterns: list[URLPattern | URLResolver] = [*kinds.urlpatterns, *reading.urlpatterns]
