"""Who may do what with parks."""

from __future__ import annotations

from django.db.models import Q

from accounts.roles import AnyUser, Roles, roles_of
from network.parks.models import Park


def can_edit_park(user: AnyUser, park: Park) -> bool:
    """Network administrators and the park's own staff."""
    roles = roles_of(user)
    return roles.network_administrator or park.pk in roles.parks


def can_edit_vocabularies(user: AnyUser) -> bool:
    """Only network administrators: the words are shared by all parks."""
    return roles_of(user).network_administrator


def can_appoint_staff(user: AnyUser) -> bool:
    """Only network administrators say who speaks for a park."""
    return roles_of(user).network_administrator


def parks_within_reach(roles: Roles) -> Q:
    """The parks that park staff edit in the admin."""
    return Q(pk__in=roles.parks)


def parts_within_reach(roles: Roles) -> Q:
    """The material flows and staff of the parks that park staff edit in the admin."""
    return Q(park__in=roles.parks)
