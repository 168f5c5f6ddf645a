"""Who is asked to confirm what: requests to join, and organisations that are proposed."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from accounts.roles import NETWORK_ADMINISTRATORS, AnyUser, roles_of
from network.organisations.models import (
    JoinRequest,
    Membership,
    Organisation,
    OrganisationProposal,
)
from network.organisations.querysets import JoinRequestQuerySet


def network_administrators() -> QuerySet[User]:
    """Everybody who runs the network."""
    of_group = Q(groups__name=NETWORK_ADMINISTRATORS)
    return User.objects.filter(of_group | Q(is_superuser=True), is_active=True).distinct()


def administrators_of(organisation: Organisation) -> QuerySet[User]:
    """Everybody who speaks for the organisation."""
    return User.objects.filter(
        memberships__organisation=organisation, memberships__administrator=True, is_active=True
    )


def deciders_of(organisation: Organisation) -> list[User]:
    """Who is told of a request to join.

    Its administrators; without any, the staff of its parks; without those, the network's.
    """
    parks = organisation.parks.all()
    staff = User.objects.filter(park_staff__park__in=parks, is_active=True).distinct()
    return list(administrators_of(organisation)) or list(staff) or list(network_administrators())


def reviewers_of(proposal: OrganisationProposal) -> list[User]:
    """Who is told of a proposed organisation: the staff of its park, else the network's."""
    staff = User.objects.filter(
        park_staff__park=proposal.park_id, park_staff__park__isnull=False, is_active=True
    ).exclude(pk=proposal.proposer_id)
    return list(staff) or list(network_administrators())


def requests_waiting_for(user: AnyUser) -> JoinRequestQuerySet:
    """Open requests of active people that ``user`` is asked to answer.

    Those of the organisations they administer; for staff also those that no administrator can
    answer.
    """
    roles = roles_of(user)
    administered = Exists(
        Membership.objects.filter(
            organisation=OuterRef("organisation"), administrator=True, user__is_active=True
        )
    )
    mine = Q(organisation__in=roles.administers)
    if roles.network_administrator:
        mine |= ~Q(administered)
    elif roles.parks:
        links = Organisation.parks.through.objects.filter(
            organisation=OuterRef("organisation"), park__in=roles.parks
        )
        mine |= Q(Exists(links)) & ~Q(administered)
    return JoinRequest.objects.open().filter(mine, user__is_active=True)
