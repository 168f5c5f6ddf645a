"""The parks and what describes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.roles import Rows

VOCABULARIES = ("ParkCategory", "OwnershipSetup", "Theme", "FocusArea", "KeyFigure", "Source")


class ParksConfig(AppConfig):
    name = "network.parks"

    def ready(self) -> None:
        """Offer roles, permissions, searchable things and places to those who ask for them."""
        # Imported here because models are loaded only now.
        from accounts import groups, personal, roles
        from activity.things import register_thing
        from network.parks import following, signal_handlers
        from network.parks.documents import FACETS, SearchablePark
        from network.parks.personal import STAFF
        from network.parks.places import find_place
        from search import documents, facets
        from search.params import provide_places

        register_thing(following.THING, _("Parks"), following.describe)
        register_thing(following.THEME, _("Themes"), following.describe_themes)
        roles.provide(_parks_of)
        personal.register(STAFF)
        groups.grant_models(
            roles.NETWORK_ADMINISTRATORS,
            "parks.Park",
            "parks.MaterialFlow",
            "parks.ParkStaff",
            *(f"parks.{name}" for name in VOCABULARIES),
        )
        groups.grant_models(roles.PARK_STAFF, "parks.Park", actions=("change", "view"))
        groups.grant_models(roles.PARK_STAFF, "parks.MaterialFlow")
        for facet in FACETS:
            facets.register(facet)
        documents.register(SearchablePark())
        provide_places(find_place)
        signal_handlers.connect()


def _parks_of(user_id: int) -> Rows:
    from accounts.roles import Belonging, rows
    from network.parks.models import ParkStaff

    return rows(ParkStaff.objects.filter(user_id=user_id), Belonging.PARK, "park_id")
