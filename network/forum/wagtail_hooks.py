"""Categories and working groups in Wagtail's admin."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from accounts.roles import Roles
from network.forum.groups.admin_forms import CategoryAdminForm, GroupAdminForm
from network.forum.models import Access, Category, WorkingGroup
from network.policies import NOTHING, ScopedPermissionPolicy
from network.viewsets import RegistryViewSet


def nobody(_roles: Roles) -> Any:
    """Network administrators alone, whom no scope holds."""
    return NOTHING


for _model in (Category, WorkingGroup):
    register_permission_policy(_model, ScopedPermissionPolicy(_model, nobody))


class CategoryViewSet(RegistryViewSet):
    """Categories of the forum; those of groups are edited with their groups."""

    model = Category
    icon = "folder-open-inverse"
    menu_order = 10
    list_display = (
        "name_nb",
        "access",
        "park",
        "position",
        BooleanColumn("closed", label=pgettext_lazy("category", "Closed"), sort_key="closed"),
    )
    list_filter = ("access", "closed")
    search_fields = ("name_nb", "name_en", "description_nb")
    ordering = ("position", "name_nb")
    edit_handler = ObjectList(
        [
            FieldPanel("name_nb"),
            FieldPanel("name_en"),
            FieldPanel("description_nb"),
            FieldPanel("description_en"),
            MultiFieldPanel([FieldPanel("access"), FieldPanel("park")], _("Who reads it")),
            FieldPanel("position", help_text=_("Lower numbers stand first.")),
            FieldPanel("closed"),
        ],
        base_form_class=CategoryAdminForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any] | None:
        """All but those of groups."""
        found = super().get_queryset(request)
        return None if found is None else found.exclude(access=Access.GROUP)


class WorkingGroupViewSet(RegistryViewSet):
    """Working groups. Members, meetings and files are kept on the site."""

    model = WorkingGroup
    icon = "group"
    menu_order = 20
    list_display = (
        "name_nb",
        "openness",
        DateColumn("created_at", label=_("Started"), sort_key="created_at"),
        DateColumn("ended_on", label=pgettext_lazy("group", "Ended"), sort_key="ended_on"),
        BooleanColumn("sample", label=_("Sample"), sort_key="sample"),
    )
    list_filter: ClassVar[tuple[str, ...]] = (
        "openness",
        "has_council",
        "themes",
        "parks",
        "sample",
    )
    search_fields = ("name_nb", "name_en", "summary_nb")
    ordering = ("name_nb",)
    edit_handler = ObjectList(
        [
            HelpPanel(
                content=_(
                    "Members, meetings and files are kept on the group's own page. A category of "
                    "the forum comes with the group and is as open as it is."
                )
            ),
            FieldPanel("name_nb"),
            FieldPanel("name_en"),
            FieldPanel("summary_nb"),
            FieldPanel("summary_en"),
            FieldPanel("charter_nb"),
            FieldPanel("charter_en"),
            FieldPanel("openness"),
            FieldPanel("has_council"),
            FieldPanel("themes"),
            FieldPanel("parks"),
            FieldPanel("ended_on"),
            FieldPanel("sample"),
        ],
        base_form_class=GroupAdminForm,
    )


class ForumGroup(SnippetViewSetGroup):
    """All of the forum under one heading of the menu."""

    menu_label = _("Forum")
    menu_icon = "comment"
    menu_order = 145
    items: ClassVar[tuple[type[RegistryViewSet], ...]] = (CategoryViewSet, WorkingGroupViewSet)


register_snippet(ForumGroup)


@hooks.register("register_log_actions")
def register_group_actions(actions: Any) -> None:
    """What the history calls the changes that services make to groups."""
    for name, label, message in (
        ("group_join", _("Join"), _("Somebody became a member")),
        ("group_apply", _("Apply"), _("Somebody applied")),
        ("group_withdraw", _("Withdraw application"), _("Application withdrawn")),
        ("group_decline", _("Decline application"), _("Application declined")),
        ("group_role", _("Change role"), _("Somebody does something else in the group")),
        ("group_left", _("Leave"), _("Somebody left")),
        ("group_removed", _("Take out"), _("Somebody was taken out")),
        ("group_invite", _("Invite"), _("Invitation sent")),
        ("group_uninvite", _("Withdraw invitation"), _("Invitation withdrawn")),
        ("group_accept_invitation", _("Accept invitation"), _("Invitation accepted")),
        ("group_refuse_invitation", _("Decline invitation"), _("Invitation declined")),
        ("group_end", _("End"), _("The group ended")),
        ("group_reopen", _("Reopen"), _("The group works again")),
        ("group_add_file", _("Add file"), _("File added")),
        ("group_delete_file", _("Delete file"), _("File deleted")),
        ("group_propose", _("Propose group"), _("Group proposed")),
        ("group_proposal_accepted", _("Start group"), _("Proposed group started")),
        ("group_proposal_refused", _("Refuse group"), _("Proposed group refused")),
        ("group_proposal_withdrawn", _("Withdraw proposal"), _("Proposed group withdrawn")),
        ("meeting_call", _("Call meeting"), _("Meeting called")),
        ("meeting_change", _("Change meeting"), _("Meeting changed")),
        ("meeting_cancel", _("Cancel meeting"), _("Meeting cancelled")),
        ("meeting_minutes", _("Write minutes"), _("Minutes written")),
        ("meeting_attendance", _("Note attendance"), _("Attendance noted")),
    ):
        actions.register_action(f"forum.{name}", label, message)
