"""Companies, institutions, clusters, and who belongs to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.roles import Rows

MODELS = ("Organisation", "Membership", "OrganisationFigure", "PointSource")
# Shown in the admin, changed on the site alone, where each change is checked, logged and told.
SHOWN = ("JoinRequest", "Invitation", "OrganisationProposal")


class OrganisationsConfig(AppConfig):
    name = "network.organisations"

    def ready(self) -> None:
        """Offer roles, permissions and searchable things to those who ask for them."""
        # Imported here because models are loaded only now.
        from accounts import belonging, erasure, groups, personal, roles, sections
        from activity.desk import register_panel
        from activity.kinds import register_kind
        from activity.queues import register_queue
        from activity.things import register_thing
        from alerts.lists import SavedList, register_list
        from network.organisations import signal_handlers
        from network.organisations.desk_panels import PANELS, QUEUES, SECTIONS, THINGS
        from network.organisations.directory import Directory
        from network.organisations.documents import FACETS, SearchableOrganisation
        from network.organisations.leaving import names_of_organisations, organisations_left_alone
        from network.organisations.notices import KINDS
        from network.organisations.personal import PARTS
        from search import documents, facets

        roles.provide(_organisations_of)
        roles.provide(_parks_of)
        erasure.provide_warning(organisations_left_alone)
        belonging.provide(names_of_organisations)
        for part in PARTS:
            personal.register(part)
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
        for group in groups.GROUPS:
            for name in SHOWN:
                groups.grant_models(group, f"organisations.{name}", actions=("view",))
        sections.register(*SECTIONS)
        for kind in KINDS:
            register_kind(kind)
        for queue in QUEUES:
            register_queue(queue)
        for panel in PANELS:
            register_panel(panel)
        for name, label, describe in THINGS:
            register_thing(name, label, describe)
        for facet in FACETS:
            facets.register(facet)
        documents.register(SearchableOrganisation())
        register_list(
            SavedList("organisations", _("Organisations"), Directory, "organisations:list")
        )
        signal_handlers.connect()


def _organisations_of(user_id: int) -> Rows:
    from accounts.roles import Belonging, rows
    from network.organisations.models import Membership

    found = Membership.objects.filter(user_id=user_id)
    return rows(found, Belonging.ORGANISATION, "organisation_id", "administrator")


def _parks_of(user_id: int) -> Rows:
    from accounts.roles import Belonging, rows
    from network.organisations.models import Membership

    found = Membership.objects.filter(user_id=user_id, organisation__parks__isnull=False)
    return rows(found, Belonging.HOME_PARK, "organisation__parks")
