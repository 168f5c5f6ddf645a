"""Addresses of the forum; each part of the room has its own below them."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "forum"

urlpatterns: list[URLPattern | URLResolver] = []
