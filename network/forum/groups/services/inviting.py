"""Inviting people by their e-mail addresses, and what they answer.

Nothing that leaders see depends on whether an address belongs to an account. Whoever has one finds
the invitation on their own page as well; whoever has none signs up with the address that the letter
came to.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from typing import Final

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from network.forum.groups import notices
from network.forum.groups.errors import NoLongerOpenError, NotInvitedError, TooManyError
from network.forum.groups.services.members import (
    admit,
    hold,
    require_leader,
    require_working,
)
from network.forum.models import GroupInvitation, GroupMembership, WorkingGroup

State = GroupMembership.State

VALID_FOR: Final = timedelta(days=30)
TOKEN_BYTES: Final = 32
MOST_A_DAY: Final = 100
MOST_LETTERS: Final = 5
RESENT_AFTER: Final = timedelta(minutes=5)


def invite(
    group: WorkingGroup,
    addresses: Iterable[str],
    *,
    by: User,
    language: str,
    message: str = "",
) -> list[GroupInvitation]:
    """Invite those who read the mail of ``addresses``; gives the invitations, new and renewed.

    An address that is invited already gets a new letter, and the old one's link ends; a second
    click within five minutes sends nothing. Raises PermissionDenied, TooManyError and EndedError.
    """
    require_leader(by, group)
    wanted = list(dict.fromkeys(address.strip().lower() for address in addresses))
    with transaction.atomic():
        held = hold(group)
        require_working(held)
        lately = GroupInvitation.objects.filter(
            group=held, sent_at__gt=timezone.now() - timedelta(days=1)
        )
        if lately.count() + len(wanted) > MOST_A_DAY:
            raise TooManyError
        known = {
            each.email: each
            for each in GroupInvitation.objects.filter(group=held, email__in=wanted, state="sent")
        }
        invitations = []
        for email in wanted:
            invitation = known.get(email) or GroupInvitation(group=held, email=email)
            invitations.append(invitation)
            if invitation.pk and invitation.sent_at > timezone.now() - RESENT_AFTER:
                continue
            invitation.language, invitation.message = language, message
            _send(invitation, by)
    return invitations


def withdraw_invitation(invitation: GroupInvitation, *, by: User) -> GroupInvitation:
    """Take an invitation back. Raises PermissionDenied, NoLongerOpenError when it was answered."""
    require_leader(by, invitation.group)
    with transaction.atomic():
        held = _held(invitation)
        if held.state == GroupInvitation.State.WITHDRAWN:
            return held
        if held.state != GroupInvitation.State.SENT:
            raise NoLongerOpenError
        held.withdraw()
        held.save()
        _uninvite(held)
        _log("forum.group_uninvite", held, by)
    return held


def accept_invitation(invitation: GroupInvitation, *, by: User) -> GroupMembership:
    """Become a member, by an invitation to one's own address; twice is once.

    Raises NotInvitedError, NoLongerOpenError and EndedError.
    """
    _require_addressee(invitation, by)
    with transaction.atomic():
        held = _held(invitation)
        known = GroupMembership.objects.filter(group=held.group, user=by).first()
        if known is not None and known.state == State.MEMBER:
            _close(held, by)
            return known
        if not held.is_open:
            raise NoLongerOpenError
        require_working(held.group)
        _close(held, by)
        membership = known or GroupMembership(group=held.group, user=by)
        membership.group = held.group
        admit(membership, by=held.invited_by)
        notices.joined(membership)
    return membership


def decline_invitation(invitation: GroupInvitation, *, by: User) -> GroupInvitation:
    """Say no to an invitation to one's own address. Raises NotInvitedError, NoLongerOpenError."""
    _require_addressee(invitation, by)
    with transaction.atomic():
        held = _held(invitation)
        if held.state == GroupInvitation.State.DECLINED:
            return held
        if held.state != GroupInvitation.State.SENT:
            raise NoLongerOpenError
        held.decline()
        held.save()
        _uninvite(held)
        _log("forum.group_refuse_invitation", held, by)
    return held


def close_invitations(membership: GroupMembership) -> None:
    """Note that letters are answered whose reader came in by another way. For who holds the group."""
    addresses = EmailAddress.objects.filter(user=membership.user, verified=True)
    for email in addresses.values_list("email", flat=True):
        found = GroupInvitation.objects.filter(group=membership.group, email=email.lower())
        for invitation in found.filter(state=GroupInvitation.State.SENT):
            _close(invitation, membership.user)


