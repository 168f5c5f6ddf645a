"""What this room holds about a person: which parks they work for."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from accounts.personal import PersonalData, Row
from network.parks.models import ParkStaff
from network.parks.services import remove_staff


def _parks(user: User) -> Iterable[Row]:
    for row in ParkStaff.objects.filter(user=user).select_related("park"):
        yield {"park": row.park.name_nb}


def _leave_parks(user: User) -> None:
    for row in ParkStaff.objects.filter(user=user).select_related("park"):
        remove_staff(row.park, user)


STAFF = PersonalData("park_staff", ("parks.ParkStaff",), _parks, _leave_parks)
