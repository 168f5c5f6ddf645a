"""What happens when organisations and memberships change."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save

from accounts.groups import set_group
from accounts.roles import ORGANISATION_ADMINISTRATORS
from network.organisations.models import Membership, Organisation, PointSource
from network.parks.edition import renew_after_commit


def connect() -> None:
    """Follow who administers organisations, and what of them shows on the parks' pages."""
    uid = "organisations.membership"
    post_save.connect(membership_changed, sender=Membership, dispatch_uid=f"{uid}.save")
    post_delete.connect(membership_changed, sender=Membership, dispatch_uid=f"{uid}.delete")
    for model in (Organisation, PointSource):
        uid = f"organisations.park_pages.{model._meta.label_lower}"
        post_save.connect(renew_after_commit, sender=model, dispatch_uid=f"{uid}.save")
        post_delete.connect(renew_after_commit, sender=model, dispatch_uid=f"{uid}.delete")
    m2m_changed.connect(
        renew_after_commit,
        sender=Organisation.parks.through,
        dispatch_uid="organisations.park_pages.parks",
    )


def membership_changed(instance: Membership, **_: Any) -> None:
    """Whoever administers any organisation is in the group that may log in to the admin."""
    administers = Membership.objects.filter(user_id=instance.user_id, administrator=True).exists()
    set_group(instance.user, ORGANISATION_ADMINISTRATORS, member=administers)
