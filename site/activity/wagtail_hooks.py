"""What the admin shows of e-mails: what became of them, and which addresses are stopped.

They are no snippets, for those can be looked up by everybody who edits anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from activity.models import Letter, StoppedAddress


class LookUpPolicy(ModelPermissionPolicy):
    """Lets nobody add, change or delete: what was sent is what was sent."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether it is only to be looked at, and the person may."""
        return action == "view" and bool(super().user_has_permission(user, action))


class LetterViewSet(ModelViewSet):
    """E-mails with their states. What is in them is between the site and their readers."""

    model = Letter
    name = "letters"
    icon = "mail"
    menu_label = _("E-mails sent")
    menu_order = 10
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields: ClassVar[Sequence[str]] = (
        *("to", "user", "form", "language", "state", "problem", "attempts"),
        *("created_at", "due_at", "ended_at", "handled_at", "message_id", "key"),
    )
    list_per_page = 50
    list_display: ClassVar[Sequence[Any]] = (
        "to",
        Column("get_form_display", label=_("Form")),
        Column("get_state_display", label=_("State"), sort_key="state"),
        "problem",
        DateColumn("created_at", label=_("Written"), sort_key="created_at"),
    )
    list_filter: ClassVar[Sequence[str]] = ("state", "form")
    search_fields: ClassVar[Sequence[str]] = ("to", "problem")
    ordering: ClassVar[Sequence[str]] = ("-pk",)
    form_fields: ClassVar[Sequence[str]] = ("to",)


class StoppedAddressViewSet(ModelViewSet):
    """Addresses that nothing is sent to."""

    model = StoppedAddress
    name = "stopped_addresses"
    icon = "warning"
    menu_label = _("Stopped addresses")
    menu_order = 20
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields: ClassVar[Sequence[str]] = ("address", "reason", "since")
    list_per_page = 50
    list_display: ClassVar[Sequence[Any]] = (
        "address",
        "reason",
        DateColumn("since", label=_("Since"), sort_key="since"),
    )
    search_fields: ClassVar[Sequence[str]] = ("address",)
    ordering: ClassVar[Sequence[str]] = ("-since",)
    form_fields: ClassVar[Sequence[str]] = ("address",)


class MailGroup(ModelViewSetGroup):
    """The menu entry for e-mail."""

    items = (LetterViewSet, StoppedAddressViewSet)
    menu_icon = "mail"
    menu_label = _("E-mail")
    menu_order = 700
    add_to_admin_menu = True


for _model in (Letter, StoppedAddress):
    register_permission_policy(_model, LookUpPolicy(_model))


@hooks.register("register_admin_viewset")
def register_mail() -> ModelViewSetGroup:
    """E-mails and stopped addresses, for those who run the network."""
    return MailGroup()