def lapse_invitation(invitation: GroupInvitation) -> None:
    """Let an invitation end that nobody has answered in time; whoever it was for forgets the group."""
    with transaction.atomic():
        held = _held(invitation)
        if held.state == GroupInvitation.State.SENT and not held.is_open:
            held.withdraw()
            held.save()
            _uninvite(held)


def find_invitation(token: str) -> GroupInvitation | None:
    """The invitation that a letter's token opens, whatever has become of it."""
    found = GroupInvitation.objects.select_related("group", "invited_by")
    return found.filter(digest=digest_of(token)).first()


def invitations_to(user: User) -> QuerySet[GroupInvitation]:
    """Open invitations to addresses that the person has shown to be theirs."""
    addresses = EmailAddress.objects.filter(user=user, verified=True).values_list(
        "email", flat=True
    )
    found: QuerySet[GroupInvitation] = GroupInvitation.objects.filter(
        email__in=[address.lower() for address in addresses],
        state=GroupInvitation.State.SENT,
        expires_at__gt=timezone.now(),
        group__ended_on=None,
    )
    return found.select_related("group", "invited_by").order_by("sent_at", "pk")


def is_addressee(invitation: GroupInvitation, user: User) -> bool:
    """Whether the person has shown that the invited address is theirs."""
    mine = EmailAddress.objects.filter(user=user, email__iexact=invitation.email, verified=True)
    return bool(mine.exists())


def _require_addressee(invitation: GroupInvitation, by: User) -> None:
    if not is_addressee(invitation, by):
        raise NotInvitedError


def _held(invitation: GroupInvitation) -> GroupInvitation:
    group = hold(invitation.group)
    held = GroupInvitation.objects.select_related("invited_by").get(pk=invitation.pk)
    held.group = group
    return held


def _close(held: GroupInvitation, by: User) -> None:
    """Note that it was accepted, if it still waits for an answer."""
    if held.state == GroupInvitation.State.SENT:
        held.accept(by)
        held.save()
        _log("forum.group_accept_invitation", held, by)


def _send(invitation: GroupInvitation, by: User) -> None:
    """Save with a new token and write the letter that holds it."""
    if invitation.times_sent >= MOST_LETTERS:
        raise TooManyError
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.digest = digest_of(token)
    invitation.invited_by = by
    invitation.sent_at = timezone.now()
    invitation.expires_at = invitation.sent_at + VALID_FOR
    invitation.times_sent += 1
    invitation.clean_fields(exclude={"state"})
    invitation.save()
    _mark_invited(invitation, by)
    _log("forum.group_invite", invitation, by)
    notices.invited(invitation, token)


def _mark_invited(invitation: GroupInvitation, by: User) -> None:
    """Let whoever has an account with the address know of the group, unless they are in it."""
    person = _person_of(invitation)
    if person is None:
        return
    membership, is_new = GroupMembership.objects.get_or_create(
        group=invitation.group, user=person, defaults={"state": State.INVITED, "by": by}
    )
    if not is_new and membership.state in {State.LEFT, State.DECLINED, State.REMOVED}:
        membership.state, membership.by, membership.reason = State.INVITED, by, ""
        membership.save()


def _uninvite(invitation: GroupInvitation) -> None:
    """Let who was invited forget the group again."""
    person = _person_of(invitation)
    if person is None:
        return
    found = GroupMembership.objects.filter(group=invitation.group, user=person, state=State.INVITED)
    found.filter(joined_at=None).delete()
    found.update(state=State.LEFT)


def _person_of(invitation: GroupInvitation) -> User | None:
    address = (
        EmailAddress.objects.filter(
            email__iexact=invitation.email, verified=True, user__is_active=True
        )
        .select_related("user")
        .first()
    )
    return address.user if address else None


def digest_of(token: str) -> str:
    """What is kept of a letter's token."""
    return sha256(token.encode()).hexdigest()


def _log(action: str, invitation: GroupInvitation, user: User) -> None:
    log(invitation.group, action, user=user, data={"invitation": invitation.pk})
