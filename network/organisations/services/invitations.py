"""Inviting colleagues, and what they answer."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from typing import Final

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from network.organisations import notices
from network.organisations.models import Invitation, Membership, Organisation
from network.organisations.services.memberships import admit, hold, require_manager

VALID_FOR: Final = timedelta(days=14)
TOKEN_BYTES: Final = 32
MOST_A_DAY: Final = 100
MOST_LETTERS: Final = 5
RESENT_AFTER: Final = timedelta(minutes=5)


class TooManyInvitations(Exception):  # noqa: N818 - says what there is
    """The organisation, or this address, has had as many letters as are bearable."""


class NotInvited(Exception):  # noqa: N818 - says what the person is
    """The invitation is not to an address that the person has shown to be theirs."""


class Closed(Exception):  # noqa: N818 - says what it is
    """The invitation has been answered, taken back, or is out of date."""


def invite(
    organisation: Organisation,
    addresses: Iterable[str],
    *,
    by: User,
    language: str,
    administrator: bool = False,
    message: str = "",
) -> list[Invitation]:
    """Invite the people who read the mail of ``addresses``; gives the invitations, new and renewed.

    Nothing here depends on who has an account, so that nobody can find that out by inviting. An
    address that is invited already gets a new letter, and the old one's link ends. Raises
    PermissionDenied and TooManyInvitations.
    """
    require_manager(by, organisation)
    wanted = list(dict.fromkeys(address.strip().lower() for address in addresses))
    with transaction.atomic():
        hold(organisation)
        lately = Invitation.objects.filter(
            organisation=organisation, sent_at__gt=timezone.now() - timedelta(days=1)
        )
        if lately.count() + len(wanted) > MOST_A_DAY:
            raise TooManyInvitations
        known = {
            invitation.email: invitation
            for invitation in Invitation.objects.filter(
                organisation=organisation, email__in=wanted, state=Invitation.State.SENT
            )
        }
        invitations = []
        for email in wanted:
            invitation = known.get(email) or Invitation(
                organisation=organisation, email=email, times_sent=0
            )
            invitations.append(invitation)
            said = (language, administrator, message)
            if _is_fresh(invitation) and _said(invitation) == said:
                continue
            invitation.language, invitation.administrator, invitation.message = said
            _send(invitation, by)
    return invitations


def resend(invitation: Invitation, *, by: User) -> Invitation:
    """Send another letter, valid anew; the link in the one before ends.

    A second click within five minutes sends nothing. Raises PermissionDenied, TooManyInvitations
    and Closed.
    """
    require_manager(by, invitation.organisation)
    with transaction.atomic():
        held = _held(invitation)
        if held.state != Invitation.State.SENT:
            raise Closed
        if _is_fresh(held):
            return held
        _send(held, by)
    return held


def withdraw_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """Take an invitation back. Raises PermissionDenied, and Closed when it has been answered."""
    require_manager(by, invitation.organisation)
    with transaction.atomic():
        held = _held(invitation)
        if held.state == Invitation.State.WITHDRAWN:
            return held
        if held.state != Invitation.State.SENT:
            raise Closed
        held.withdraw()
        held.save()
        _log("organisations.withdraw_invitation", held, by)
    return held


def accept_invitation(invitation: Invitation, *, by: User) -> Membership:
    """Belong, by an invitation to one's own address.

    Doing it twice is doing it once. Raises NotInvited and Closed.
    """
    _require_addressee(invitation, by)
    with transaction.atomic():
        held = _held(invitation)
        if held.state == Invitation.State.ACCEPTED and held.accepted_by_id == by.pk:
            known = Membership.objects.filter(organisation=held.organisation, user=by).first()
            if known is not None:
                return known
        if not held.is_open:
            raise Closed
        held.accept(by)
        held.save()
        membership = admit(held.organisation, by, administrator=held.administrator)
        _log("organisations.accept_invitation", held, by)
        notices.accepted(held)
    return membership


def decline_invitation(invitation: Invitation, *, by: User) -> Invitation:
    """Say no to an invitation to one's own address. Raises NotInvited and Closed."""
    _require_addressee(invitation, by)
    with transaction.atomic():
        held = _held(invitation)
        if held.state == Invitation.State.DECLINED:
            return held
        if held.state != Invitation.State.SENT:
            raise Closed
        held.decline()
        held.save()
        _log("organisations.decline_invitation", held, by)
    return held


def find_invitation(token: str) -> Invitation | None:
    """The invitation that a letter's token opens, whatever has become of it."""
    found = Invitation.objects.select_related("organisation", "invited_by")
    return found.filter(digest=_digest(token)).first()


def is_addressee(invitation: Invitation, user: User) -> bool:
    """Whether the person has shown that the invited address is theirs."""
    mine = EmailAddress.objects.filter(user=user, email__iexact=invitation.email, verified=True)
    return bool(mine.exists())


def _is_fresh(invitation: Invitation) -> bool:
    """Whether its letter is so new that another would be a second click."""
    return bool(invitation.pk) and invitation.sent_at > timezone.now() - RESENT_AFTER


def _said(invitation: Invitation) -> tuple[str, bool, str]:
    return invitation.language, invitation.administrator, invitation.message


def _require_addressee(invitation: Invitation, by: User) -> None:
    if not is_addressee(invitation, by):
        raise NotInvited


def _held(invitation: Invitation) -> Invitation:
    hold(invitation.organisation)
    found = Invitation.objects.select_related("organisation", "invited_by")
    return found.get(pk=invitation.pk)


def _send(invitation: Invitation, by: User) -> None:
    """Save with a new token and write the letter that holds it."""
    if invitation.times_sent >= MOST_LETTERS:
        raise TooManyInvitations
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.digest = _digest(token)
    invitation.invited_by = by
    invitation.sent_at = timezone.now()
    invitation.expires_at = invitation.sent_at + VALID_FOR
    invitation.times_sent += 1
    invitation.clean_fields(exclude={"state"})
    invitation.save()
    _log("organisations.invite", invitation, by)
    notices.invited(invitation, token)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _log(action: str, invitation: Invitation, user: User) -> None:
    log(invitation.organisation, action, user=user, data={"invitation": invitation.pk})
