"""Reading organisations, and who wants to belong to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.roles import AnyUser, roles_of

if TYPE_CHECKING:
    # Named in quotes below.
    from network.organisations.models import (  # noqa: F401
        Invitation,
        JoinRequest,
        Organisation,
        OrganisationProposal,
    )


class OrganisationQuerySet(QuerySet["Organisation"]):
    """Organisations."""

    def public(self) -> OrganisationQuerySet:
        """Those that anybody may see."""
        return self.filter(published=True)

    def visible_to(self, user: AnyUser) -> OrganisationQuerySet:
        """Published ones; others only to their own people, park staff and administrators."""
        roles = roles_of(user)
        if roles.network_administrator:
            return self.all()
        if not (roles.organisations or roles.parks):
            return self.public()
        return self.filter(
            Q(published=True) | Q(pk__in=roles.organisations) | Q(parks__in=roles.parks)
        ).distinct()

    def edited_by(self, user: AnyUser) -> OrganisationQuerySet:
        """Those that a person may change, as ``can_edit_organisation`` says of one."""
        roles = roles_of(user)
        if roles.network_administrator:
            return self.all()
        return self.filter(Q(pk__in=roles.administers) | Q(parks__in=roles.parks)).distinct()


class JoinRequestQuerySet(QuerySet["JoinRequest"]):
    """Wishes to belong."""

    def open(self) -> JoinRequestQuerySet:
        """Those that nobody has answered."""
        return self.filter(state="asked")


class InvitationQuerySet(QuerySet["Invitation"]):
    """Invitations."""

    def open(self) -> InvitationQuerySet:
        """Those that can still be accepted."""
        return self.filter(state="sent", expires_at__gt=timezone.now())

    def addressed_to(self, user: AnyUser) -> InvitationQuerySet:
        """Those to an address that the person has shown to be theirs."""
        confirmed = EmailAddress.objects.filter(user_id=user.pk, verified=True)
        return self.filter(email__in=confirmed.annotate(small=Lower("email")).values("small"))


class ProposalQuerySet(QuerySet["OrganisationProposal"]):
    """Proposed organisations."""

    def open(self) -> ProposalQuerySet:
        """Those that nobody has decided."""
        return self.filter(state="proposed")

    def visible_to(self, user: AnyUser) -> ProposalQuerySet:
        """A person's own, those for a park they work for, and all for network administrators."""
        roles = roles_of(user)
        if roles.network_administrator:
            return self.all()
        if not roles.member:
            return self.none()
        return self.filter(Q(proposer_id=user.pk) | Q(park__in=roles.parks))

    def waiting_for(self, user: AnyUser) -> ProposalQuerySet:
        """Open ones that a person may decide; nobody decides their own unless they run the network."""
        roles = roles_of(user)
        if roles.network_administrator:
            return self.open()
        return self.open().filter(park__in=roles.parks).exclude(proposer_id=user.pk)
