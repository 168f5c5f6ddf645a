"""What happens when memberships change."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save

from accounts.groups import set_group
from accounts.roles import ORGANISATION_ADMINISTRATORS
from network.organisations.models import Membership


def connect() -> None:
    """Follow who administers organisations."""
    uid = "organisations.membership"
    post_save.connect(membership_changed, sender=Membership, dispatch_uid=f"{uid}.save")
    post_delete.connect(membership_changed, sender=Membership, dispatch_uid=f"{uid}.delete")


def membership_changed(instance: Membership, **_: Any) -> None:
    """Whoever administers any organisation is in the group that may log in to the admin."""
    administers = Membership.objects.filter(user_id=instance.user_id, administrator=True).exists()
    set_group(instance.user, ORGANISATION_ADMINISTRATORS, member=administers)
