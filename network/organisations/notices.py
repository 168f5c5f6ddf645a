"""What people are told about who belongs where, and how it reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.models import User
from accounts.roles import AnyUser
from activity.kinds import Message
from activity.letters import post
from activity.services import notify
from network.organisations.following import THING, thing_of
from network.organisations.models import (
    Invitation,
    JoinRequest,
    Membership,
    Organisation,
    OrganisationProposal,
)
from network.organisations.waiting import administrators_of, deciders_of, reviewers_of
from network.row_kinds import Rows, by_key, row_kind
from ui.chrome import Link

ASKED: Final = "organisations.asked"
ANSWERED: Final = "organisations.answered"
ACCEPTED: Final = "organisations.accepted"
MADE_ADMINISTRATOR: Final = "organisations.made_administrator"
PROPOSED: Final = "organisations.proposed"
DECIDED: Final = "organisations.proposal_decided"


def asked(request: JoinRequest) -> None:
    """Tell those who confirm it of a request to join."""
    _tell(ASKED, request, request.organisation_id, deciders_of(request.organisation), request.user)


def request_answered(request: JoinRequest) -> None:
    """Tell who asked what the answer is."""
    _tell(ANSWERED, request, request.organisation_id, [request.user], request.decided_by)


def accepted(invitation: Invitation) -> None:
    """Tell the administrators that somebody they invited has come."""
    organisation = invitation.organisation
    told = administrators_of(organisation)
    _tell(ACCEPTED, invitation, organisation.pk, told, invitation.accepted_by)


def made_administrator(membership: Membership, by: AnyUser) -> None:
    """Tell somebody that they speak for an organisation from now on."""
    actor = by if isinstance(by, User) else None
    notify(
        MADE_ADMINISTRATOR,
        thing_of(membership.organisation_id),
        to=[membership.user],
        actor=actor,
        data={"row": membership.pk},
    )


def proposed(proposal: OrganisationProposal) -> None:
    """Tell those who confirm it of a proposed organisation."""
    _tell(PROPOSED, proposal, proposal.pk, reviewers_of(proposal), proposal.proposer, "proposal")


def proposal_decided(proposal: OrganisationProposal) -> None:
    """Tell who proposed an organisation what has become of it."""
    told = [proposal.proposer]
    _tell(DECIDED, proposal, proposal.pk, told, proposal.decided_by, "proposal")


def invited(invitation: Invitation, token: str) -> None:
    """Write the letter of an invitation, in its language; ``token`` is nowhere but in there."""
    inviter = invitation.invited_by
    with override(invitation.language):
        values = {
            "organisation": invitation.organisation.title,
            "person": str(inviter),
            "day": date_format(localtime(invitation.expires_at), "DATE_FORMAT"),
            "email": invitation.email,
        }
        paragraphs = [
            _(
                "%(person)s invites you to belong to %(organisation)s on Parknett, where industrial "
                "parks share test facilities and knowledge."
            )
            % values,
            *([f"«{invitation.message}»"] if invitation.message else []),
            _(
                "The invitation is for the address %(email)s and is valid until %(day)s. Log in, or "
                "sign up, with this address to accept it."
            )
            % values,
            _("If you did not expect this, you need do nothing."),
        ]
        post(
            f"{Invitation._meta.label_lower}:{invitation.pk}:{invitation.times_sent}",
            to=invitation.email,
            language=invitation.language,
            subject=_("Invitation to %(organisation)s") % values,
            paragraphs=paragraphs,
            action=Link(_("See the invitation"), reverse("memberships:invitation", args=[token])),
        )


def _tell(
    kind: str,
    row: Any,
    pk: int,
    to: Iterable[User],
    actor: User | None,
    thing: str = THING,
) -> None:
    key = f"{kind}:{row.pk}"
    notify(kind, f"{thing}:{pk}", to=to, actor=actor, data={"row": row.pk}, key=key)


def _requests_to_answer(pks: Iterable[int], user: User) -> Rows:
    found = JoinRequest.objects.filter(
        pk__in=pks, organisation__in=Organisation.objects.edited_by(user).values("pk")
    )
    return by_key(found.select_related("organisation", "user"))


def _own_requests(pks: Iterable[int], user: User) -> Rows:
    found = JoinRequest.objects.filter(pk__in=pks, user=user)
    return by_key(found.select_related("organisation"))


def _accepted_invitations(pks: Iterable[int], user: User) -> Rows:
    found = Invitation.objects.filter(
        pk__in=pks,
        organisation__in=Organisation.objects.edited_by(user).values("pk"),
        accepted_by__isnull=False,
    )
    return by_key(found.select_related("organisation", "accepted_by"))


def _own_memberships(pks: Iterable[int], user: User) -> Rows:
    found = Membership.objects.filter(pk__in=pks, user=user, administrator=True)
    return by_key(found.select_related("organisation"))


def _proposals_to_decide(pks: Iterable[int], user: User) -> Rows:
    found = OrganisationProposal.objects.visible_to(user).filter(~Q(proposer=user), pk__in=pks)
    return by_key(found.select_related("proposer"))


def _own_proposals(pks: Iterable[int], user: User) -> Rows:
    found = OrganisationProposal.objects.filter(pk__in=pks, proposer=user)
    return by_key(found.select_related("organisation"))


def _asked_message(row: JoinRequest) -> Message:
    values = {"person": row.user, "organisation": row.organisation.title}
    return Message(
        _("%(person)s asks to belong to %(organisation)s") % values,
        f"{reverse('organisations:desk', args=[row.organisation.slug])}#foresporsler",
        row.message,
        _("Answer the request"),
    )


def _answered_message(row: JoinRequest) -> Message:
    values = {"organisation": row.organisation.title}
    if row.state == JoinRequest.State.CONFIRMED:
        return Message(
            _("You belong to %(organisation)s") % values,
            row.organisation.get_absolute_url(),
            _("Your request to join has been confirmed."),
            _("See the organisation"),
        )
    return Message(
        _("%(organisation)s has said no to your request to join") % values,
        reverse("memberships:mine"),
        row.reason,
        _("See your organisations"),
    )


def _accepted_message(row: Invitation) -> Message:
    values = {"person": row.accepted_by, "organisation": row.organisation.title}
    return Message(
        _("%(person)s has accepted the invitation to %(organisation)s") % values,
        f"{reverse('organisations:desk', args=[row.organisation.slug])}#medlemmer",
        action=_("See the members"),
    )


def _administrator_message(row: Membership) -> Message:
    return Message(
        _("You are an administrator of %(organisation)s")
        % {"organisation": row.organisation.title},
        reverse("organisations:desk", args=[row.organisation.slug]),
        _("You may now edit what is said of it and its test facilities, and who belongs to it."),
        _("Go to its page for administrators"),
    )


def _proposed_message(row: OrganisationProposal) -> Message:
    return Message(
        _("%(person)s proposes the organisation %(name)s")
        % {"person": row.proposer, "name": row.name},
        reverse("memberships:proposal", args=[row.pk]),
        row.message,
        _("Look at the proposal"),
    )


def _decided_message(row: OrganisationProposal) -> Message:
    organisation = row.organisation
    if organisation is not None:
        confirmed = row.state == OrganisationProposal.State.CONFIRMED
        return Message(
            _("%(name)s is now on Parknett") % {"name": organisation.title}
            if confirmed
            else _("You belong to %(organisation)s") % {"organisation": organisation.title},
            organisation.get_absolute_url(),
            _("The organisation that you proposed has been confirmed.")
            if confirmed
            else _("The organisation that you proposed was here already, and you have joined it."),
            _("See the organisation"),
        )
    return Message(
        _("The organisation %(name)s has not been taken in") % {"name": row.name},
        reverse("memberships:proposal", args=[row.pk]),
        row.reason,
        _("See the proposal"),
    )


GROUP: Final = gettext_lazy("Organisations")
KINDS: Final = (
    row_kind(
        ASKED,
        gettext_lazy("Somebody asks to belong to an organisation that I look after"),
        GROUP,
        _requests_to_answer,
        _asked_message,
    ),
    row_kind(
        ANSWERED,
        gettext_lazy("My request to belong to an organisation is answered"),
        GROUP,
        _own_requests,
        _answered_message,
    ),
    row_kind(
        ACCEPTED,
        gettext_lazy("Somebody accepts an invitation to an organisation that I look after"),
        GROUP,
        _accepted_invitations,
        _accepted_message,
    ),
    row_kind(
        MADE_ADMINISTRATOR,
        gettext_lazy("I become an administrator of an organisation"),
        GROUP,
        _own_memberships,
        _administrator_message,
    ),
    row_kind(
        PROPOSED,
        gettext_lazy("Somebody proposes a new organisation that I can confirm"),
        GROUP,
        _proposals_to_decide,
        _proposed_message,
    ),
    row_kind(
        DECIDED,
        gettext_lazy("An organisation that I have proposed is confirmed or refused"),
        GROUP,
        _own_proposals,
        _decided_message,
    ),
)
