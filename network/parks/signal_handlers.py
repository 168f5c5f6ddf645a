"""What happens when something of the parks changes."""

from __future__ import annotations

from typing import Any, Final

from django.db.models.signals import m2m_changed, post_delete, post_save

from accounts.groups import set_group
from accounts.roles import PARK_STAFF
from network.parks.edition import renew
from network.parks.models import (
    FocusArea,
    KeyFigure,
    MaterialFlow,
    OwnershipSetup,
    Park,
    ParkCategory,
    ParkFocus,
    ParkStaff,
    ParkTheme,
    Source,
    Theme,
)

SHOWN: Final = (
    FocusArea,
    KeyFigure,
    MaterialFlow,
    OwnershipSetup,
    Park,
    ParkCategory,
    ParkFocus,
    ParkTheme,
    Source,
    Theme,
)
LINKS: Final = (Park.categories, Park.sources, KeyFigure.parks)


def connect() -> None:
    """Follow what is shown, and who is staff."""
    for model in SHOWN:
        label = model._meta.label_lower
        post_save.connect(renew, sender=model, dispatch_uid=f"parks.renew.{label}.save")
        post_delete.connect(renew, sender=model, dispatch_uid=f"parks.renew.{label}.delete")
    for link in LINKS:
        through = link.through
        uid = f"parks.renew.{through._meta.label_lower}"
        m2m_changed.connect(renew, sender=through, dispatch_uid=uid)
    post_save.connect(staff_changed, sender=ParkStaff, dispatch_uid="parks.staff.save")
    post_delete.connect(staff_changed, sender=ParkStaff, dispatch_uid="parks.staff.delete")


def staff_changed(instance: ParkStaff, **_: Any) -> None:
    """Whoever is staff of any park is in the group that may log in to the admin."""
    is_staff = ParkStaff.objects.filter(user_id=instance.user_id).exists()
    set_group(instance.user, PARK_STAFF, member=is_staff)
