"""How people come to belong to organisations, to be looked up in the admin and changed nowhere there.

On the site each answer is checked, logged and told to whom it concerns.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import DateColumn

from accounts.roles import AnyUser
from network.organisations.models import Invitation, JoinRequest, OrganisationProposal
from network.organisations.permissions import memberships_within_reach, proposals_within_reach
from network.policies import ScopedPermissionPolicy
from network.viewsets import RegistryViewSet


class LookUpPolicy(ScopedPermissionPolicy):
    """Lets people see what is within their reach, and nobody change it."""

    def user_has_permission(self, user: AnyUser, action: str) -> bool:
        """Whether it is only to be looked at, and the person may."""
        return action == "view" and bool(super().user_has_permission(user, action))


POLICIES = (
    LookUpPolicy(JoinRequest, memberships_within_reach),
    LookUpPolicy(Invitation, memberships_within_reach),
    LookUpPolicy(OrganisationProposal, proposals_within_reach),
)


class JoinRequestViewSet(RegistryViewSet):
    """Requests to join."""

    model = JoinRequest
    icon = "user"
    menu_order = 50
    inspect_view_enabled = True
    inspect_view_fields = ["user", "organisation", "message", "state", "asked_at", "reason"]
    list_display = ("user", "organisation", "state", DateColumn("asked_at", label=_("Asked")))
    list_filter = ("state",)
    search_fields = ("user__email", "organisation__name")
    edit_handler = ObjectList([FieldPanel("message", read_only=True)])


class InvitationViewSet(RegistryViewSet):
    """Invitations."""

    model = Invitation
    icon = "mail"
    menu_order = 60
    inspect_view_enabled = True
    inspect_view_fields = [
        *("email", "organisation", "administrator", "state", "invited_by", "sent_at"),
        *("times_sent", "expires_at", "answered_at"),
    ]
    list_display = (
        "email",
        "organisation",
        "state",
        DateColumn("sent_at", label=_("Sent")),
        DateColumn("expires_at", label=_("Valid until")),
    )
    list_filter = ("state",)
    search_fields = ("email", "organisation__name")
    edit_handler = ObjectList([FieldPanel("email", read_only=True)])


class ProposalViewSet(RegistryViewSet):
    """Proposed organisations."""

    model = OrganisationProposal
    icon = "group"
    menu_order = 70
    inspect_view_enabled = True
    inspect_view_fields = [
        *("name", "number", "kind", "municipality", "web", "park", "proposer", "message"),
        *("state", "proposed_at", "reason", "organisation"),
    ]
    list_display = (
        "name",
        "number",
        "park",
        "state",
        DateColumn("proposed_at", label=_("Proposed")),
    )
    list_filter = ("state", "park")
    search_fields = ("name", "number")
    edit_handler = ObjectList([FieldPanel("name", read_only=True)])
