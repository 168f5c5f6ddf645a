"""Who sees and keeps a facility's calendar."""

from __future__ import annotations

from accounts.roles import AnyUser, roles_of
from network.facilities.models import CalendarSettings, Facility


def keeps_calendar(user: AnyUser, facility: Facility) -> bool:
    """Administrators of the host: they see all of the calendar, and say when it is open."""
    return facility.host_id in roles_of(user).administers


def sees_free_busy(user: AnyUser, facility: Facility) -> bool:
    """Everybody who sees the facility, if its host shows when it is free."""
    shown = CalendarSettings.objects.filter(facility=facility.pk, shows_free_busy=True)
    return keeps_calendar(user, facility) or shown.exists()
