"""The search engine's room; it knows no domain model."""

from django.apps import AppConfig
from django.utils.translation import override, pgettext_lazy


class SearchConfig(AppConfig):
    name = "search"

    def ready(self) -> None:
        """Follow the changes of everything that is declared searchable."""
        # Imported here because models are loaded only now.
        from search import facets
        from search.documents import on_register
        from search.projection import connect

        on_register(connect)
        facets.register(facets.Facet("type", pgettext_lazy("facet", "Type"), _type_names))


def _type_names() -> dict[str, tuple[str, str]]:
    from search.documents import documents

    def plurals(language: str) -> dict[str, str]:
        with override(language):
            return {name: str(document.plural) for name, document in documents().items()}

    norwegian, english = plurals("nb"), plurals("en")
    return {name: (norwegian[name], english[name]) for name in norwegian}
