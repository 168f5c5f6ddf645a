"""Organisations and who belongs to them in Wagtail's admin."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from network.organisations.admin_forms import FigureForm, MembershipForm, OrganisationForm
from network.organisations.joining_viewsets import (
    POLICIES,
    InvitationViewSet,
    JoinRequestViewSet,
    ProposalViewSet,
)
from network.organisations.models import (
    Membership,
    Organisation,
    OrganisationFigure,
    PointSource,
)
from network.organisations.permissions import (
    figures_within_reach,
    memberships_within_reach,
    organisations_within_reach,
)
from network.organisations.services import leaves_unadministered
from network.policies import ScopedPermissionPolicy
from network.viewsets import RegistryViewSet

for _model, _scope in (
    (Organisation, organisations_within_reach),
    (Membership, memberships_within_reach),
    (OrganisationFigure, figures_within_reach),
    (PointSource, figures_within_reach),
):
    register_permission_policy(_model, ScopedPermissionPolicy(_model, _scope))
for _policy in POLICIES:
    register_permission_policy(_policy.model, _policy)

# Only network administrators delete organisations; they alone change what the sources decide.
NETWORK_ONLY: Final = "organisations.delete_organisation"


class OrganisationViewSet(RegistryViewSet):
    """Organisations."""

    model = Organisation
    icon = "group"
    menu_order = 10
    list_display = (
        "name",
        "kind",
        "municipality",
        "number",
        BooleanColumn("published", label=_("Published"), sort_key="published"),
        DateColumn("updated_at", label=_("Changed"), sort_key="updated_at"),
    )
    list_filter = ("kind", "parks", "chain_place", "published", "sample")
    search_fields = ("name", "name_en", "number", "municipality")
    list_export = ("name", "slug", "kind", "number", "municipality", "industry_code", "web")
    ordering = ("name",)
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("name"),
                    FieldPanel("name_en"),
                    FieldPanel("slug", permission=NETWORK_ONLY),
                    FieldPanel("kind"),
                    FieldPanel("summary_nb"),
                    FieldPanel("summary_en"),
                    FieldPanel("competences_nb"),
                    FieldPanel("competences_en"),
                    FieldPanel("web"),
                    FieldPanel("published"),
                    FieldPanel("sample", permission=NETWORK_ONLY),
                ],
                heading=_("Presentation"),
            ),
            ObjectList(
                [
                    FieldPanel("number"),
                    MultiFieldPanel(
                        [FieldPanel("industry_code"), FieldPanel("industry_code_version")],
                        _("Industry code"),
                    ),
                    FieldPanel("chain_place"),
                    FieldPanel("parks"),
                    FieldPanel("likely_park", permission=NETWORK_ONLY),
                    FieldPanel("themes"),
                    MultiFieldPanel(
                        [
                            FieldPanel("municipality"),
                            FieldPanel("country"),
                            FieldPanel("lat"),
                            FieldPanel("lon"),
                        ],
                        _("Place"),
                    ),
                ],
                heading=_("Facts"),
            ),
            ObjectList(
                [
                    FieldPanel("contact_role"),
                    FieldPanel("contact_email"),
                    FieldPanel("contact_phone"),
                ],
                heading=_("Contact"),
            ),
            ObjectList(
                [
                    FieldPanel("sources", permission=NETWORK_ONLY),
                    FieldPanel("note_nb"),
                    FieldPanel("note_en"),
                ],
                heading=_("Sources and remarks"),
            ),
        ],
        base_form_class=OrganisationForm,
    )


class MembershipViewSet(RegistryViewSet):
    """Who belongs to which organisation."""

    model = Membership
    icon = "user"
    menu_order = 20
    list_display = (
        "user",
        "organisation",
        BooleanColumn("administrator", label=_("Administrator"), sort_key="administrator"),
    )
    list_filter = ("administrator",)
    search_fields = ("user__email", "organisation__name")
    edit_handler = ObjectList(
        [
            HelpPanel(
                content=_(
                    "Administrators of an organisation log in here and edit what is said of it, its "
                    "members and its test facilities."
                )
            ),
            FieldPanel("organisation"),
            FieldPanel("user"),
            FieldPanel("administrator"),
        ],
        base_form_class=MembershipForm,
    )


class OrganisationFigureViewSet(RegistryViewSet):
    """Figures about organisations."""

    model = OrganisationFigure
    icon = "pick"
    menu_order = 30
    list_display = ("label_nb", "organisation", "value", "unit", "year")
    search_fields = ("label_nb", "label_en", "organisation__name")
    edit_handler = ObjectList(
        [
            FieldPanel("organisation"),
            FieldPanel("label_nb"),
            FieldPanel("label_en"),
            FieldPanel("slug"),
            FieldPanel("qualifier"),
            FieldPanel("value"),
            FieldPanel("value_max"),
            FieldPanel("unit"),
            FieldPanel("year"),
            FieldPanel("scope_nb"),
            FieldPanel("scope_en"),
            FieldPanel("note_nb"),
            FieldPanel("note_en"),
            FieldPanel("source"),
            FieldPanel("cited"),
        ],
        base_form_class=FigureForm,
    )


class PointSourceViewSet(RegistryViewSet):
    """Named point sources of CO₂."""

    model = PointSource
    icon = "warning"
    menu_order = 40
    list_display = ("name_nb", "organisation", "place", "likely_park", "tonnes", "year")
    list_filter = ("likely_park",)
    search_fields = ("name_nb", "name_en", "place", "organisation__name")
    edit_handler = ObjectList(
        [
            FieldPanel("organisation"),
            FieldPanel("name_nb"),
            FieldPanel("name_en"),
            FieldPanel("slug"),
            FieldPanel("place"),
            FieldPanel("likely_park"),
            FieldPanel("tonnes"),
            FieldPanel("year"),
            FieldPanel("source"),
        ],
        base_form_class=FigureForm,
    )


class OrganisationsGroup(SnippetViewSetGroup):
    """All of them under one heading of the menu."""

    menu_label = _("Organisations")
    menu_icon = "group"
    menu_order = 130
    items = (
        OrganisationViewSet,
        MembershipViewSet,
        OrganisationFigureViewSet,
        PointSourceViewSet,
        JoinRequestViewSet,
        InvitationViewSet,
        ProposalViewSet,
    )


register_snippet(OrganisationsGroup)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """What the history calls the changes that services make."""
    for name, label, message in (
        ("add_member", _("Add member"), _("Member added")),
        ("remove_member", _("Remove member"), _("Member removed")),
        ("ask", _("Ask to join"), _("Somebody asked to join")),
        ("confirm_request", _("Confirm request"), _("Request to join confirmed")),
        ("refuse_request", _("Refuse request"), _("Request to join refused")),
        ("withdraw_request", _("Withdraw request"), _("Request to join withdrawn")),
        ("invite", _("Invite"), _("Invitation sent")),
        ("withdraw_invitation", _("Withdraw invitation"), _("Invitation withdrawn")),
        ("accept_invitation", _("Accept invitation"), _("Invitation accepted")),
        ("decline_invitation", _("Decline invitation"), _("Invitation declined")),
        ("propose", _("Propose organisation"), _("Organisation proposed")),
        ("confirm_proposal", _("Confirm organisation"), _("Proposed organisation confirmed")),
        ("merge_proposal", _("Merge organisation"), _("Proposed organisation merged")),
        ("refuse_proposal", _("Refuse organisation"), _("Proposed organisation refused")),
        ("withdraw_proposal", _("Withdraw proposal"), _("Proposed organisation withdrawn")),
    ):
        actions.register_action(f"organisations.{name}", label, message)


@hooks.register("before_delete_snippet")
def keep_the_last_administrator(request: HttpRequest, instances: Any) -> HttpResponse | None:
    """Send back whoever would leave an organisation without an administrator and may not."""
    wanted = [each for each in instances if isinstance(each, Membership)]
    if leaves_unadministered(wanted, request.user):
        messages.error(
            request, _("An organisation needs an administrator. Name another one first.")
        )
        return redirect("wagtailsnippets_organisations_membership:list")
    return None
