"""Saved searches, and telling people of what is new in them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlertsConfig(AppConfig):
    name = "alerts"

    def ready(self) -> None:
        """Offer saved searches to accounts and activity, and take the search page as a list."""
        # Imported here because models are loaded only now.
        from accounts import personal, sections
        from activity import kinds, schedule, things
        from alerts import holdings, notices, running
        from alerts.lists import SavedList, register_list
        from search.views import SearchListing

        register_list(SavedList("search", _("All of the site"), SearchListing, "search:page"))
        sections.register(
            sections.Section(
                _("Saved searches"),
                "alerts:list",
                notices.how_many,
                icon="search",
                is_shortcut=True,
            )
        )
        personal.register(holdings.SAVED_SEARCHES)
        things.register_thing(notices.THING, _("Saved searches"), notices.describe)
        kinds.register_kind(notices.MATCH)
        schedule.register_job(running.JOB)
