"""The search engine's room; it knows no domain model."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
