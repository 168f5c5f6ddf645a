"""Who may do what with test facilities."""

from __future__ import annotations

from django.db.models import Q

from accounts.roles import AnyUser, Roles, roles_of
from network.facilities.models import Facility


def can_edit_facility(user: AnyUser, facility: Facility) -> bool:
    """Network administrators, staff of its park and administrators of its host."""
    return can_place_facility(user, park_id=facility.park_id, host_id=facility.host_id)


def can_place_facility(user: AnyUser, *, park_id: int | None, host_id: int | None) -> bool:
    """Whether ``user`` may have a facility in this park, run by this organisation."""
    roles = roles_of(user)
    return roles.network_administrator or park_id in roles.parks or host_id in roles.administers


def can_add_facilities(user: AnyUser) -> bool:
    """Whoever speaks for a park, an organisation or the network."""
    roles = roles_of(user)
    return bool(roles.network_administrator or roles.parks or roles.administers)


def can_import_facilities(user: AnyUser) -> bool:
    """Only network administrators: a file may touch every park and add organisations."""
    return roles_of(user).network_administrator


def can_edit_vocabularies(user: AnyUser) -> bool:
    """Only network administrators: the words are shared by all parks."""
    return roles_of(user).network_administrator


def facilities_within_reach(roles: Roles) -> Q:
    """The facilities that somebody edits in the admin."""
    return Q(park__in=roles.parks) | Q(host__in=roles.administers)
