"""Who may do what with organisations."""

from __future__ import annotations

from django.db.models import Q

from accounts.roles import AnyUser, Roles, roles_of
from network.organisations.models import Organisation


def can_edit_organisation(user: AnyUser, organisation: Organisation) -> bool:
    """Network administrators, its own administrators and the staff of a park it is in."""
    roles = roles_of(user)
    if roles.network_administrator or organisation.pk in roles.administers:
        return True
    return bool(roles.parks) and organisation.parks.filter(pk__in=roles.parks).exists()


def can_manage_members(user: AnyUser, organisation: Organisation) -> bool:
    """Whoever may edit the organisation says who belongs to it."""
    return can_edit_organisation(user, organisation)


def organisations_within_reach(roles: Roles) -> Q:
    """The organisations that somebody edits in the admin."""
    return Q(pk__in=roles.administers) | Q(parks__in=roles.parks)


def memberships_within_reach(roles: Roles) -> Q:
    """The memberships that somebody edits in the admin."""
    return Q(organisation__in=roles.administers) | Q(organisation__parks__in=roles.parks)


def figures_within_reach(roles: Roles) -> Q:
    """The figures about organisations that somebody edits in the admin."""
    return Q(organisation__in=roles.administers) | Q(organisation__parks__in=roles.parks)
