"""Test facilities."""

from django.apps import AppConfig


class FacilitiesConfig(AppConfig):
    name = "network.facilities"

    def ready(self) -> None:
        """Declare what of facilities is searchable."""
        from network.facilities.documents import FACETS, SearchableFacility
        from search import documents, facets

        for facet in FACETS:
            facets.register(facet)
        documents.register(SearchableFacility())
