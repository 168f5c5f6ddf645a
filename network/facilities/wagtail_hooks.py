"""What the admin learns from this room: who reaches what, the menu, the words of the history."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from network.facilities import services
from network.facilities.models import Facility
from network.facilities.permissions import facilities_within_reach
from network.facilities.viewsets import FacilityGroup
from network.policies import ScopedPermissionPolicy

register_permission_policy(Facility, ScopedPermissionPolicy(Facility, facilities_within_reach))
register_snippet(FacilityGroup)


@hooks.register("register_log_actions")
def register_actions(actions: Any) -> None:
    """What can happen to a facility outside the admin's forms."""
    actions.register_action(services.CONFIRMED, _("Confirm"), _("Confirmed that all is right"))
    actions.register_action(services.WITHDRAWN, _("Withdraw"), _("Taken off the site"))
    actions.register_action(services.PUBLISHED, _("Publish"), _("Shown to everybody"))
