"""Who may do what with organisations."""

from __future__ import annotations

from django.db.models import Q

from accounts.roles import AnyUser, Roles, roles_of
from network.organisations.models import Organisation, OrganisationProposal


def can_edit_organisation(user: AnyUser, organisation: Organisation) -> bool:
    """Network administrators, its own administrators and the staff of a park it is in."""
    return organisation.pk in roles_of(user).administers or is_staff_for(user, organisation)


def is_staff_for(user: AnyUser, organisation: Organisation) -> bool:
    """Network administrators and the staff of a park it is in."""
    roles = roles_of(user)
    if roles.network_administrator:
        return True
    return bool(roles.parks) and organisation.parks.filter(pk__in=roles.parks).exists()


def can_manage_members(user: AnyUser, organisation: Organisation) -> bool:
    """Whoever may edit the organisation says who belongs to it."""
    return can_edit_organisation(user, organisation)


def can_leave_unadministered(user: AnyUser, organisation: Organisation) -> bool:
    """Only staff take the last administrator away: they can also name another."""
    return is_staff_for(user, organisation)


def can_decide_proposal(user: AnyUser, proposal: OrganisationProposal) -> bool:
    """Network administrators, and the staff of the park it is for, unless it is their own."""
    roles = roles_of(user)
    if roles.network_administrator:
        return True
    return proposal.park_id in roles.parks and proposal.proposer_id != user.pk


def can_review(user: AnyUser) -> bool:
    """Whoever speaks for a park, an organisation or the network has something to confirm."""
    roles = roles_of(user)
    return bool(roles.network_administrator or roles.parks or roles.administers)


def organisations_within_reach(roles: Roles) -> Q:
    """The organisations that somebody edits in the admin."""
    return Q(pk__in=roles.administers) | Q(parks__in=roles.parks)


def memberships_within_reach(roles: Roles) -> Q:
    """The memberships, requests and invitations that somebody sees in the admin."""
    return Q(organisation__in=roles.administers) | Q(organisation__parks__in=roles.parks)


def figures_within_reach(roles: Roles) -> Q:
    """The figures about organisations that somebody edits in the admin."""
    return Q(organisation__in=roles.administers) | Q(organisation__parks__in=roles.parks)


def proposals_within_reach(roles: Roles) -> Q:
    """The proposed organisations that somebody sees in the admin."""
    return Q(park__in=roles.parks)
