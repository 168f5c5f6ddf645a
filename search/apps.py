"""The search engine's room; it knows no domain model."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        """Follow the changes of everything that is declared searchable."""
        from search.documents import on_register  # noqa: PLC0415 - models are loaded only now
        from search.projection import connect  # noqa: PLC0415 - models are loaded only now

        on_register(connect)
