"""What this room holds about a person: where they belong, have asked or been invited to belong."""

from __future__ import annotations

from collections.abc import Iterable

from allauth.account.models import EmailAddress

from accounts.models import User
from accounts.personal import PersonalData, Row
from network.organisations.models import (
    Invitation,
    JoinRequest,
    Membership,
    OrganisationProposal,
)
from network.organisations.services import remove_member


def _memberships(user: User) -> Iterable[Row]:
    rows = Membership.objects.filter(user=user).select_related("organisation")
    for row in rows:
        yield {"organisation": row.organisation.name, "administrator": row.administrator}


def _leave_organisations(user: User) -> None:
    for row in Membership.objects.filter(user=user).select_related("organisation"):
        remove_member(row.organisation, user)


def _requests(user: User) -> Iterable[Row]:
    rows = JoinRequest.objects.filter(user=user).select_related("organisation")
    for row in rows:
        yield {
            "organisation": row.organisation.name,
            "message": row.message,
            "state": row.state,
            "asked_at": row.asked_at,
            "decided_at": row.decided_at,
            "reason": row.reason,
        }


def _forget_requests(user: User) -> None:
    JoinRequest.objects.filter(user=user).delete()
    JoinRequest.objects.filter(decided_by=user).update(decided_by=None)


def _invitations(user: User) -> Iterable[Row]:
    """Those to any of the person's addresses, and those that they have written."""
    addressed = Invitation.objects.filter(email__in=_addresses(user))
    for role, rows in (
        ("invited", addressed),
        ("invited others", Invitation.objects.filter(invited_by=user)),
    ):
        for row in rows.select_related("organisation"):
            yield {
                "role": role,
                "organisation": row.organisation.name,
                "email": row.email,
                "message": row.message,
                "administrator": row.administrator,
                "state": row.state,
                "sent_at": row.sent_at,
                "answered_at": row.answered_at,
            }


def _forget_invitations(user: User) -> None:
    """What was sent to the person goes; what they sent for an organisation stays without them."""
    Invitation.objects.filter(email__in=_addresses(user)).delete()
    Invitation.objects.filter(accepted_by=user).delete()
    Invitation.objects.filter(invited_by=user).update(invited_by=None)


def _addresses(user: User) -> list[str]:
    confirmed = EmailAddress.objects.filter(user=user, verified=True)
    return [user.email.lower(), *(each.email.lower() for each in confirmed)]


def _proposals(user: User) -> Iterable[Row]:
    for row in OrganisationProposal.objects.filter(proposer=user).select_related("park"):
        yield {
            "name": row.name,
            "number": row.number,
            "kind": row.kind,
            "municipality": row.municipality,
            "web": row.web,
            "park": row.park.name if row.park else "",
            "message": row.message,
            "state": row.state,
            "proposed_at": row.proposed_at,
            "reason": row.reason,
        }


def _forget_proposals(user: User) -> None:
    OrganisationProposal.objects.filter(proposer=user).delete()
    OrganisationProposal.objects.filter(decided_by=user).update(decided_by=None)


PARTS = (
    PersonalData("memberships", ("organisations.Membership",), _memberships, _leave_organisations),
    PersonalData("join-requests", ("organisations.JoinRequest",), _requests, _forget_requests),
    PersonalData("invitations", ("organisations.Invitation",), _invitations, _forget_invitations),
    PersonalData(
        "organisation-proposals",
        ("organisations.OrganisationProposal",),
        _proposals,
        _forget_proposals,
    ),
)
