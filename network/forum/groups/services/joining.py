"""Coming into a working group: by oneself where it is open, by asking where it is not."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import roles_of
from network.forum.groups import notices
from network.forum.groups.errors import AlreadyDecidedError, NotOpenError, TooManyError
from network.forum.groups.services.inviting import close_invitations
from network.forum.groups.services.members import (
    admit,
    hold,
    note,
    require_leader,
    require_working,
)
from network.forum.models import GroupMembership, WorkingGroup

State = GroupMembership.State

MOST_OPEN: Final = 10
AGAIN_AFTER: Final = timedelta(days=30)


def join(group: WorkingGroup, person: User) -> GroupMembership:
    """Become a member: of an open group, or of any that one is invited to.

    Doing it twice is doing it once. Raises PermissionDenied for who may not know of the group,
    NotOpenError where leaders let people in (also those whom they have taken out of an open group),
    and EndedError.
    """
    _require_known(group, person)
    with transaction.atomic():
        held = hold(group)
        require_working(held)
        membership = _membership(held, person)
        if membership.state == State.MEMBER:
            return membership
        invited = membership.state == State.INVITED
        if not invited and (
            held.openness != WorkingGroup.Openness.OPEN or membership.state == State.REMOVED
        ):
            raise NotOpenError
        admit(membership, by=membership.by if invited else None)
        close_invitations(membership)
        notices.joined(membership)
    return membership


def apply(group: WorkingGroup, person: User, message: str = "") -> GroupMembership:
    """Ask the leaders to be let in; asking again while it waits changes nothing.

    Raises PermissionDenied for who may not know of the group, TooManyError for who was refused
    lately or waits for many groups, and EndedError. Who may come in by themselves does.
    """
    _require_known(group, person)
    with transaction.atomic():
        held = hold(group)
        require_working(held)
        membership = _membership(held, person)
        if membership.state in {State.MEMBER, State.APPLIED}:
            return membership
        if membership.state == State.INVITED:
            return join(held, person)
        _require_patience(membership, person)
        membership.state, membership.by = State.APPLIED, None
        membership.message, membership.reason = message.strip(), ""
        membership.clean_fields()
        membership.save()
        note(membership, "forum.group_apply", person)
        notices.applied(membership)
    return membership


def withdraw_application(membership: GroupMembership, *, by: User) -> None:
    """Take one's own application back. Raises PermissionDenied and AlreadyDecidedError."""
    if membership.user_id != by.pk:
        raise PermissionDenied
    with transaction.atomic():
        hold(membership.group)
        held = _applied(membership)
        note(held, "forum.group_withdraw", by)
        if held.joined_at is None:
            held.delete()
        else:
            held.state, held.message = State.LEFT, ""
            held.save()


def accept_application(membership: GroupMembership, *, by: User) -> GroupMembership:
    """Let somebody in who asked. Raises PermissionDenied, AlreadyDecidedError and EndedError."""
    require_leader(by, membership.group)
    with transaction.atomic():
        require_working(hold(membership.group))
        held = _applied(membership, but_for=State.MEMBER)
        if held.state == State.MEMBER:
            return held
        admit(held, by=by)
        close_invitations(held)
        notices.application_answered(held, by)
    return held


def decline_application(membership: GroupMembership, *, by: User, reason: str) -> GroupMembership:
    """Say no, and why. Raises PermissionDenied and AlreadyDecidedError."""
    require_leader(by, membership.group)
    with transaction.atomic():
        hold(membership.group)
        held = _applied(membership, but_for=State.DECLINED)
        if held.state == State.DECLINED:
            return held
        held.state, held.by, held.reason = State.DECLINED, by, reason.strip()
        held.clean_fields()
        held.save()
        note(held, "forum.group_decline", by)
        notices.application_answered(held, by)
    return held


def _require_known(group: WorkingGroup, person: User) -> None:
    if not WorkingGroup.objects.listed_for(person).filter(pk=group.pk).exists():
        raise PermissionDenied


def _membership(group: WorkingGroup, person: User) -> GroupMembership:
    """What there is of the person in the group, or a row that is not saved yet.

    Whoever has been nothing in it has "left" it, which is where the others come from as well.
    """
    known = GroupMembership.objects.filter(group=group, user=person).first()
    return known or GroupMembership(group=group, user=person, state=State.LEFT)


def _require_patience(membership: GroupMembership, person: User) -> None:
    refused = membership.state in {State.DECLINED, State.REMOVED}
    if refused and membership.changed_at > timezone.now() - AGAIN_AFTER:
        raise TooManyError
    waiting = GroupMembership.objects.filter(user=person, state=State.APPLIED)
    if waiting.count() >= MOST_OPEN and not roles_of(person).network_administrator:
        raise TooManyError


def _applied(membership: GroupMembership, but_for: str = "") -> GroupMembership:
    """The application as it is now; raises AlreadyDecidedError unless it waits or is ``but_for``."""
    held = GroupMembership.objects.select_related("group", "user").filter(pk=membership.pk).first()
    if held is None or held.state not in {State.APPLIED, but_for}:
        raise AlreadyDecidedError
    return held
