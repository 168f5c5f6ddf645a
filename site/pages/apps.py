"""Editorial content: Wagtail's page types."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"
