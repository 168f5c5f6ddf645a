"""Editorial content: Wagtail's page types."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"

    def ready(self) -> None:
        """Offer the frame, the searchable pages and the editors' permissions."""
        # Imported here because models are loaded only now.
        from accounts import groups, roles
        from pages import documents as searchable
        from pages import frame, kept
        from pages.news.documents import SearchableCall, SearchableNews
        from pages.practice import registration as practice
        from search import documents
        from ui import chrome

        chrome.register(frame.frame)
        frame.connect()
        kept.connect()
        documents.register(searchable.SearchablePage())
        documents.register(SearchableNews())
        documents.register(SearchableCall())
        practice.register()
        searchable.connect()
        groups.grant_models(
            roles.NETWORK_ADMINISTRATORS,
            "pages.SiteSettings",
            "pages.Navigation",
            actions=("change",),
        )
        groups.grant_models(
            roles.NETWORK_ADMINISTRATORS,
            "search.SynonymSet",
            "search.FruitlessSearch",
            "wagtailredirects.Redirect",
        )
