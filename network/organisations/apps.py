"""Companies, institutions, clusters, and who belongs to them."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import AppConfig

MODELS = ("Organisation", "Membership", "OrganisationFigure", "PointSource")


class OrganisationsConfig(AppConfig):
    name = "network.organisations"

    def ready(self) -> None:
        """Offer roles, permissions and searchable things to those who ask for them."""
        # Imported here because models are loaded only now.
        from accounts import groups, personal, roles
        from network.organisations import signal_handlers
        from network.organisations.documents import FACETS, SearchableOrganisation
        from network.organisations.personal import MEMBERSHIPS
        from search import documents, facets

        roles.provide_organisations(_organisations_of)
        personal.register(MEMBERSHIPS)
        every = [f"organisations.{name}" for name in MODELS]
        groups.grant_models(roles.NETWORK_ADMINISTRATORS, *every)
        groups.grant_models(
            roles.PARK_STAFF, "organisations.Organisation", actions=("add", "change", "view")
        )
        groups.grant_models(
            roles.ORGANISATION_ADMINISTRATORS,
            "organisations.Organisation",
            actions=("change", "view"),
        )
        for group in (roles.PARK_STAFF, roles.ORGANISATION_ADMINISTRATORS):
            groups.grant_models(group, "organisations.Membership")
        for facet in FACETS:
            facets.register(facet)
        documents.register(SearchableOrganisation())
        signal_handlers.connect()


def _organisations_of(user_id: int) -> Iterable[tuple[int, bool]]:
    from network.organisations.models import Membership

    return Membership.objects.filter(user_id=user_id).values_list(
        "organisation_id", "administrator"
    )
