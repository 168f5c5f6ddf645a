"""Test facilities."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

VOCABULARIES = ("facilities.Method", "facilities.Material", "facilities.Standard")


class FacilitiesConfig(AppConfig):
    name = "network.facilities"

    def ready(self) -> None:
        """Offer permissions and searchable things to those who ask for them."""
        # Imported here because models are loaded only now.
        from accounts import groups, roles
        from activity.kinds import register_kind
        from activity.things import register_thing
        from alerts.lists import SavedList, register_list
        from network.facilities import following, notices
        from network.facilities.catalogue import Catalogue
        from network.facilities.documents import FACETS, SearchableFacility
        from network.facilities.editing_registration import register as register_editing
        from network.facilities.enquiries.registration import register_all
        from network.facilities.freshness.registration import register as register_freshness
        from search import documents, facets

        editors = (roles.PARK_STAFF, roles.ORGANISATION_ADMINISTRATORS)
        groups.grant_models(roles.NETWORK_ADMINISTRATORS, "facilities.Facility", *VOCABULARIES)
        for group in editors:
            groups.grant_models(group, "facilities.Facility")
        for facet in FACETS:
            facets.register(facet)
        documents.register(SearchableFacility())
        register_list(SavedList("facilities", _("Test facilities"), Catalogue, "facilities:list"))
        register_thing(following.THING, _("Test facilities"), following.describe)
        for kind in notices.KINDS:
            register_kind(kind)
        register_all()
        register_editing()
        register_freshness()
