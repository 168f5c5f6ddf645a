"""What somebody finds under "My organisations"."""

from __future__ import annotations

from functools import cached_property

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from accounts.roles import roles_of
from network.organisations.models import (
    Invitation,
    JoinRequest,
    Membership,
    Organisation,
    OrganisationProposal,
)
from network.organisations.permissions import can_review
from network.organisations.services import find_invitation
from network.organisations.similar import MAX_QUERY_LENGTH, find_organisations

MOST_ANSWERED = 5


class MyOrganisations:
    """A person's memberships, and what they have asked for or been asked."""

    def __init__(self, person: User, query: str = "", token: str = "") -> None:
        self._person = person
        self._token = token
        self.query = " ".join(query.split())[:MAX_QUERY_LENGTH]

    @cached_property
    def memberships(self) -> QuerySet[Membership]:
        """Where they belong, with how many people wait to be let in."""
        waiting = Count(
            "organisation__join_requests",
            filter=Q(organisation__join_requests__state=JoinRequest.State.ASKED),
        )
        mine = Membership.objects.filter(user=self._person).select_related("organisation")
        return mine.annotate(waiting=waiting).order_by("organisation__name")

    @cached_property
    def invitations(self) -> list[Invitation]:
        """Open ones to an address that is theirs."""
        found = Invitation.objects.open().addressed_to(self._person)
        return list(found.select_related("organisation", "invited_by"))

    @cached_property
    def remembered(self) -> Invitation | None:
        """The invitation whose letter was opened in this session, while its address is not theirs."""
        found = find_invitation(self._token) if self._token else None
        if found is None or not found.is_open or found in self.invitations:
            return None
        return found

    @property
    def remembered_token(self) -> str:
        """What leads back to it."""
        return self._token

    @cached_property
    def requests(self) -> list[JoinRequest]:
        """Open ones, then the last that were answered."""
        mine = JoinRequest.objects.filter(user=self._person).select_related("organisation")
        answered = mine.filter(state=JoinRequest.State.REFUSED).order_by("-decided_at")
        return [*mine.open(), *answered[:MOST_ANSWERED]]

    @cached_property
    def proposals(self) -> list[OrganisationProposal]:
        """Open ones, then the last that were refused."""
        mine = OrganisationProposal.objects.filter(proposer=self._person)
        refused = mine.filter(state=OrganisationProposal.State.REFUSED).order_by("-decided_at")
        return [*mine.open(), *refused[:MOST_ANSWERED]]

    @cached_property
    def found(self) -> list[Organisation]:
        """What the search finds."""
        return find_organisations(self.query, self._person) if self.query else []

    @property
    def can_review(self) -> bool:
        """Whether there is a queue for them."""
        roles = roles_of(self._person)
        return can_review(self._person) and bool(roles.parks or roles.network_administrator)
