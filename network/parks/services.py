"""Every change of who works for a park."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from accounts.models import User
from accounts.roles import AnyUser
from network.parks.models import Park, ParkStaff
from network.parks.permissions import can_appoint_staff


def add_staff(park: Park, person: User, *, by: AnyUser | None = None) -> ParkStaff:
    """Let ``person`` speak for ``park``; nothing changes if they already do.

    ``by`` is None when the system itself does it. Raises PermissionDenied if ``by`` may not.
    """
    _require_appointer(by)
    with transaction.atomic():
        staff, is_new = ParkStaff.objects.get_or_create(park=park, user=person)
        if is_new:
            log(park, "parks.add_staff", user=by, data={"person": person.pk})
    return staff


def remove_staff(park: Park, person: User, *, by: AnyUser | None = None) -> None:
    """End ``person``'s work for ``park``. Raises PermissionDenied if ``by`` may not."""
    _require_appointer(by)
    with transaction.atomic():
        staff = ParkStaff.objects.filter(park=park, user=person).first()
        if staff is not None:
            staff.delete()
            log(park, "parks.remove_staff", user=by, data={"person": person.pk})


def _require_appointer(by: AnyUser | None) -> None:
    if by is not None and not can_appoint_staff(by):
        raise PermissionDenied
